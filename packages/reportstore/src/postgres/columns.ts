import { DIMENSIONS, type Dimension, FACT_COLUMNS, NONE } from '@footfall/core/dimension';
import { PART_NAMES } from '@footfall/core/part';
import { identifier, type Sql, sql } from './sql.ts';

/** A name of the domain as a column: `utmSource` is `utm_source`. */
export function columnName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Columns of `event_fact` that hold the text of a dimension. */
export const DIMENSION_COLUMNS: readonly string[] = FACT_COLUMNS.map(columnName);

/** Columns of `roll_up` that hold a part. */
export const PART_COLUMNS: readonly string[] = PART_NAMES.map(columnName);

/** The text of a dimension of an event fact; never null, so that conditions on it are either true or false. */
export function dimensionText(dimension: Dimension): Sql {
  if (dimension.kind === 'prop')
    return sql`(coalesce(props ->> ${storable(dimension.prop)}::text, ${NONE}::text) COLLATE "C")`;
  return identifier(columnName(DIMENSIONS[dimension.name].column));
}

/** Text as Postgres can hold it: it knows no NUL, and UTF-8 no lone surrogates. Facts and questions are treated alike. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
