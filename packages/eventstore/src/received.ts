import type { RawEvent } from '@footfall/core/raw-event';
import type { StoredEvent } from '@footfall/core/stored-event';
import type { EventStore } from './event-store.ts';

/** Events of a site by their receipt in `[from, to)`, epoch milliseconds; of one sender, or (null) of all. */
export type Received = { siteId: string; from: number; to: number; sender: string | null };

const DAY_MS = 86_400_000;

/** By which right an event was sent; null for one that was stored before this was noted. */
export function readSender({ raw }: StoredEvent): string | null {
  return (raw as RawEvent & { sender?: string }).sender ?? null;
}

/**
 * What a site was sent in a stretch of time, whatever dates it has; in portions. Events are found by when they happened, so all of the
 * site's are looked through, a UTC day at a time.
 */
export async function* findReceived(
  store: Pick<EventStore, 'span' | 'scanSite'>,
  { siteId, from, to, sender }: Received,
): AsyncGenerator<StoredEvent[]> {
  const span = await store.span(siteId);
  if (span === null) return;
  const wanted = (event: StoredEvent) =>
    event.raw.receivedAt >= from &&
    event.raw.receivedAt < to &&
    (sender === null || readSender(event) === sender);
  // Nobody dates an event further ahead than an hour or two, so none that happened later was received by then.
  const last = Math.min(span.to, to + DAY_MS);
  for (let day = Math.floor(span.from / DAY_MS) * DAY_MS; day <= last; day += DAY_MS) {
    for await (const events of store.scanSite(siteId, { from: day, to: day + DAY_MS })) {
      const found = events.filter(wanted);
      if (found.length > 0) yield found;
    }
  }
}
