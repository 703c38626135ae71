import type { ItemField } from '@footfall/core/dimension';
import type { Sql } from './sql.ts';

/**
 * Where two databases say the same thing differently; all else is one text for both. A fact relation has one row an event with the
 * columns of `event_fact`.
 */
export type Dialect = {
  /** Texts are compared by code point; a database that does so anyway adds nothing. */
  byCodePoint(text: Sql): Sql;
  /** The text of a property; null when the event does not have it. */
  prop(name: string): Sql;
  /** One of these texts. */
  isOneOf(text: Sql, values: readonly string[], caseSensitive: boolean): Sql;
  contains(text: Sql, value: string, caseSensitive: boolean): Sql;
  /** Found by a pattern in RE2's syntax. */
  matches(text: Sql, pattern: string, caseSensitive: boolean): Sql;
  /** Matched as a whole by a page pattern. */
  glob(text: Sql, pattern: string): Sql;
  /** Whether `condition` holds of that field of any item of the event. */
  anyItem(field: ItemField, condition: (text: Sql) => Sql): Sql;
  /** A relation with a row an item: `item_sku`, `item_name`, `item_category`, `item_worth`, `item_quantity` besides the fact's columns. */
  withItems(relation: Sql): Sql;
  /** Whether these texts, together, are one of the keys, each of as many texts. */
  isOneOfKeys(texts: readonly Sql[], keys: readonly (readonly string[])[]): Sql;
  /** Visitors of a relation as something that {@link visitorIn} can look into. */
  visitorIn(relation: Sql): Sql;
  /** Type of a sum of counts, which the driver hands over as a number. */
  count: Sql;
};
