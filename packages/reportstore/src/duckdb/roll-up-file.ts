import { BIGINT, INTEGER, VARCHAR } from '@duckdb/node-api';
import { type Amounts, COUNT_PARTS, type CountPart, type Counts, MONEY_PARTS } from '@footfall/core/part';
import type { DayRollUp } from '@footfall/core/roll-up';
import { columnName, storable } from '../sql/columns.ts';
import { type Column, column, dayColumn, type Staging } from './table-file.ts';

/** Counts of one value on one day; or, with a currency, its amounts. */
export type RollUpFileRow = {
  day: string;
  dimension: string;
  value: string;
  currency: string | null;
  counts: Counts | null;
  amounts: Amounts | null;
};

/** Sums that one day of a busy shop may bring past 2^31. */
const LARGE: ReadonlySet<CountPart> = new Set(['durationMs', 'scrollSum', 'engagedMs']);

const count = (part: CountPart): Column<RollUpFileRow> =>
  LARGE.has(part)
    ? column(columnName(part), BIGINT, ({ counts }) => (counts === null ? null : BigInt(counts[part])))
    : column(columnName(part), INTEGER, ({ counts }) => (counts === null ? null : counts[part]));

/** The columns of a file of roll-ups. */
export const ROLL_UP_FILE: readonly Column<RollUpFileRow>[] = [
  dayColumn(({ day }) => day),
  column('dimension', VARCHAR, ({ dimension }) => dimension),
  column('value', VARCHAR, ({ value }) => storable(value)),
  column('currency', VARCHAR, ({ currency }) => currency),
  ...COUNT_PARTS.map(count),
  ...MONEY_PARTS.map((part): Column<RollUpFileRow> => {
    const name = columnName(part);
    return {
      name,
      type: VARCHAR,
      cell: ({ amounts }) => (amounts === null ? null : String(amounts[part])),
      as: `${name}::DECIMAL(38,0)`,
    };
  }),
];

/** A question is of one dimension: together they are read in one piece. */
export const ROLL_UP_ORDER = ['dimension', 'currency NULLS FIRST', 'day'] as const;

/** Stages the roll-ups of days. */
export function stageRollUps(rows: Staging<RollUpFileRow>, days: ReadonlyMap<string, DayRollUp>): void {
  for (const [day, total] of days) {
    for (const { dimension, value, counts } of total.rows())
      rows.add({ day, dimension, value, counts, currency: null, amounts: null });
    for (const { dimension, value, currency, amounts } of total.moneyRows())
      rows.add({ day, dimension, value, currency, amounts, counts: null });
  }
  rows.end();
}
