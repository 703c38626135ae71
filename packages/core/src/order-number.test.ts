import { expect, test } from 'vitest';
import { claimedOrder } from './order-number.ts';

test.each([
  [{ name: 'purchase', order: 'A-1' }, 'A-1'],
  [{ name: 'purchase' }, null],
  [{ name: 'purchase', order: '' }, null],
  [{ name: 'refund', order: 'A-1' }, null],
  [{ name: 'begin_checkout', order: 'A-1' }, null],
  [{ name: 'Purchase', order: 'A-1' }, null],
])('%j claims %s', (event, order) => {
  expect(claimedOrder(event)).toBe(order);
});
