import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from './random.ts';

const many = <T>(draw: () => T, count = 5_000) => Array.from({ length: count }, draw);

test('a seed gives the same numbers on every run, another seed others', () => {
  const of = (seed: string) => many(seededRandom(seed).next, 20);
  expect(of('site_x')).toEqual(of('site_x'));
  expect(of('site_x')).not.toEqual(of('site_y'));
  // Written down: the demo of an installation must not change with the code of the generator.
  expect(
    of('site_x')
      .slice(0, 2)
      .map((number) => number.toFixed(6)),
  ).toEqual(['0.163839', '0.936099']);
});

test('numbers are at least 0 and less than 1, and spread evenly', () => {
  const numbers = many(seededRandom('even').next);
  for (const number of numbers) expect(number >= 0 && number < 1).toBe(true);
  const tenths = Map.groupBy(numbers, (number) => Math.floor(number * 10));
  expect(tenths.size).toBe(10);
  for (const [, some] of tenths) expect(Math.abs(some.length - 500)).toBeLessThan(120);
});

test('whole numbers lie below their end', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 1_000_000 }), (seed, end) => {
      const number = seededRandom(seed).below(end);
      return Number.isInteger(number) && number >= 0 && number < end;
    }),
  );
});

test('a chance of 0 never happens, and of 1 always', () => {
  const random = seededRandom('chance');
  expect(many(() => random.chance(0), 200)).not.toContain(true);
  expect(many(() => random.chance(1), 200)).not.toContain(false);
});

describe('of several things', () => {
  test('each is picked', () => {
    const random = seededRandom('pick');
    expect(new Set(many(() => random.pick(['a', 'b', 'c'])))).toEqual(new Set(['a', 'b', 'c']));
  });

  test('each is picked as often as its weight says, and one without weight never', () => {
    const random = seededRandom('weight');
    const items = [
      { name: 'rare', weight: 1 },
      { name: 'never', weight: 0 },
      { name: 'often', weight: 9 },
    ] as const;
    const names = many(() => random.weighted<(typeof items)[number]>([...items])).map(({ name }) => name);
    const share = (wanted: string) => names.filter((name) => name === wanted).length / names.length;
    expect(share('never')).toBe(0);
    expect(share('often')).toBeCloseTo(0.9, 1);
    expect(share('rare')).toBeCloseTo(0.1, 1);
  });
});

test('how long people look is positive, mostly near the median, and sometimes much more', () => {
  const random = seededRandom('spread');
  const times = many(() => random.spread(24_000)).sort((a, b) => a - b);
  expect(times[0]).toBeGreaterThan(0);
  expect(Math.abs((times[2_500] ?? 0) / 24_000 - 1)).toBeLessThan(0.1);
  expect(times.at(-1)).toBeGreaterThan(100_000);
});
