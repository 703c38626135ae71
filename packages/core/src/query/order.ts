import { type MetricValue, valueInMicros } from '../metric.ts';
import type { Cursor, OrderBy, QueryDimension } from './query.ts';

/** A row before it is cut into pages: raw keys (hours in epoch milliseconds) and finished values. */
export type Row = { key: readonly string[]; values: readonly MetricValue[] };

/** Text by Unicode code point; UTF-16 code units would sort emoji before some letters. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    if (a.charCodeAt(index) === b.charCodeAt(index)) continue;
    // The first differing unit may be the second half of a pair whose first halves are equal: then units decide rightly.
    return (a.codePointAt(index) ?? 0) - (b.codePointAt(index) ?? 0);
  }
  return a.length - b.length;
}

/** Nothing to divide by stands behind every number, whichever way the rest goes. */
function compareValues(a: MetricValue, b: MetricValue, descending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const difference =
    typeof a === 'number' && typeof b === 'number' ? a - b : Number(valueInMicros(a) - valueInMicros(b));
  return descending ? -difference : difference;
}

function compareKeys(a: string, b: string, dimension: QueryDimension | undefined): number {
  const hourly = dimension?.kind === 'time' && dimension.granularity === 'hour';
  return hourly ? Number(a) - Number(b) : compareText(a, b);
}

/** The order of rows that a query asks for; total, since every order ends with all dimensions. */
export function rowOrder(
  orderBy: readonly OrderBy[],
  dimensions: readonly QueryDimension[],
): (a: Row, b: Row) => number {
  return (a, b) => {
    for (const { by, index, descending } of orderBy) {
      const difference =
        by === 'metric'
          ? compareValues(a.values[index] ?? null, b.values[index] ?? null, descending)
          : compareKeys(a.key[index] ?? '', b.key[index] ?? '', dimensions[index]) * (descending ? -1 : 1);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

/** The place of a row in an order, as a cursor keeps it. */
export function cursorAt(row: Row, orderBy: readonly OrderBy[]): Cursor {
  return {
    values: orderBy.map(({ by, index }) => (by === 'metric' ? (row.values[index] ?? null) : null)),
    key: row.key,
  };
}

/** The row that a cursor stood at, to be compared with rows of today. */
export function rowAt({ values, key }: Cursor, orderBy: readonly OrderBy[]): Row {
  const row: MetricValue[] = [];
  orderBy.forEach(({ by, index }, place) => {
    if (by === 'metric') row[index] = values[place] ?? null;
  });
  return { key, values: row };
}
