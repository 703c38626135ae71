import type { Touched } from '@footfall/core/touched';
import { daySpan, isDay } from '@footfall/core/zone';
import { rotateVisitorKey } from '@footfall/db/directory/visitor-key';
import { recordAudit } from '@footfall/db/tenant/audit';
import { anySite } from '@footfall/db/tenant/site';
import type { EventLog } from '@footfall/eventlog/event-log';
import { openEventLog } from '@footfall/eventlog/open';
import type { EventStore } from '@footfall/eventstore/event-store';
import { openEventStore } from '@footfall/eventstore/open';
import type { StoreUrls } from '@footfall/installation/store-table';
import { type Command, result } from '../command.ts';
import { ACTOR, SELF, withDatabase } from '../database.ts';
import { adminFailure } from '../errors.ts';
import { SITE } from './site-option.ts';

type Ports = { store: Pick<EventStore, 'deleteVisitor'>; log: Pick<EventLog, 'append'> };

/**
 * Deletes the events of a visitor-day and has the day folded again; answers how many they were. After a crash between the two, done
 * again it finishes: the day is folded again also when nothing is left to delete. `now` is epoch milliseconds.
 */
export async function deleteVisitorDay(
  touched: Touched,
  { store, log }: Ports,
  now: number,
): Promise<number> {
  const { siteId, visitor, zone, day } = touched;
  const deleted = await store.deleteVisitor(siteId, visitor, daySpan(zone, day));
  const record = { topic: 'touched', key: `${siteId}:${visitor}`, value: JSON.stringify(touched) } as const;
  await log.append([{ ...record, receivedAt: now }]);
  return deleted;
}

async function withPorts<T>(urls: StoreUrls, work: (ports: Ports) => Promise<T>): Promise<T> {
  const store = openEventStore(urls.eventStore, SELF);
  const log = openEventLog(urls.eventLog, SELF);
  try {
    return await work({ store, log });
  } finally {
    await Promise.all([store.close(), log.close()]);
  }
}

/** Commands about a single visitor. */
export const VISITOR_COMMANDS: Readonly<Record<string, Command>> = {
  'rotate-visitor-key': {
    summary: 'makes ids of visitors that senders state with another key, from a day on',
    options: {
      from: {
        meaning: 'local day with which it begins, which has not begun anywhere',
        required: true,
        example: '2026-02-01',
      },
    },
    run: ({ from = '' }, config) =>
      withDatabase(config, async (_, { pool }) => {
        await rotateVisitorKey(pool, from, Date.now());
        return result({ from_day: from });
      }),
  },
  'delete-visitor': {
    summary: 'deletes the events of one visitor on one day',
    options: {
      site: SITE,
      visitor: { meaning: 'id of the visitor, as events are exported', required: true, example: '…' },
      day: { meaning: 'local day of the site', required: true, example: '2026-01-05' },
    },
    run: ({ site: reference = '', visitor = '', day = '' }, config) =>
      withDatabase(config, async (db, { urls }) => {
        if (!isDay(day)) {
          const message = `--day: ${JSON.stringify(day)} is not a day, such as 2026-01-05`;
          throw adminFailure('invalid_option', message, { where: 'day' });
        }
        const { id: siteId, tenantId, timezone: zone } = await anySite(db, reference);
        const touched = { siteId, day, zone, visitor };
        const deleted = await withPorts(urls, (ports) => deleteVisitorDay(touched, ports, Date.now()));
        // The visitor is not named: whoever asked to be forgotten is not remembered here.
        const entry = { tenantId, actor: ACTOR, action: 'visitor.delete', subject: `${siteId} ${day}` };
        await recordAudit(db, entry);
        return result({ deleted });
      }),
  },
};
