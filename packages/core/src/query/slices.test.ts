import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inSlices, sortInSlices } from './slices.ts';

/** Counts the times that others had the processor. */
function pausing() {
  const pauses = { count: 0 };
  const pause = async () => {
    pauses.count += 1;
  };
  return { pauses, pause };
}

test('a hundred thousand things are worked through in fifty slices, in order', async () => {
  const { pauses, pause } = pausing();
  const seen: number[] = [];
  await inSlices(
    Array.from({ length: 100_000 }, (_, index) => index),
    pause,
    (one) => seen.push(one),
  );
  expect(seen).toHaveLength(100_000);
  expect(seen.at(-1)).toBe(99_999);
  expect(pauses.count).toBe(49);
});

test('few things are worked through at once', async () => {
  const { pauses, pause } = pausing();
  await inSlices([1, 2, 3], pause, () => undefined);
  await sortInSlices([3, 1, 2], (a, b) => a - b, pause);
  expect(pauses.count).toBe(0);
});

test('sorting in slices is sorting, and keeps the order of what is equal', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1_990, max: 9_000 }), fc.nat(), async (length, seed) => {
      const { pauses, pause } = pausing();
      const all = Array.from({ length }, (_, index) => ({ value: (index * 7_919 + seed) % 97, index }));
      const order = (a: { value: number }, b: { value: number }) => a.value - b.value;
      expect(await sortInSlices(all, order, pause)).toEqual([...all].sort(order));
      if (length > 4_000) expect(pauses.count).toBeGreaterThan(2);
    }),
    { numRuns: 20 },
  );
});
