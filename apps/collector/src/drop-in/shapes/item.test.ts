import { expect, test } from 'vitest';
import { type ItemFields, mapItems } from './item.ts';

const NAMES: ItemFields = { sku: ['sku', 'id'], name: 'name', category: 'category' };

test.each([
  [
    { sku: 'S1', name: 'Mug', category: 'Kitchen', price: 6.17, quantity: 2 },
    { sku: 'S1', name: 'Mug', category: 'Kitchen', price: '6.17', quantity: 2 },
    'whole',
  ],
  [{ id: 7 }, { sku: '7', quantity: 1 }, 'a number for an id, and one piece unless said otherwise'],
  [{ id: '7', quantity: '3', price: '6.50' }, { sku: '7', quantity: 3, price: '6.50' }, 'numbers as text'],
  [{ sku: 'a', quantity: -2 }, { sku: 'a', quantity: 2 }, 'returned pieces'],
  [{ sku: 'a', quantity: 1.6 }, { sku: 'a', quantity: 2 }, 'goods by weight'],
  [{ sku: 'a', quantity: 1e12 }, { sku: 'a', quantity: 1_000_000 }, 'more than there are'],
  [{ sku: 'a', quantity: {}, price: 'free', name: {} }, { sku: 'a', quantity: 1 }, 'wrong types'],
  [{ sku: 'a', price: -5 }, { sku: 'a', quantity: 1 }, 'a discount as an item'],
  [{ sku: 'a', price: 0.1 + 0.2 }, { sku: 'a', quantity: 1, price: '0.3' }, 'noise of binary arithmetic'],
])('%j is %j: %s', (fields, item, _why) => {
  expect(mapItems([fields], NAMES)).toEqual([item]);
});

test('what nothing names is not an item, no items are none, and 200 are enough', () => {
  expect(mapItems([{ price: 1 }, null, 'Mug', { sku: '' }, { sku: 'a' }], NAMES)).toEqual([
    { sku: 'a', quantity: 1 },
  ]);
  for (const none of [undefined, null, [], {}, 'a', [{}]]) expect(mapItems(none, NAMES)).toBeUndefined();
  expect(mapItems(Array(300).fill({ sku: 'a' }), NAMES)).toHaveLength(200);
});
