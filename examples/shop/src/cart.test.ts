import { describe, expect, test } from 'vitest';
import { addToCart, pieces, readCart, totals, writeCart } from './cart.ts';
import { decimal } from './money.ts';

describe('the cart', () => {
  test.each([
    ['morning-mug:2.side-plate:1', 'morning-mug:2.side-plate:1'],
    ['', ''],
    ['nothing:3.morning-mug:1', 'morning-mug:1'],
    ['morning-mug:two', ''],
    ['morning-mug:1.morning-mug:4', 'morning-mug:4'],
    ['morning-mug:1e9', 'morning-mug:20'],
    ['morning-mug:-1.side-plate:0', ''],
  ])('%j is read as %j', (cookie, cart) => {
    expect(writeCart(readCart(cookie))).toBe(cart);
  });

  test('adding nothing, or less, changes nothing', () => {
    const cart = readCart('morning-mug:2');
    expect(addToCart(cart, 'morning-mug', 0)).toBe(cart);
    expect(addToCart(cart, 'morning-mug', -2)).toBe(cart);
    expect(pieces(addToCart(cart, 'teapot', 1))).toBe(3);
  });

  test.each([
    ['', 0, 0],
    ['espresso-cup:3', 4_800, 490],
    ['bud-vase:1.pasta-plate:1', 5_800, 490],
    ['espresso-cup:1.morning-mug:2', 6_000, 0],
  ])('%j costs %i cents and %i to ship', (cookie, goods, shipping) => {
    expect(totals(readCart(cookie))).toEqual({ goods, shipping, total: goods + shipping });
  });
});

test.each([
  [0, '0.00'],
  [5, '0.05'],
  [490, '4.90'],
  [12_000, '120.00'],
])('%i cents are %s', (cents, text) => {
  expect(decimal(cents)).toBe(text);
});
