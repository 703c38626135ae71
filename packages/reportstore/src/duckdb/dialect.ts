import type { ItemField } from '@footfall/core/dimension';
import { pagePattern } from '@footfall/core/page-pattern';
import type { Dialect } from '../sql/dialect.ts';
import { identifier, join, type Sql, sql } from '../sql/sql.ts';

/** Simple case folding, the same for columns and values: all forms of sigma are one letter. */
const fold = (text: Sql): Sql => sql`lower(upper(${text}))`;

/** Values that are bound one by one: as many as a filter may have. What patterns have found may be more. */
const MOST_BOUND = 1_000;

/** Texts as one value. */
export const textList = (texts: readonly string[]): Sql =>
  sql`from_json(${JSON.stringify(texts)}::text, '["VARCHAR"]')`;

/** JSON's own way to a member (RFC 6901). */
const pointer = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

// As text: decimals in JSON's texts take twenty times as long.
const ITEMS = sql`from_json(items, '[{"sku": "VARCHAR", "name": "VARCHAR", "category": "VARCHAR",
  "worth": "VARCHAR", "quantity": "INTEGER"}]')`;

const FIELDS: Readonly<Record<ItemField, Sql>> = {
  sku: sql`json_extract_string(items, '$[*].sku')`,
  name: sql`json_extract_string(items, '$[*].name')`,
  category: sql`json_extract_string(items, '$[*].category')`,
};

export const DUCKDB: Dialect = {
  byCodePoint: (text) => text,
  prop: (name) => sql`json_extract_string(props, ${pointer(name)}::text)`,
  isOneOf: (text, values, caseSensitive) => {
    if (values.length > MOST_BOUND && caseSensitive)
      return sql`${text} IN (SELECT unnest(${textList(values)}))`;
    const wanted = values.map((value) => (caseSensitive ? sql`${value}::text` : fold(sql`${value}::text`)));
    return sql`${caseSensitive ? text : fold(text)} IN (${join(wanted, ', ')})`;
  },
  contains: (text, value, caseSensitive) =>
    caseSensitive
      ? sql`strpos(${text}, ${value}::text) > 0`
      : sql`strpos(${fold(text)}, ${fold(sql`${value}::text`)}) > 0`,
  matches: (text, pattern, caseSensitive) =>
    caseSensitive
      ? sql`regexp_matches(${text}, ${pattern}::text)`
      : sql`regexp_matches(${text}, ${pattern}::text, 'i')`,
  glob: (text, pattern) => sql`regexp_matches(${text}, ${pagePattern(pattern)}::text, 's')`,
  anyItem: (field, condition) =>
    sql`(items IS NOT NULL AND len([1 FOR one IN ${FIELDS[field]} IF ${condition(sql`one`)}]) > 0)`,
  withItems: (relation) => sql`
    SELECT *, item.sku AS item_sku, item.name AS item_name, item.category AS item_category,
      item.worth::DECIMAL(38,0) AS item_worth, item.quantity AS item_quantity
    FROM (SELECT *, unnest(${ITEMS}) AS item FROM ${relation} AS fact WHERE items IS NOT NULL) AS listed`,
  isOneOfKeys: (texts, keys) => {
    if (keys.length === 0) return sql`FALSE`;
    // As JSON: one parameter a column, however many keys there are.
    const columns = texts.map((_, index) => {
      const values = JSON.stringify(keys.map((key) => key[index] ?? ''));
      return sql`unnest(from_json(${values}::text, '["VARCHAR"]')) AS ${identifier(`one_${index}`)}`;
    });
    const one = texts.map((_, index) => identifier(`one_${index}`));
    return sql`(${join(texts, ', ')}) IN (SELECT (${join(one, ', ')}) FROM (SELECT ${join(columns, ', ')}) AS keys)`;
  },
  visitorIn: (relation) => sql`(day, visitor) IN (SELECT (day, visitor) FROM ${relation})`,
  count: sql`double`,
};
