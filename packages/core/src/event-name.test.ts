import { expect, test } from 'vitest';
import { classifyEvent } from './event-name.ts';

test.each([
  ['pageview', 'hits'],
  ['engagement', 'hits'],
  ['view_item', 'commerce'],
  ['add_to_cart', 'commerce'],
  ['begin_checkout', 'commerce'],
  ['purchase', 'commerce'],
  ['refund', 'commerce'],
  ['Signup', 'custom'],
  // Names are told apart by case, as everywhere.
  ['Purchase', 'custom'],
  // What every object has by itself is not a name of ours.
  ['constructor', 'custom'],
  ['', 'custom'],
])('%j is of category %s', (name, category) => {
  expect(classifyEvent(name)).toBe(category);
});
