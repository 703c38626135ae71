import { expect, test } from 'vitest';
import { originBytes } from './origin.ts';

test('places in the log that lie close together have hashes of their own', () => {
  const places = [0, 1, 2, 3].flatMap((partition) =>
    Array.from({ length: 100 }, (_, offset) => offset).flatMap((offset) =>
      Array.from({ length: 250 }, (_, index) => `local.hits/${partition}/${99_950 + offset}/${index}`),
    ),
  );
  const hashes = places.map((place) => originBytes(place).toString('latin1'));
  expect(new Set(hashes).size).toBe(places.length);
  // Neither half repeats more than chance would have it: about one pair among 100,000.
  for (const half of [0, 4]) {
    expect(new Set(hashes.map((hash) => hash.slice(half, half + 4))).size).toBeGreaterThan(
      places.length - 12,
    );
  }
});
