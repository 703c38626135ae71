import type { FactFilter } from '@footfall/core/part-query';
import { dimensionText, storable } from './columns.ts';
import { join, type Sql, sql } from './sql.ts';

type Match = Extract<FactFilter, { type: 'match' }>;

/** A condition that is true or false of every row, never null: see {@link dimensionText}. */
export function condition(filter: FactFilter): Sql {
  switch (filter.type) {
    case 'and':
      return filter.of.length === 0 ? sql`TRUE` : sql`(${join(filter.of.map(condition), ' AND ')})`;
    case 'or':
      return filter.of.length === 0 ? sql`FALSE` : sql`(${join(filter.of.map(condition), ' OR ')})`;
    case 'not':
      return sql`(NOT ${condition(filter.of)})`;
    case 'match':
      return match(filter);
  }
}

/** Both sides are lowered by the same function of the database, so that they agree on every letter. */
function match({ op, dimension, values, caseSensitive }: Match): Sql {
  const texts = values.map(storable);
  const wanted = sql`${op === 'is' ? texts : texts.map(containing)}::text[]`;
  const column = dimensionText(dimension);
  const left = caseSensitive ? column : lower(column);
  const right = caseSensitive
    ? wanted
    : sql`ARRAY(SELECT ${lower(sql`wanted`)} FROM unnest(${wanted}) AS wanted)`;
  return op === 'is' ? sql`${left} = ANY (${right})` : sql`${left} LIKE ANY (${right})`;
}

function lower(text: Sql): Sql {
  return sql`(lower(${text} COLLATE reportstore.unicode) COLLATE "C")`;
}

/** The LIKE pattern of all texts that hold this one. */
function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
