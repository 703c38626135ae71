import { reportStoreFailure } from '../errors.ts';
import type { Dialect } from '../sql/dialect.ts';
import { identifier, join, sql } from '../sql/sql.ts';

/** Postgres' regular expressions are others, and its letters depend on a locale: both are resolved before; see ../resolve.ts. */
function unresolved(): never {
  throw reportStoreFailure(
    'unanswerable',
    'patterns and letters of any case are resolved before Postgres is asked',
  );
}

/**
 * Of more texts Postgres is not to guess how many rows they find: it would look each up in its statistics, which takes seconds for 80,000,
 * and where it has none it takes them to find one row. It looks rows up in a hash of the texts either way.
 */
const MOST_WEIGHED = 1_000;

const ITEMS = sql`jsonb_to_recordset(coalesce(items, '[]'::jsonb))
  AS item (sku text, name text, category text, worth numeric, quantity integer)`;

export const POSTGRES: Dialect = {
  byCodePoint: (text) => sql`(${text} COLLATE "C")`,
  prop: (name) => sql`props ->> ${name}::text`,
  isOneOf: (text, values, caseSensitive) => {
    if (!caseSensitive) return unresolved();
    const is = sql`${text} = ANY (${values}::text[])`;
    return values.length > MOST_WEIGHED ? sql`(CASE WHEN ${is} THEN TRUE ELSE FALSE END)` : is;
  },
  contains: (text, value, caseSensitive) =>
    caseSensitive ? sql`strpos(${text}, ${value}::text) > 0` : unresolved(),
  matches: unresolved,
  glob: unresolved,
  anyItem: (field, condition) =>
    sql`EXISTS (SELECT 1 FROM ${ITEMS} WHERE ${condition(sql`(item.${identifier(field)} COLLATE "C")`)})`,
  withItems: (relation) => sql`
    SELECT fact.*, item.sku COLLATE "C" AS item_sku, item.name COLLATE "C" AS item_name,
      item.category COLLATE "C" AS item_category, item.worth AS item_worth, item.quantity AS item_quantity
    FROM ${relation} AS fact CROSS JOIN LATERAL ${ITEMS}`,
  isOneOfKeys: (texts, keys) => {
    if (keys.length === 0) return sql`FALSE`;
    const columns = texts.map((_, index) => sql`${keys.map((key) => key[index] ?? '')}::text[]`);
    return sql`(${join(texts, ', ')}) IN (SELECT * FROM unnest(${join(columns, ', ')}))`;
  },
  visitorIn: (relation) => sql`(day, visitor) IN (SELECT day, visitor FROM ${relation})`,
  count: sql`bigint`,
};
