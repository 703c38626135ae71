import { MAX_ITEMS } from '@footfall/core/event-shape';
import type { JsonObject } from '@footfall/core/json';
import { parseAmount } from '@footfall/core/money';
import type { Item } from '@footfall/core/raw-event';
import { asObjects, asText, firstGiven, numberWithin } from './fields.ts';
import { normalizeAmount } from './money.ts';

/** Which fields say what of an item in another product's events; the first that is there counts. */
export type ItemFields = { sku: readonly string[]; name: string; category: string };

const MAX_SKU = 200;
const MAX_TEXT = 500;
const QUANTITY = [0, 1_000_000] as const;

/** A quantity as a whole number: returned pieces may be written as negative, and goods by weight as fractions. */
function parseQuantity(value: unknown): number {
  const number = numberWithin(value, [-QUANTITY[1], QUANTITY[1]]);
  return number === undefined ? 1 : Math.round(Math.abs(number));
}

/**
 * An item of an order; undefined when nothing names it. A price that is not a plain decimal (a discount as a negative line) is left out:
 * it is worth less than the order that it would stop.
 */
export function mapItem(fields: JsonObject, names: ItemFields): Item | undefined {
  const sku = asText(firstGiven(...names.sku.map((name) => fields[name])), MAX_SKU);
  if (sku === undefined) return undefined;
  const name = asText(fields[names.name], MAX_TEXT);
  const category = asText(fields[names.category], MAX_TEXT);
  const price = parseAmount(normalizeAmount(fields.price));
  return {
    sku,
    quantity: parseQuantity(fields.quantity),
    ...(name === undefined ? {} : { name }),
    ...(category === undefined ? {} : { category }),
    ...(price === undefined ? {} : { price }),
  };
}

/** The items of a list, at most 200; undefined when there are none. */
export function mapItems(value: unknown, names: ItemFields): Item[] | undefined {
  const items = asObjects(value)
    .slice(0, MAX_ITEMS)
    .flatMap((fields) => mapItem(fields, names) ?? []);
  return items.length === 0 ? undefined : items;
}
