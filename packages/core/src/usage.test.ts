import { expect, test } from 'vitest';
import { countedUsage, eventWeight } from './usage.ts';

test.each([
  [1, 1],
  [2_048, 1],
  [2_049, 2],
  [4_096, 2],
  [65_000, 32],
  [0, 1],
])('an event of %i bytes counts as %i', (bytes, weight) => {
  expect(eventWeight(bytes)).toBe(weight);
});

test('one of a bot counts as none, whatever it weighs', () => {
  expect(countedUsage({ bot: true, bytes: 100_000 })).toBe(0);
  expect(countedUsage({ bot: false, bytes: 100 })).toBe(1);
});
