import { type Dimension, ITEM_DIMENSIONS } from '@footfall/core/dimension';
import type { IsNative } from '../resolve.ts';
import { factText } from '../sql/columns.ts';
import type { Dialect } from '../sql/dialect.ts';
import { identifier, type Sql, sql } from '../sql/sql.ts';

/** Postgres' patterns are others than RE2's, and its letters depend on a locale. */
export const isNativeToPostgres: IsNative = ({ op, caseSensitive }) =>
  caseSensitive && (op === 'is' || op === 'contains');

/** The SQL of all distinct texts of a dimension in a relation with conditions. */
export function distinctTexts(dimension: Dimension, from: Sql, dialect: Dialect): Sql {
  if (dimension.kind !== 'item')
    return sql`SELECT DISTINCT ${factText(dimension, dialect)} AS text FROM ${from}`;
  const column = identifier(`item_${ITEM_DIMENSIONS[dimension.name].field}`);
  return sql`SELECT DISTINCT ${column} AS text FROM (${dialect.withItems(sql`(SELECT * FROM ${from})`)}) AS items`;
}
