import { EVENT_FLAGS, FACT_FIELDS, PAIR_FIELDS, VISIT_FIELDS } from '@footfall/core/fact-field';
import {
  type Counting,
  type CountPart,
  type EventsOf,
  type MoneyPart,
  partRow,
  partsOfEach,
} from '@footfall/core/part';
import { columnName } from './columns.ts';
import { constant, identifier, join, type Sql, sql } from './sql.ts';

/** How parts are counted in SQL: made from their rows. */

/** What one row of a relation stands for, from the finest to the coarsest; facts are aggregated along them. */
export const GRAINS = ['event', 'visit', 'visitor'] as const;
export type Grain = (typeof GRAINS)[number];

const column = (name: string): Sql => identifier(columnName(name));

const isNamed = (name: string): Sql => sql`name = ${constant(name)}`;

const matchesEvents = (events: EventsOf): Sql =>
  'name' in events ? isNamed(events.name) : sql`name <> ${constant(events.except)}`;

function where(aggregate: Sql, conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? aggregate : sql`${aggregate} FILTER (WHERE ${join(conditions, ' AND ')})`;
}

/** Of which rows a part counts, and how; of pairs when it has no grain. */
function countingSql(row: Counting): { grain: Grain | null; count: Sql } {
  switch (row.each) {
    case 'visitor':
      return { grain: 'visitor', count: sql`count(*)` };
    case 'event': {
      const named = row.name === undefined ? [] : [isNamed(row.name)];
      const flagged = row.flag === undefined ? [] : [column(row.flag)];
      return { grain: 'event', count: where(sql`count(*)`, [...named, ...flagged]) };
    }
    case 'item':
      return { grain: 'event', count: sql`sum(${column(row.column)})` };
    case 'visit': {
      const counted = row.sum === undefined ? sql`count(*)` : sql`sum(${column(row.sum)})`;
      return { grain: 'visit', count: where(counted, row.flag === undefined ? [] : [column(row.flag)]) };
    }
    case 'pair':
      return {
        grain: null,
        count: 'sum' in row ? sql`sum(${column(row.sum)})` : sql`count(${column(row.having)})`,
      };
    case 'amount':
      throw new TypeError('amounts are counted by themselves');
  }
}

/** The rows that a part of events, visits and visitors counts, and its aggregate over them. */
export function countExpression(part: CountPart): { grain: Grain; count: Sql } {
  const { grain, count } = countingSql(partRow(part));
  if (grain === null) throw new TypeError(`${part} is a part of pairs`);
  return { grain, count };
}

/** A part of engagement as an aggregate over pairs of visit and page; `null` for a part that is none. */
export function pairCount(part: CountPart): Sql | null {
  const { grain, count } = countingSql(partRow(part));
  return grain === null ? count : null;
}

/** A part of amounts as an aggregate over events, or over what the items of a group are worth. */
export function amountExpression(part: MoneyPart, byItem: boolean): Sql {
  const row = partRow(part);
  if (row.each !== 'amount') throw new TypeError(`${part} is not a part of amounts`);
  if (!('sum' in row)) return where(sql`count(amount)`, [matchesEvents(row.of)]);
  return byItem
    ? where(sql`sum(worth)`, [isNamed(row.ofItems)])
    : where(sql`sum(amount)`, [matchesEvents(row.of)]);
}

/** What any event of a visit tells of it: the same on all of them, so that a part of them tells of the whole. */
export const OF_VISIT: readonly Sql[] = VISIT_FIELDS.map((field) => {
  const own = column(field);
  return FACT_FIELDS[field].type === 'flag' ? sql`bool_or(${own}) AS ${own}` : sql`max(${own}) AS ${own}`;
});

/** Flags of an event, of several rows of it. */
export const OF_EVENT: readonly Sql[] = EVENT_FLAGS.map(
  (flag) => sql`bool_or(${column(flag)}) AS ${column(flag)}`,
);

/** The pieces of those items that lie in a group, of each part that counts them. */
export const OF_ITEMS: readonly Sql[] = partsOfEach('item').map(
  ({ row }) =>
    sql`(sum(CASE WHEN ${isNamed(row.name)} THEN ${column(`item_${row.sum}`)} ELSE 0 END))::integer AS ${column(row.column)}`,
);

/** What a visit sent of a page, taken together. */
export const OF_PAIR: readonly Sql[] = PAIR_FIELDS.map((field) => {
  const own = column(field);
  return FACT_FIELDS[field].together === 'largest' ? sql`max(${own}) AS ${own}` : sql`sum(${own}) AS ${own}`;
});

/** The columns that parts of events and visits are counted from. */
export const COUNTED_COLUMNS: readonly Sql[] = [
  sql`name`,
  ...[...EVENT_FLAGS, ...partsOfEach('item').map(({ row }) => row.column), ...VISIT_FIELDS].map(column),
];
