import { inTenant } from '@footfall/db/scope';
import { anySite } from '@footfall/db/site';
import { assignments } from '../assignment.ts';
import { type Command, result } from '../command.ts';
import { ACTOR, withDatabase } from '../database.ts';
import { SITE } from './site-option.ts';

/** Commands that change a site. */
export const SITE_COMMANDS: Readonly<Record<string, Command>> = {
  'update-site': {
    summary: 'changes currency and time zone of a site',
    options: {
      site: SITE,
      timezone: {
        meaning: 'IANA time zone; in force when history is counted anew',
        required: false,
        example: 'Europe/Berlin',
      },
      currency: { meaning: 'ISO 4217 code; in force at once', required: false, example: 'USD' },
    },
    run: ({ site: reference = '', timezone, currency }, config) =>
      withDatabase(config, async (db) => {
        const { id, tenantId } = await anySite(db, reference);
        const site = await inTenant(db, tenantId).sites.update(id, { timezone, currency, actor: ACTOR });
        return result({
          site_id: id,
          timezone: site.timezone,
          currency: site.currency,
          pending_timezone: site.nextTimezone,
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
