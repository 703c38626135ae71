import type { StoredEvent } from '@footfall/core/stored-event';
import type { Touched } from '@footfall/core/touched';
import { countedUsage } from '@footfall/core/usage';
import { localDay } from '@footfall/core/zone';
import type { OpenRemoval, Portion, PortionEvent } from '@footfall/db/count/removal';
import type { RemovedDay } from '@footfall/db/count/removed';
import { utcMonth } from '@footfall/db/count/usage';
import type { EventLog } from '@footfall/eventlog/event-log';
import type { EventStore } from '@footfall/eventstore/event-store';
import { isReceived, type Received } from './received.ts';

/** By local day and month of receipt, as the ledger and plans count. */
function countDays(events: readonly StoredEvent[], zone: string): RemovedDay[] {
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

/** What to note of events before they are deleted. */
export function buildPortion(
  { id, siteId, zone }: Pick<OpenRemoval, 'id' | 'siteId' | 'zone'>,
  events: readonly StoredEvent[],
): Portion {
  return {
    siteId,
    removalId: id,
    events: events.map(({ raw: { id, visitor, occurredAt } }) => ({ id, visitor, occurredAt })),
    days: countDays(events, zone),
  };
}

/** The visitor-days of events, so that they are folded again. */
export function touchedBy(
  { siteId, zone, now }: { siteId: string; zone: string; now: number },
  events: readonly PortionEvent[],
): Parameters<EventLog['append']>[0] {
  const values = new Map<string, string>();
  for (const { visitor, occurredAt } of events) {
    const touched: Touched = { siteId, day: localDay(zone, occurredAt), zone, visitor };
    values.set(JSON.stringify(touched), `${siteId}:${visitor}`);
  }
  return [...values].map(([value, key]) => ({ topic: 'touched' as const, key, value, receivedAt: now }));
}

/**
 * Of events that somebody was deleting when he was killed, those that are still there: an id that was free for a moment may have been
 * sent again since, and what came later is not meant.
 */
export async function stillThere(
  store: Pick<EventStore, 'scanSite'>,
  received: Received,
  events: readonly PortionEvent[],
): Promise<PortionEvent[]> {
  const ids = new Set(events.map(({ id }) => id));
  const times = events.map(({ occurredAt }) => occurredAt);
  const span = {
    from: times.reduce((a, b) => Math.min(a, b)),
    to: times.reduce((a, b) => Math.max(a, b)) + 1,
  };
  const found: PortionEvent[] = [];
  for await (const portion of store.scanSite(received.siteId, span)) {
    for (const event of portion) {
      const { id, visitor, occurredAt } = event.raw;
      if (ids.has(id) && isReceived(event, received)) found.push({ id, visitor, occurredAt });
    }
  }
  return found;
}
