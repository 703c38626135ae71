import { TENANT_STATES } from '@footfall/core/billing/entitlement';
import { PLAN_FEATURES, PLAN_LIMITS, type PlanFeature, type PlanLimit } from '@footfall/core/billing/terms';
import { objectSchema, type Schema } from './json-schema.ts';

/** Answers about the tenant of a key: its plan. */

const INSTANT: Schema = { type: 'string', format: 'date-time' };
const COUNT: Schema = { type: 'integer', minimum: 0 };
const orNull = (schema: Schema, description: string): Schema => ({
  ...schema,
  type: [schema.type as string, 'null'],
  description,
});

const LIMITS: Readonly<Record<PlanLimit, string>> = {
  events_per_month: 'Events of all sites in a month',
  events_per_second: 'Events of one site a second, for long',
  sites: 'Sites',
  members: 'Members of the team, with those who are invited',
  retention_months: 'Months for which events are kept',
  queries_per_hour: 'Questions of a key an hour',
};

const FEATURES: Readonly<Record<PlanFeature, string>> = {
  dashboards: 'Reports are shown',
  embeds: 'Reports inside other pages',
  kibana: 'Kibana',
  sso: 'Signing in through the tenant’s own provider',
  webhooks: 'Webhooks',
  sites_api: 'Sites by the API',
};

export const accountSchemas: Readonly<Record<string, Schema>> = {
  Account: objectSchema({
    plan: { type: 'string', description: 'Name of the plan, of this version of it' },
    state: { type: 'string', enum: TENANT_STATES, description: 'How the tenant stands with its plan' },
    until: orNull(INSTANT, 'When the state ends by itself; null: it does not'),
    period: {
      ...objectSchema({ from: INSTANT, to: INSTANT }),
      description: 'Usage is counted from `from` until before `to`',
    },
    usage: objectSchema({
      events: { ...COUNT, description: 'Stored events that are of no bot, this period' },
      limit: orNull(COUNT, 'Of the plan; null: any number'),
      forecast: orNull(COUNT, 'At the end of the period, if it goes on so; null on its first day'),
    }),
    entitlements: {
      ...objectSchema({
        ...Object.fromEntries(PLAN_LIMITS.map((limit) => [limit, orNull(COUNT, LIMITS[limit])])),
        ...Object.fromEntries(
          PLAN_FEATURES.map((feature) => [feature, { type: 'boolean', description: FEATURES[feature] }]),
        ),
        collection: { type: 'boolean', description: 'Events are taken: billing never stops it' },
      }),
      description: 'What the tenant may do now; a limit of null is none',
    },
  }),
};
