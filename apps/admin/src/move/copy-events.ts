import type { EventStore, EventToPut, Span } from '@footfall/eventstore/event-store';

const DAY_MS = 86_400_000;
/** Events that are put at a time. */
const PUT_EVENTS = 2_000;

type Ports = { source: Pick<EventStore, 'span' | 'scanSite'>; target: Pick<EventStore, 'put' | 'scanSite'> };

/** What was found of a site: events in the source, and of them in the target. */
export type Copied = { source: number; target: number };

/** The UTC days of a span: what is read at a time, so that a long history needs no long memory. */
function* splitIntoDays({ from, to }: Span): Generator<Span> {
  for (let day = Math.floor(from / DAY_MS) * DAY_MS; day <= to; day += DAY_MS)
    yield { from: day, to: day + DAY_MS };
}

// The same each time: a copy that is made again finds its own events, which are not repeats.
const moveOrigin = (id: string) => `move/${id}`;

async function copyDay(siteId: string, day: Span, { source, target }: Ports): Promise<number> {
  let copied = 0;
  let waiting: EventToPut[] = [];
  const put = async () => {
    await target.put(waiting);
    copied += waiting.length;
    waiting = [];
  };
  for await (const events of source.scanSite(siteId, day)) {
    waiting.push(...events.map((event) => ({ event, origin: moveOrigin(event.raw.id) })));
    if (waiting.length >= PUT_EVENTS) await put();
  }
  await put();
  return copied;
}

async function countDay(siteId: string, day: Span, target: Ports['target']): Promise<number> {
  let count = 0;
  for await (const events of target.scanSite(siteId, day)) count += events.length;
  return count;
}

/**
 * Copies all events of a site, a UTC day at a time, and reads each day back. May run again, and beside new events: what is there stays.
 * `tell` hears of each day.
 */
export async function copyEvents(
  siteId: string,
  ports: Ports,
  tell: (day: string, copied: number) => void,
): Promise<Copied> {
  const found: Copied = { source: 0, target: 0 };
  const span = await ports.source.span(siteId);
  if (span === null) return found;
  for (const day of splitIntoDays(span)) {
    found.source += await copyDay(siteId, day, ports);
    found.target += await countDay(siteId, day, ports.target);
    tell(new Date(day.from).toISOString().slice(0, 10), found.source);
  }
  return found;
}
