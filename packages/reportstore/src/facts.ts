import type { EventFact } from '@footfall/core/fact';
import { toMicros } from '@footfall/core/money';
import { storable } from './sql/columns.ts';

/** What stores keep of a fact's money and items: whole numbers of millionths, written as text. */

type StoredItem = { sku: string; name: string; category: string; worth: string; quantity: number };

/** Pieces sold: those of purchases. */
export function piecesOf({ name, items }: EventFact): number {
  return name === 'purchase' ? items.reduce((sum, { quantity }) => sum + quantity, 0) : 0;
}

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
