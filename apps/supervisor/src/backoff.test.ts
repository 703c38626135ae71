import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countEnd, restartDelay } from './backoff.ts';

test('waits double after each early end, from a quarter of a second to ten', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50].map(restartDelay)).toEqual([
    250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000,
  ]);
});

test('is never shorter than the first and never longer than the last wait', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (ends) => {
      const delay = restartDelay(ends);
      return delay >= 250 && delay <= 10_000;
    }),
  );
});

test('a minute of health forgets what was before', () => {
  expect(countEnd(0, 10)).toBe(1);
  expect(countEnd(6, 59_999)).toBe(7);
  expect(countEnd(6, 60_000)).toBe(1);
});
