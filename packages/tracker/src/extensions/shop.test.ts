import { expect, test } from 'vitest';
import type { Track } from '../options.ts';
import { shop } from './shop.ts';

const told: Parameters<Track>[] = [];
const { purchase, viewItem } = shop((...call) => told.push(call));

test.each([
  [6.17, '6.17'],
  [0.1 + 0.2, '0.3'],
  [10, '10'],
  [100.5, '100.5'],
  [0, '0'],
  [1e-7, '0'],
  [12_345_678.9, '12345678.9'],
  ['19.990', '19.990'],
])('the amount %s is sent as %s', (total, amount) => {
  purchase({ order: 'A', total, currency: 'EUR' });
  expect(told.at(-1)?.[1]?.revenue).toEqual({ amount, currency: 'EUR' });
});

test('a price that was not said is left out', () => {
  viewItem({ sku: 'S1' });
  expect(told.at(-1)).toEqual(['view_item', { items: [{ sku: 'S1' }] }]);
});

test('what is not as the types say is not counted and fails no page', () => {
  const before = told.length;
  purchase(undefined as never);
  viewItem(null as never);
  expect(told).toHaveLength(before);
});
