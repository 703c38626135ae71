import type { StoredEvent } from '@footfall/core/stored-event';
import { daySpan, localDay } from '@footfall/core/zone';
import type { EventStore } from '@footfall/eventstore/event-store';

/** Events of a site by their receipt in `[from, to)`, epoch milliseconds; of one sender, or (null) of all. */
export type Received = {
  siteId: string;
  from: number;
  to: number;
  sender: string | null;
  /** Of these alone; absent: of all. */
  isMeant?: ((event: StoredEvent) => boolean) | undefined;
};

const DAY_MS = 86_400_000;

/** Whether an event is one of those. */
export function isReceived(event: StoredEvent, { from, to, sender, isMeant }: Received): boolean {
  const { raw } = event;
  if (raw.receivedAt < from || raw.receivedAt >= to) return false;
  return (sender === null || raw.sender === sender) && (isMeant === undefined || isMeant(event));
}

/** When the events happened that have to be looked through for what was received until an instant; null when there are none. */
export async function spanToLookThrough(
  store: Pick<EventStore, 'span'>,
  { siteId, to }: Received,
): Promise<{ first: number; last: number } | null> {
  const span = await store.span(siteId);
  if (span === null) return null;
  // Nobody dates an event further ahead than an hour or two, so none that happened later was received by then.
  return { first: span.from, last: Math.min(span.to, to + DAY_MS) };
}

/** A local day, or what is left of it, and what was received of it; `to` is the first instant after it. */
export type LookedThrough = { day: string; to: number; portions: AsyncIterable<StoredEvent[]> };

async function* receivedIn(
  store: Pick<EventStore, 'scanSite'>,
  received: Received,
  span: { from: number; to: number },
): AsyncGenerator<StoredEvent[]> {
  for await (const events of store.scanSite(received.siteId, span)) {
    const found = events.filter((event) => isReceived(event, received));
    if (found.length > 0) yield found;
  }
}

/**
 * What a site was sent in a span of time, whatever dates it has. Events are found by when they happened, so all between two instants
 * (both inclusive) are looked through, a local day after the other; the portions of each have to be read before the next.
 */
export function* lookThrough(
  store: Pick<EventStore, 'scanSite'>,
  received: Received,
  { zone, from, last }: { zone: string; from: number; last: number },
): Generator<LookedThrough> {
  for (let at = from; at <= last; ) {
    const day = localDay(zone, at);
    const { to } = daySpan(zone, day);
    yield { day, to, portions: receivedIn(store, received, { from: at, to }) };
    at = to;
  }
}
