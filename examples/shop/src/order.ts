import { randomBytes } from 'node:crypto';
import { type Cart, readCart, writeCart } from './cart.ts';

/** What was bought, under a number of its own. */
export type Order = { number: string; cart: Cart };

/** Makes an order of a cart. */
export function placeOrder(cart: Cart): Order {
  return { number: `A-${randomBytes(4).toString('hex').toUpperCase()}`, cart };
}

/** The order as a cookie keeps it, so that the thank-you page can be loaded again. */
export function writeOrder({ number, cart }: Order): string {
  return `${number}~${writeCart(cart)}`;
}

/** Reads an order; undefined for anything that is none. */
export function readOrder(text: string): Order | undefined {
  const [number = '', cart = ''] = text.split('~');
  const lines = readCart(cart);
  return /^A-[0-9A-F]{8}$/.test(number) && lines.length > 0 ? { number, cart: lines } : undefined;
}
