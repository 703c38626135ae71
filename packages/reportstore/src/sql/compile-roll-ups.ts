import type { GroupKey, PartQuery } from '@footfall/core/part-query';
import { rollUpDimension } from '../roll-up-dimension.ts';
import { columnName } from './columns.ts';
import { type FactSource, grouped, within } from './fact-source.ts';
import { identifier, join, type Sql, sql } from './sql.ts';

export type RollUpsQuery = Extract<PartQuery, { source: 'rollUps' }>;

const COLUMNS: Partial<Record<GroupKey['kind'], Sql>> = { day: sql`day`, currency: sql`currency` };

/**
 * The SQL of a question to a relation of roll-ups (see duckdb/roll-up-file.ts); rows as those of facts.
 * @throws Failure `unanswerable` for a question that {@link PartQuery} rules out
 */
export function compileRollUps(query: RollUpsQuery, { dialect, relation }: FactSource): Sql {
  const keys = query.groupBy.map(({ kind }) => COLUMNS[kind] ?? sql`value`);
  const money = query.relation === 'money';
  const sums = query.parts.map((part) => {
    const sum = sql`sum(${identifier(columnName(part))})`;
    return money ? sql`${sum}::text` : sql`${sum}::${dialect.count}`;
  });
  const conditions = [sql`dimension = ${rollUpDimension(query.groupBy)}`, within(query)];
  if (query.relation === 'money') {
    const codes = join(
      query.currency.codes.map((code) => sql`${code}::text`),
      ', ',
    );
    conditions.push(query.currency.negated ? sql`currency NOT IN (${codes})` : sql`currency IN (${codes})`);
  } else conditions.push(sql`currency IS NULL`);
  return sql`
    SELECT ${join([...keys.map((key) => sql`${key}::text`), ...sums], ', ')}
    FROM ${relation}
    WHERE ${join(conditions, ' AND ')}
    ${grouped(keys)}`;
}
