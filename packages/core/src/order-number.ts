import { PURCHASE } from './event-name.ts';
import type { RawEvent } from './raw-event.ts';

/** Days for which an order number of a site is remembered: a purchase that names it again within them is a repeat. */
export const ORDER_MEMORY_DAYS = 400;

/**
 * The order number that an event claims for its site: a purchase whose order another purchase of the site has claimed counts
 * nothing, whoever sends it (definitions.md, "Event id"). Null where it claims none: other events name an order and count all the same.
 */
export function claimedOrder({ name, order }: Pick<RawEvent, 'name' | 'order'>): string | null {
  return name === PURCHASE && order !== undefined && order !== '' ? order : null;
}
