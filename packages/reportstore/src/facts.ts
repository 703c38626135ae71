import type { EventFact } from '@footfall/core/fact';
import { toMicros } from '@footfall/core/money';
import { partsOfEach } from '@footfall/core/part';
import { storable } from './sql/columns.ts';

/** What stores keep of a fact's money and items: whole numbers of millionths, written as text. */

type StoredItem = { sku: string; name: string; category: string; worth: string; quantity: number };

/** Columns of facts in which parts of items keep the sum of an event's items: 0 where they do not count it. */
export const ITEM_SUMS = partsOfEach('item').map(({ row: { column, name, sum } }) => ({
  column,
  of: (fact: EventFact): number =>
    fact.name === name ? fact.items.reduce((total, item) => total + item[sum], 0) : 0,
}));

export function toMicrosText(amount: string | null): string | null {
  return amount === null ? null : toMicros(amount).toString();
}

/** The items of a fact with what each line is worth: price times quantity. */
function factItems({ items }: EventFact): StoredItem[] {
  return items.map(({ sku, name, category, price, quantity }) => ({
    sku: storable(sku),
    name: storable(name),
    category: storable(category),
    worth: (toMicros(price) * BigInt(quantity)).toString(),
    quantity,
  }));
}

/** The items of a fact as JSON; null for none, which takes no room in a row. */
export function itemsText(fact: EventFact): string | null {
  return fact.items.length === 0 ? null : JSON.stringify(factItems(fact));
}

/** The properties of a fact as JSON; null for none. */
export function propsText({ props }: EventFact): string | null {
  const names = Object.keys(props);
  if (names.length === 0) return null;
  return JSON.stringify(
    Object.fromEntries(names.map((name) => [storable(name), storable(props[name] as string)])),
  );
}
