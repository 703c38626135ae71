import { assignPlan, markTrial, savePlan } from '@footfall/db/tenant/plan';
import { type Command, result } from '../command.ts';
import { ACTOR, withDatabase } from '../database.ts';
import { adminFailure } from '../errors.ts';

/** A limit that an option gives: `none` takes it away; undefined when the option is not there. */
function parseLimit(text: string | undefined, option: string): number | null | undefined {
  if (text === undefined) return undefined;
  if (text === 'none') return null;
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw adminFailure(
    'invalid_option',
    `--${option} must be a whole number above 0, or none, not ${JSON.stringify(text)}`,
  );
}

const limit = (meaning: string, example: string) => ({
  meaning: `${meaning}; none: any number`,
  required: false,
  example,
});

/** Commands about what tenants may do. */
export const PLAN_COMMANDS: Readonly<Record<string, Command>> = {
  'set-plan': {
    summary: 'makes a plan, or changes the limits of one',
    options: {
      name: { meaning: 'name of the plan', required: true, example: 'small' },
      'events-per-month': limit('events that all sites of a tenant may send in a month (UTC)', '100000'),
      'events-per-second': limit('events that a site may send a second, ten times as many at once', '100'),
      'queries-per-hour': limit('questions that a key may ask the API an hour', '600'),
    },
    run: ({ name = '', ...given }, config) =>
      withDatabase(config, async (db) => {
        const limits = Object.entries({
          eventsPerMonth: 'events-per-month',
          eventsPerSecond: 'events-per-second',
          queriesPerHour: 'queries-per-hour',
        }).flatMap(([field, option]) => {
          const value = parseLimit(given[option], option);
          return value === undefined ? [] : [[field, value] as const];
        });
        const plan = await savePlan(db, name, Object.fromEntries(limits));
        return result({
          plan: name,
          events_per_month: plan.eventsPerMonth,
          events_per_second: plan.eventsPerSecond,
          queries_per_hour: plan.queriesPerHour,
        });
      }),
  },
  'mark-trial': {
    summary: 'says whether a plan that is sold may be tried without a card',
    options: {
      plan: { meaning: 'name of a version of the plan', required: true, example: 'growth-v1' },
      trial: { meaning: 'on or off', required: true, example: 'on' },
    },
    run: ({ plan = '', trial = '' }, config) =>
      withDatabase(config, async (db) => {
        if (trial !== 'on' && trial !== 'off')
          throw adminFailure('invalid_option', `--trial must be on or off, not ${JSON.stringify(trial)}`);
        await markTrial(db, plan, trial === 'on');
        return result({ plan, trial });
      }),
  },
  'assign-plan': {
    summary: 'puts a tenant on a plan',
    options: {
      tenant: { meaning: 'id of the tenant', required: true, example: 'tenant_…' },
      plan: { meaning: 'name of the plan', required: true, example: 'small' },
    },
    run: ({ tenant = '', plan = '' }, config) =>
      withDatabase(config, async (db) => {
        await assignPlan(db, { tenantId: tenant, plan, actor: ACTOR });
        return result({ tenant_id: tenant, plan });
      }),
  },
};
