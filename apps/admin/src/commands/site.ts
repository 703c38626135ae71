import { snakeCase } from '@footfall/core/snake-case';
import type { IntakeLists } from '@footfall/db/tenant/intake-lists';
import { inTenant } from '@footfall/db/tenant/scope';
import { anySite, type SiteUpdate } from '@footfall/db/tenant/site';
import { assignments } from '../assignment.ts';
import { type Command, result } from '../command.ts';
import { ACTOR, withDatabase } from '../database.ts';
import { adminFailure } from '../errors.ts';
import type { Given, OptionTable } from '../options.ts';
import { SITE } from './site-option.ts';

/** The lists of what collectors take: option, field, what an entry is. `none` empties a list. */
const LISTS = {
  'allow-origin': {
    field: 'allowedOrigins',
    means: 'origin whose pages may send events',
    example: 'https://*.shop.example',
  },
  'block-ip': {
    field: 'blockedIps',
    means: 'address or network that is not counted',
    example: '192.0.2.0/24',
  },
  'block-country': { field: 'blockedCountries', means: 'country that is not counted', example: 'AQ' },
  'block-page': { field: 'blockedPages', means: 'pages that are not counted', example: '/account/**' },
  'exclude-hostname': {
    field: 'excludedHostnames',
    means: 'host that is not counted',
    example: 'staging.shop.example',
  },
  'keep-param': {
    field: 'keptParams',
    means: 'parameter of page addresses that is stored besides those of campaigns',
    example: 'page',
  },
} as const;

const LIST_OPTIONS: OptionTable = Object.fromEntries(
  Object.entries(LISTS).map(([option, { means, example }]) => [
    option,
    { meaning: `${means}; all of them, or none`, required: false, repeatable: true, example },
  ]),
);

function pickIntakeLists(given: Given): SiteUpdate['intake'] {
  return Object.fromEntries(
    Object.entries(LISTS).flatMap(([option, { field }]) => {
      const entries = given[option];
      return entries === undefined ? [] : [[field, entries.filter((entry) => entry !== 'none')]];
    }),
  );
}

/** What an option says that is true or false; undefined when it is not given. */
function parseBoolean(text: string | undefined, option: string): boolean | undefined {
  if (text === undefined) return undefined;
  if (text === 'true' || text === 'false') return text === 'true';
  const message = `--${option}: ${JSON.stringify(text)} is neither true nor false`;
  throw adminFailure('invalid_option', message, { where: option });
}

/** Commands that change a site. */
export const SITE_COMMANDS: Readonly<Record<string, Command>> = {
  'update-site': {
    summary: 'changes currency, time zone and what is counted of a site',
    options: {
      site: SITE,
      timezone: {
        meaning: 'IANA time zone; in force when history is counted anew',
        required: false,
        example: 'Europe/Berlin',
      },
      currency: { meaning: 'ISO 4217 code; in force at once', required: false, example: 'USD' },
      enabled: {
        meaning: 'true, or false: nothing is taken any more, and reports stay',
        required: false,
        example: 'false',
      },
      ...LIST_OPTIONS,
    },
    run: ({ site: reference = '', timezone, currency, enabled }, config, given) =>
      withDatabase(config, async (db) => {
        const isEnabled = parseBoolean(enabled, 'enabled');
        const { id, tenantId } = await anySite(db, reference);
        const intake = pickIntakeLists(given);
        const update = { timezone, currency, enabled: isEnabled, intake, actor: ACTOR };
        const site = await inTenant(db, tenantId).sites.update(id, update);
        const lists = Object.keys(intake ?? {}) as (keyof IntakeLists)[];
        return result({
          site_id: id,
          timezone: site.timezone,
          currency: site.currency,
          pending_timezone: site.nextTimezone,
          enabled: site.enabled,
          ...Object.fromEntries(lists.map((field) => [snakeCase(field), site[field].join(', ') || null])),
        });
      }),
  },
  'create-goal': {
    summary: 'names what visitors of a site should do',
    options: {
      site: SITE,
      name: { meaning: 'name of the goal', required: true, example: 'Newsletter' },
      event: { meaning: 'event that reaches it; or --page', required: false, example: 'Signup' },
      page: {
        meaning: 'page that reaches it: * one part of the path, ** any number',
        required: false,
        example: '/thanks/*',
      },
      prop: {
        meaning: 'value that a property of the event must have',
        required: false,
        repeatable: true,
        example: 'plan=pro',
      },
    },
    run: ({ site: reference = '', name = '', event, page }, config, { prop = [] }) =>
      withDatabase(config, async (db) => {
        const props = assignments(prop, 'prop');
        const { id: siteId, tenantId } = await anySite(db, reference);
        const goals = inTenant(db, tenantId).goals;
        const { id } = await goals.create({ siteId, name, event, page, props, actor: ACTOR });
        return result({ goal_id: id });
      }),
  },
};
