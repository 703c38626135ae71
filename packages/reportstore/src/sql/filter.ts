import { ITEM_DIMENSIONS } from '@footfall/core/dimension';
import type { FactFilter } from '@footfall/core/part-query';
import { factText, storable } from './columns.ts';
import type { Dialect } from './dialect.ts';
import { join, type Sql, sql } from './sql.ts';

type Match = Extract<FactFilter, { type: 'match' }>;

export type FilterContext = {
  dialect: Dialect;
  /** All events (but engagement) of the days that are asked about, whatever the window of time. */
  everything: Sql;
};

/** A condition that is true or false of every fact, never null. */
export function condition(filter: FactFilter, context: FilterContext): Sql {
  switch (filter.type) {
    case 'and':
      return filter.of.length === 0
        ? sql`TRUE`
        : sql`(${join(
            filter.of.map((one) => condition(one, context)),
            ' AND ',
          )})`;
    case 'or':
      return filter.of.length === 0
        ? sql`FALSE`
        : sql`(${join(
            filter.of.map((one) => condition(one, context)),
            ' OR ',
          )})`;
    case 'not':
      return sql`(NOT ${condition(filter.of, context)})`;
    case 'has_done':
      return context.dialect.visitorIn(sql`${context.everything} AND ${condition(filter.of, context)}`);
    case 'match':
      return match(filter, context.dialect);
  }
}

function match(filter: Match, dialect: Dialect): Sql {
  const { dimension } = filter;
  if (dimension.kind !== 'item') return textMatches(factText(dimension, dialect), filter, dialect);
  return dialect.anyItem(ITEM_DIMENSIONS[dimension.name].field, (text) => textMatches(text, filter, dialect));
}

/** A condition on one text. */
export function textMatches(text: Sql, { op, values, caseSensitive }: Match, dialect: Dialect): Sql {
  const texts = values.map(storable);
  if (texts.length === 0) return sql`FALSE`;
  if (op === 'is') return dialect.isOneOf(text, texts, caseSensitive);
  const each = texts.map((value) =>
    op === 'glob' ? dialect.glob(text, value) : dialect[op](text, value, caseSensitive),
  );
  return sql`(${join(each, ' OR ')})`;
}
