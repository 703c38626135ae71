import type { Money, Sums } from '../metric.ts';
import { convert, type Rate } from '../money.ts';
import { type Amounts, addCounts, partsOfEach, zeroAmounts, zeroCounts } from '../part.ts';
import type { PartRow } from '../part-query.ts';
import { bucketStart } from './bucket.ts';
import type { QueryDimension } from './query.ts';
import { inSlices, type Pause } from './slices.ts';
import { writeValue } from './spelling.ts';

/** One group of the answer: its buckets and texts in the order of the query's dimensions, and the sums of its parts. */
export type Group = { key: readonly string[]; sums: Sums };

/** Rate from a currency into the site's on a local day; null where there is none. */
export type FindRate = (currency: string, day: string) => Rate | null;

const HOME: Rate = [1n, 1n];
const AMOUNTS = partsOfEach('amount');

/** Sums of nothing. */
export function zeroSums(): Sums {
  return {
    counts: zeroCounts(),
    money: { ...zeroAmounts(), converted: false },
  };
}

/** Text that tells groups apart. */
export const groupId = (key: readonly string[]): string =>
  key.length === 1 ? (key[0] ?? '') : JSON.stringify(key);

function addAmounts(sum: Money, amounts: Partial<Amounts>, rate: Rate) {
  for (const { part, row } of AMOUNTS) {
    const more = amounts[part] ?? 0n;
    // What counts events is in no currency.
    sum[part] += 'sum' in row ? convert(more, rate) : more;
  }
  if (rate !== HOME) sum.converted = true;
}

/** The foreign currency and the day of a row that has them behind its group's key; see plan.ts. */
export function foreignCurrency({ key }: PartRow, width: number): { currency: string; day: string } | null {
  if (key.length === width) return null;
  return { currency: key[width] ?? '', day: key[width + 1] ?? '' };
}

/** The key of the group that a row belongs to: days as the weeks or months that were asked for, texts as they are written. */
export function bucketKey({ key }: PartRow, dimensions: readonly QueryDimension[]): string[] {
  return dimensions.map((dimension, index) => {
    const value = key[index] ?? '';
    if (dimension.kind === 'time') return bucketStart(value, dimension.granularity);
    return dimension.kind === 'text' ? writeValue(value, dimension.spelling) : value;
  });
}

/** How rows become groups: of how many values their keys are, and which key each row belongs to (null: to none). */
type Merging = {
  width: number;
  toKey: (row: PartRow) => readonly string[] | null;
  findRate: FindRate;
  pause: Pause;
};

/**
 * Adds up the rows of all questions of a plan by group, amounts in the site's currency. Amounts without a rate are left out.
 */
export async function merge(
  rows: Iterable<PartRow>,
  { width, toKey, findRate, pause }: Merging,
): Promise<Map<string, Group>> {
  const groups = new Map<string, Group>();
  await inSlices(rows, pause, (row) => {
    const foreign = foreignCurrency(row, width);
    const rate = foreign === null ? HOME : findRate(foreign.currency, foreign.day);
    if (rate === null) return;
    const key = toKey(row);
    if (key === null) return;
    const id = groupId(key);
    let group = groups.get(id);
    if (group === undefined) {
      group = { key, sums: zeroSums() };
      groups.set(id, group);
    }
    addCounts(group.sums.counts, row.counts);
    if (row.amounts !== undefined) addAmounts(group.sums.money, row.amounts, rate);
  });
  return groups;
}
