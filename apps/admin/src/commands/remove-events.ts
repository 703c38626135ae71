import { type FoundState, presentFound } from '@footfall/core/found-events';
import { readInstant } from '@footfall/core/instant';
import { daySpan, isDay } from '@footfall/core/zone';
import { addRemoval } from '@footfall/db/count/removal';
import { recordAudit } from '@footfall/db/tenant/audit';
import { anySite } from '@footfall/db/tenant/site';
import { openEventLog } from '@footfall/eventlog/open';
import { openEventStore } from '@footfall/eventstore/open';
import { carryOut } from '@footfall/removal/removals';
import { previewRemoval } from '@footfall/removal/work';
import { type Command, type Result, result } from '../command.ts';
import { ACTOR, SELF, withDatabase } from '../database.ts';
import { adminFailure } from '../errors.ts';
import { SITE } from './site-option.ts';

/** An instant (ISO 8601 with its offset) in epoch milliseconds; of a local day its begin, or its end. */
function parseTime(text: string, { option, zone }: { option: string; zone: string }): number {
  if (isDay(text)) return daySpan(zone, text)[option === 'received-to' ? 'to' : 'from'];
  const instant = readInstant(text);
  if (instant?.isZoned) return instant.at;
  const what = `--${option}: ${JSON.stringify(text)} is neither an instant such as 2026-01-05T10:00:00Z nor a day`;
  throw adminFailure('invalid_option', what, { where: option });
}

function answer(found: FoundState, removed: boolean): Result {
  const { events, dayCount: days, visitors, senders } = presentFound(found);
  const { json, text } = result({ removed, events, days, visitors });
  const lines = senders.map(({ sender, events }) => `sender ${sender}: ${events}`);
  const hint = removed ? [] : ['nothing was removed: --yes does it'];
  const bySender = Object.fromEntries(senders.map(({ sender, events }) => [sender, events]));
  return { json: { ...json, senders: bySender }, text: [text, ...lines, ...hint].join('\n'), ok: true };
}

/** Takes out what a sender put in. Killed anywhere, it is gone on with by the aggregator, or when it is said again. */
export const REMOVE_EVENTS: Command = {
  summary: 'shows, and with --yes removes, what a site was sent in a stretch of time',
  options: {
    site: SITE,
    'received-from': {
      meaning: 'first moment of receipt: an instant, or a local day',
      required: true,
      example: '2026-01-05T10:00:00Z',
    },
    'received-to': {
      meaning: 'first moment of receipt that stays: an instant; or the last day',
      required: true,
      example: '2026-01-05T11:00:00Z',
    },
    sender: {
      meaning: 'of one sender only: site_key, or the id of an API key',
      required: false,
      example: 'site_key',
    },
    yes: { meaning: 'does it; without it nothing is removed', required: false, flag: true, example: '' },
    confirm: { meaning: 'the same', required: false, flag: true, example: '' },
  },
  run: ({ site: reference = '', sender, yes, confirm, ...times }, config) =>
    withDatabase(config, async (db, { urls, pool }) => {
      const { id: siteId, tenantId, timezone: zone } = await anySite(db, reference);
      const [from, to] = (['received-from', 'received-to'] as const).map((option) =>
        parseTime(times[option] ?? '', { option, zone }),
      ) as [number, number];
      const received = { siteId, from, to, sender: sender ?? null };
      const store = openEventStore(urls.eventStore, SELF);
      const log = openEventLog(urls.eventLog, SELF);
      try {
        const found = await previewRemoval(received, zone, { store });
        if (yes === undefined && confirm === undefined) return answer(found, false);
        const span = { receivedFrom: from, receivedTo: to, sender: received.sender };
        const id = await addRemoval(pool, { siteId, ...span, found, actor: ACTOR });
        const events = await carryOut({ id, siteId }, { pool, store, log, now: Date.now });
        const range = `${new Date(from).toISOString()}/${new Date(to).toISOString()}`;
        const subject = `${siteId} ${range} ${sender ?? '*'} ${events}`;
        await recordAudit(db, { tenantId, actor: ACTOR, action: 'events.remove', subject });
        return answer({ ...found, events }, true);
      } finally {
        await Promise.all([store.close(), log.close()]);
      }
    }),
};
