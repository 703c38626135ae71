import type { CountPart, MoneyPart, Part } from '@footfall/core/part';
import { OTHER, type PartQuery, type PartRow, type TopQuery, type TopRows } from '@footfall/core/part-query';
import { bucketStart } from '@footfall/core/query/bucket';
import { moveDay } from '@footfall/core/query/day-move';
import { compareText } from '@footfall/core/query/order';
import { reportStoreFailure } from '../../errors.ts';
import { MOST_ROWS } from '../../sql/bound.ts';

type Bounded = Pick<PartQuery, 'groupBy' | 'bound'>;

/** The group of a row: of the week or month that is asked for, and one (or null) for all that do not stand alone. */
function createKeys({ groupBy, bound }: Bounded): (key: readonly string[]) => readonly string[] | null {
  const larger = (key: readonly string[]) =>
    groupBy.map((group, index) => {
      const value = key[index] ?? '';
      if (group.kind !== 'day') return value;
      const day = group.move === undefined ? value : moveDay(value, group.move);
      return group.each === undefined ? day : bucketStart(day, group.each);
    });
  if (bound?.kind !== 'only') return larger;
  const alone = new Set(bound.keys.map((key) => JSON.stringify(key)));
  const width = bound.keys[0]?.length ?? 0;
  return (key) => {
    const own = larger(key);
    if (alone.has(JSON.stringify(own.slice(0, width)))) return own;
    if (bound.leaveOut) return null;
    return own.map((value, index) => (groupBy[index]?.kind === 'dimension' ? OTHER : value));
  };
}

function addRow(known: PartRow, row: PartRow): void {
  for (const [part, value] of Object.entries(row.counts) as [CountPart, number][])
    known.counts[part] = (known.counts[part] ?? 0) + value;
  const { amounts } = known;
  for (const [part, value] of Object.entries(row.amounts ?? {}) as [MoneyPart, bigint][])
    if (amounts !== undefined) amounts[part] = (amounts[part] ?? 0n) + value;
}

const readPart = ({ counts, amounts }: PartRow, part: Part | null): number =>
  part === null ? 0 : Number(counts[part as CountPart] ?? amounts?.[part as MoneyPart] ?? 0);

/** Takes the rows of a question, page by page. */
export type RowCollector<Rows = PartRow[]> = {
  add(row: PartRow): void;
  rows(): Rows;
};

/**
 * Adds up rows of one key, so that pairs and branches take no room, and keeps to the question's bound: of more groups than it has
 * the largest stay, with one more that tells of the others.
 * @throws Failure `too_many_rows`
 */
export function collectRows(query: Bounded): RowCollector {
  const keyIn = createKeys(query);
  const { bound } = query;
  let rows = new Map<string, PartRow>();
  const keepLargest = (count: number, by: Part | null) => {
    const sorted = [...rows].sort(([, a], [, b]) => readPart(b, by) - readPart(a, by));
    rows = new Map(sorted.slice(0, count + 1));
  };
  return {
    add: (row) => {
      const key = keyIn(row.key);
      if (key === null) return;
      const name = JSON.stringify(key);
      const known = rows.get(name);
      if (known !== undefined) return addRow(known, row);
      rows.set(name, { ...row, key });
      // Twice as many are held before they are sorted, so that sorting is rare.
      if (bound?.kind === 'largest' && rows.size > 2 * bound.count) keepLargest(bound.count, bound.by);
      if (rows.size > MOST_ROWS)
        throw reportStoreFailure('too_many_rows', `the report has more than ${MOST_ROWS} rows to add up`);
    },
    rows: () => [...rows.values()],
  };
}

function topOrder({ bound: { by, ties } }: TopQuery): (a: PartRow, b: PartRow) => number {
  return (a, b) => {
    const more = readPart(b, by) - readPart(a, by);
    if (more !== 0) return more;
    for (const { index, descending } of ties) {
      const order = compareText(a.key[index] ?? '', b.key[index] ?? '');
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  };
}

/** Keeps the first groups and counts all; each comes in one row. */
export function collectTop(query: TopQuery): RowCollector<TopRows> {
  const order = topOrder(query);
  const kept = query.bound.count + 1;
  let rows: PartRow[] = [];
  let groups = 0;
  return {
    add: (row) => {
      rows.push(row);
      if ((row.counts.events ?? 0) > 0) groups += 1;
      if (rows.length > 2 * kept) rows = rows.sort(order).slice(0, kept);
    },
    rows: () => ({ rows: rows.sort(order).slice(0, kept), groups }),
  };
}
