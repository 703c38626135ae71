import type { StoredEvent } from '@footfall/core/stored-event';
import type { Span } from '../event-store.ts';
import type { Row } from './cluster.ts';
import { intBytes, siteText, timeBytes } from './key.ts';
import { mergeByVisitor, type Pages } from './merge.ts';
import { firstRows, type ReadPorts, toEvent, visitorKey } from './read.ts';
import { sliceDays } from './shards.ts';
import { SCAN_DAY, SCAN_SPAN } from './statements.ts';
import { covers, utcDays, wholeSpan } from './utc-day.ts';

/** Events in one chunk of a scan, unless a single visitor has more: bounds memory. */
const CHUNK = 5_000;
/** Rows held of all partitions that are read at once; as many are on their way. */
const HELD = 10_000;
/** Rows of a page: of fewer, each would cost more to ask for than to read. */
const [LEAST, MOST] = [50, 2_500];

type Place = { site: string; day: number; shard: number };

/** The rows of a partition that lie in a span, a page at a call, then null. */
function readPages(
  { site, day, shard }: Place,
  span: Span,
  { size, ports }: { size: number; ports: ReadPorts },
): Pages<Row> {
  const partition = [Buffer.from(site), intBytes(day), intBytes(shard)];
  const [query, params] = covers(span, day)
    ? [SCAN_DAY, partition]
    : [SCAN_SPAN, [...partition, timeBytes(span.from), timeBytes(span.to)]];
  let next: string | null | undefined;
  return async () => {
    if (next === null) return null;
    const page = await ports.cluster.page(query, params, { partition, size, from: next ?? null });
    next = page.next;
    return page.rows;
  };
}

const rowVisitor = (row: Row): string => visitorKey(row.visitor as Buffer);

/** All events of a site in a span, as {@link import('../event-store.ts').EventStore} promises. */
export async function* scanSite(
  { siteId, span: asked, most }: { siteId: string; span: Span; most: number | undefined },
  ports: ReadPorts,
): AsyncGenerator<StoredEvent[]> {
  const site = siteText(siteId);
  const span = wholeSpan(asked);
  const { first: firstDay, last: lastDay } = utcDays(span);
  const days = await ports.days.between(site, firstDay, lastDay);
  const first = most === undefined ? undefined : { most, of: firstRows };
  for (const slice of sliceDays(days)) {
    const size = Math.max(LEAST, Math.min(MOST, Math.floor(HELD / slice.length)));
    const partitions = slice.map(({ day, shard }) => readPages({ site, day, shard }, span, { size, ports }));
    for await (const rows of mergeByVisitor(partitions, { visitorOf: rowVisitor, size: CHUNK, first }))
      yield rows.map(toEvent);
  }
}
