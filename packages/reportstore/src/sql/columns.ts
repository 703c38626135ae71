import { DIMENSIONS, type Dimension, FACT_COLUMNS, NONE } from '@footfall/core/dimension';
import { snakeCase } from '@footfall/core/snake-case';
import type { Dialect } from './dialect.ts';
import { identifier, type Sql, sql } from './sql.ts';

/** A name of the domain as a column: `utmSource` is `utm_source`. */
export function columnName(name: string): string {
  return snakeCase(name);
}

/** Columns of facts that hold the text of a dimension. */
export const DIMENSION_COLUMNS: readonly string[] = FACT_COLUMNS.map(columnName);

/** The text of a dimension of a fact; never null, so that conditions on it are either true or false. Items are their own matter. */
export function factText(dimension: Exclude<Dimension, { kind: 'item' }>, dialect: Dialect): Sql {
  if (dimension.kind === 'column') return identifier(columnName(DIMENSIONS[dimension.name].column));
  return dialect.byCodePoint(sql`coalesce(${dialect.prop(storable(dimension.prop))}, ${NONE}::text)`);
}

/**
 * Text as databases can hold it: Postgres knows no NUL, UTF-8 no lone surrogates. Facts and questions are treated alike.
 */
export function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
