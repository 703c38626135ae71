import type { StoredEvent } from '@footfall/core/stored-event';
import type { Touched } from '@footfall/core/touched';
import { countedUsage } from '@footfall/core/usage';
import { localDay } from '@footfall/core/zone';
import type { RemovedDay } from '@footfall/db/count/removed';
import { utcMonth } from '@footfall/db/count/usage';
import type { EventLog } from '@footfall/eventlog/event-log';
import type { EventStore } from '@footfall/eventstore/event-store';
import { findReceived, type Received, readSender } from '@footfall/eventstore/received';

export type RemovalPorts = {
  store: Pick<EventStore, 'span' | 'scanSite' | 'deleteEvents'>;
  log: Pick<EventLog, 'append'>;
  /** Notes in the ledger, and in what is used of the plan, that events were taken out. */
  count(siteId: string, days: readonly RemovedDay[]): Promise<void>;
};

/** What is found, or was removed: events, local days on which they happened, visitors of a day, and events by sender (`-`: not noted). */
export type Removal = { events: number; days: number; visitors: number; senders: Record<string, number> };

function summary() {
  const [days, visitors, senders] = [new Set<string>(), new Set<string>(), new Map<string, number>()];
  let events = 0;
  return {
    add(found: readonly StoredEvent[], zone: string): void {
      events += found.length;
      for (const event of found) {
        const day = localDay(zone, event.raw.occurredAt);
        const sender = readSender(event) ?? '-';
        days.add(day);
        visitors.add(`${day} ${event.raw.visitor}`);
        senders.set(sender, (senders.get(sender) ?? 0) + 1);
      }
    },
    result: (): Removal => ({
      events,
      days: days.size,
      visitors: visitors.size,
      senders: Object.fromEntries(senders),
    }),
  };
}

/** What of a site would be removed. `zone` is the site's. */
export async function previewRemoval(
  received: Received,
  zone: string,
  { store }: Pick<RemovalPorts, 'store'>,
): Promise<Removal> {
  const sum = summary();
  for await (const found of findReceived(store, received)) sum.add(found, zone);
  return sum.result();
}

/** By local day and month of receipt, as the ledger and plans count. */
function countRemoved(events: readonly StoredEvent[], zone: string): RemovedDay[] {
  const days = Map.groupBy(
    events,
    ({ raw }) => `${localDay(zone, raw.receivedAt)} ${utcMonth(raw.receivedAt)}`,
  );
  return [...days].map(([key, own]) => {
    const [day = '', month = ''] = key.split(' ');
    const used = own.map(({ raw, derived }) =>
      countedUsage({ bot: derived.bot, bytes: Buffer.byteLength(JSON.stringify(raw)) }),
    );
    return { day, month, events: own.length, counted: used.reduce((sum, one) => sum + one, 0) };
  });
}

function touch(events: readonly StoredEvent[], zone: string, now: number) {
  const values = new Map<string, string>();
  for (const { raw } of events) {
    const { siteId, visitor } = raw;
    const touched: Touched = { siteId, day: localDay(zone, raw.occurredAt), zone, visitor };
    values.set(JSON.stringify(touched), `${siteId}:${visitor}`);
  }
  return [...values].map(([value, key]) => ({ topic: 'touched' as const, key, value, receivedAt: now }));
}

/**
 * Removes what a site was sent in a stretch of time, a portion after the other, and has the days folded again. Events that are gone
 * stay `stored` in the ledger, where they count as `removed` besides: it adds up at every moment. Done again it removes what is left.
 */
export async function removeReceived(
  received: Received,
  { zone, now }: { zone: string; now: () => number },
  { store, log, count }: RemovalPorts,
): Promise<Removal> {
  const sum = summary();
  for await (const found of findReceived(store, received)) {
    await store.deleteEvents(
      received.siteId,
      found.map(({ raw }) => raw),
    );
    await count(received.siteId, countRemoved(found, zone));
    await log.append(touch(found, zone, now()));
    sum.add(found, zone);
  }
  return sum.result();
}
