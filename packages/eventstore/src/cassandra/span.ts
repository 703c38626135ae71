import type { Span } from '../event-store.ts';
import { atOnce, splitItems } from './at-once.ts';
import type { OwnedDay } from './day-shards.ts';
import { intBytes, siteText } from './key.ts';
import type { ReadPorts } from './read.ts';
import { countShards } from './shards.ts';
import { TIMES } from './statements.ts';
import { utcDays, wholeSpan } from './utc-day.ts';

/** Partitions that are read at once, and days of which the first that has events is looked for. */
const [AT_ONCE, DAYS_AT_ONCE] = [8, 8];
/** Milliseconds to wait for a node that reads a partition from end to end. */
const SLOW_READ_TIMEOUT_MS = 60_000;

/** The times of the first and the last event of some days; null when they have none. */
async function readTimes(
  site: string,
  days: readonly OwnedDay[],
  { cluster }: ReadPorts,
): Promise<Span | null> {
  let [from, to] = [Infinity, -Infinity];
  const places = days.flatMap(({ day, shards }) =>
    Array.from({ length: countShards(shards) }, (_, shard) => [
      Buffer.from(site),
      intBytes(day),
      intBytes(shard),
    ]),
  );
  await atOnce(AT_ONCE, places, async (partition) => {
    const [row] = await cluster.rows(TIMES, partition, { partition, timeoutMs: SLOW_READ_TIMEOUT_MS });
    if (!row?.first) return;
    from = Math.min(from, (row.first as Date).getTime());
    to = Math.max(to, (row.last as Date).getTime());
  });
  return from > to ? null : { from, to };
}

/** The times of the first of some days that has events: a few days are looked at together, since days may be empty. */
async function firstTimes(site: string, days: readonly OwnedDay[], ports: ReadPorts): Promise<Span | null> {
  const [first, ...others] = days;
  if (first === undefined) return null;
  const found = await readTimes(site, [first], ports);
  if (found !== null) return found;
  for (const some of splitItems(DAYS_AT_ONCE, others)) {
    const times = await readTimes(site, some, ports);
    if (times !== null) return times;
  }
  return null;
}

/** The times of a site's first and last event, as {@link import('../event-store.ts').EventStore} promises. */
export async function readSpan(siteId: string, ports: ReadPorts): Promise<Span | null> {
  const site = siteText(siteId);
  const { first, last } = utcDays(wholeSpan({ from: -Infinity, to: Infinity }));
  const days = await ports.days.between(site, first, last);
  const beginning = await firstTimes(site, days, ports);
  const end = beginning === null ? null : await firstTimes(site, days.toReversed(), ports);
  return beginning === null || end === null ? null : { from: beginning.from, to: end.to };
}
