import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  candidates,
  countShards,
  firstShards,
  grown,
  isFull,
  lastShards,
  shardIn,
  sliceDays,
} from './shards.ts';

const ROWS = { capacity: 100, least: 1, factor: 4 };
/** Lists as days have them: some first number, then growth. */
const lists = fc
  .tuple(fc.nat(3), fc.nat(3))
  .map(([first, times]) => Array.from({ length: times + 1 }, (_, n) => 4 ** (first + n)));
const hashes = fc.nat(2 ** 32 - 1);

test('a day begins with as many partitions as its entries fill, and grows by the factor', () => {
  expect([0, 100, 101, 400, 401].map((entries) => firstShards(entries, ROWS))).toEqual([
    [1],
    [1],
    [4],
    [4],
    [16],
  ]);
  expect(firstShards(9, { capacity: 1, least: 4, factor: 2 })).toEqual([16]);
  expect(grown([1], ROWS)).toEqual([1, 4]);
  expect(grown([1, 4], ROWS)).toEqual([1, 4, 16]);
  expect([99, 100].map((entries) => isFull([1], entries, ROWS))).toEqual([false, true]);
  expect([499, 500].map((entries) => isFull([1, 4], entries, ROWS))).toEqual([false, true]);
});

test('a key has a place in each segment, none of them in another segment', () => {
  expect(candidates([1, 4, 16], 7)).toEqual([0, 1 + 3, 5 + 7]);
  expect(lastShards([1, 4])).toEqual([1, 2, 3, 4]);
  fc.assert(
    fc.property(lists, hashes, (shards, hash) => {
      const places = candidates(shards, hash);
      expect(new Set(places).size).toBe(shards.length);
      expect(shardIn(shards, shards.length - 1)(hash)).toBe(places.at(-1));
      expect(lastShards(shards)).toContain(places.at(-1));
      for (const place of places) expect(place).toBeLessThan(countShards(shards));
    }),
  );
});

test('what was placed is found when the day has grown', () => {
  fc.assert(
    fc.property(lists, hashes, (shards, hash) => {
      expect(candidates(grown(shards, ROWS), hash)).toEqual(expect.arrayContaining(candidates(shards, hash)));
    }),
  );
});

test('slices hold each partition once, and all places of a key in one of them', () => {
  fc.assert(
    fc.property(fc.array(lists, { minLength: 1, maxLength: 3 }), hashes, (all, hash) => {
      const days = all.map((shards, day) => ({ day, shards }));
      const slices = sliceDays(days);
      const places = slices.flat().map(({ day, shard }) => `${day}/${shard}`);
      expect(new Set(places).size).toBe(places.length);
      expect(places.length).toBe(all.reduce((sum, shards) => sum + countShards(shards), 0));
      const own = days.flatMap(({ day, shards }) =>
        candidates(shards, hash).map((shard) => ({ day, shard })),
      );
      expect(
        slices.filter((slice) =>
          own.some(({ day, shard }) => slice.some((one) => one.day === day && one.shard === shard)),
        ),
      ).toEqual([expect.arrayContaining(own)]);
    }),
  );
  expect(sliceDays([])).toEqual([]);
});
