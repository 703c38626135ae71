import { type Amounts, COUNT_PARTS, type Counts, MONEY_PARTS, PARTS } from '@footfall/core/part';
import { DayRollUp } from '@footfall/core/roll-up';
import type { CutValuesOfDay, SealedVisitorDay } from '../report-store.ts';
import { columnName } from '../sql/columns.ts';
import type { Stage, StageColumn } from './stage.ts';

/** Counts of one value on one day; or, with a currency, its amounts. */
export type RollUpFileRow = {
  day: string;
  dimension: string;
  value: string;
  currency: string | null;
  counts: Counts | null;
  amounts: Amounts | null;
};

type Column = StageColumn<RollUpFileRow>;

/** The columns of a file of roll-ups. */
export const ROLL_UP_FILE: readonly Column[] = [
  { name: 'day', type: 'date', cell: ({ day }) => day },
  { name: 'dimension', type: 'text', cell: ({ dimension }) => dimension },
  { name: 'value', type: 'text', cell: ({ value }) => value },
  { name: 'currency', type: 'text', cell: ({ currency }) => currency },
  ...COUNT_PARTS.map(
    (part): Column => ({
      name: columnName(part),
      type: PARTS[part].type,
      cell: ({ counts }) => counts?.[part] ?? null,
      absent: 0,
    }),
  ),
  ...MONEY_PARTS.map(
    (part): Column => ({
      name: columnName(part),
      type: PARTS[part].type,
      cell: ({ amounts }) => (amounts === null ? null : String(amounts[part])),
      absent: 0,
    }),
  ),
];

/** A question is of one dimension: together they are read in one piece. */
export const ROLL_UP_ORDER = ['dimension', 'currency NULLS FIRST', 'day'] as const;

type StagedDay = { day: string; total: DayRollUp; cut: CutValuesOfDay[] };

async function stageDay(rows: Stage<RollUpFileRow>, { day, total, cut }: StagedDay): Promise<void> {
  cut.push(...total.cutValues().map((values) => ({ day, ...values })));
  for (const { dimension, value, counts } of total.rows())
    rows.add({ day, dimension, value, counts, currency: null, amounts: null });
  for (const { dimension, value, currency, amounts } of total.moneyRows())
    rows.add({ day, dimension, value, currency, amounts, counts: null });
  await rows.settle();
}

/**
 * Hands facts on and stages the roll-ups of each day when another begins, so that one day's are held at a time. A day that comes
 * back later has more rows of the same values: they add up when they are read. What is not kept apart is added to `cut`.
 */
export async function* rollingUp(
  rows: Stage<RollUpFileRow>,
  facts: AsyncIterable<readonly SealedVisitorDay[]>,
  cut: CutValuesOfDay[],
): AsyncGenerator<readonly SealedVisitorDay[]> {
  let current = null as { day: string; total: DayRollUp } | null;
  for await (const portion of facts) {
    for (const { day, facts: own } of portion) {
      if (current?.day !== day) {
        if (current !== null) await stageDay(rows, { ...current, cut });
        current = { day, total: new DayRollUp() };
      }
      current.total.add(own);
    }
    yield portion;
  }
  if (current !== null) await stageDay(rows, { ...current, cut });
}
