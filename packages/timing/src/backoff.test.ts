import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Backoff, backoffPause, countFailure } from './backoff.ts';

const backoffs: fc.Arbitrary<Required<Backoff>> = fc
  .record({
    min: fc.integer({ min: 1, max: 10_000 }),
    longer: fc.integer({ min: 0, max: 100_000 }),
    factor: fc.double({ min: 1, max: 10, noNaN: true }),
    jitter: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ longer, ...backoff }) => ({ ...backoff, max: backoff.min + longer }));
const failures = fc.integer({ min: 1, max: 1_000_000 });
const randoms = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

describe('the pause after a failure', () => {
  test('doubles from the first to the longest', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 50, 1_000_000].map((n) =>
      backoffPause(n, { min: 250, max: 10_000 }),
    );
    expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000]);
  });

  test('grows by another factor where one is given', () => {
    expect([1, 2, 3, 4].map((n) => backoffPause(n, { min: 10, max: 200, factor: 3 }))).toEqual([
      10, 30, 90, 200,
    ]);
  });

  test('without jitter is never shorter than the first, never longer than the longest, and never shrinks', () => {
    fc.assert(
      fc.property(backoffs, failures, (given, n) => {
        const backoff = { ...given, jitter: 0 };
        const pause = backoffPause(n, backoff);
        expect(pause).toBeGreaterThanOrEqual(backoff.min);
        expect(pause).toBeLessThanOrEqual(backoff.max);
        expect(backoffPause(n + 1, backoff)).toBeGreaterThanOrEqual(pause);
      }),
    );
  });

  test('with jitter lies in the random share of the pause without', () => {
    fc.assert(
      fc.property(backoffs, failures, randoms, (backoff, n, random) => {
        const whole = backoffPause(n, { ...backoff, jitter: 0 });
        const pause = backoffPause(n, backoff, () => random);
        expect(pause).toBeLessThanOrEqual(whole);
        expect(pause).toBeGreaterThanOrEqual(whole * (1 - backoff.jitter));
      }),
    );
  });

  test('uses the whole of the random share', () => {
    const backoff = { min: 100, max: 100, jitter: 0.5 };
    expect(backoffPause(1, backoff, () => 0)).toBe(100);
    expect(backoffPause(1, backoff, () => 0.5)).toBe(75);
    expect(backoffPause(1, backoff, () => 1)).toBe(50);
  });
});

test('a failure after a healthy run is the first again', () => {
  const healthyMs = 60_000;
  expect(countFailure(0, { ranMs: 10, healthyMs })).toBe(1);
  expect(countFailure(6, { ranMs: 59_999, healthyMs })).toBe(7);
  expect(countFailure(6, { ranMs: 60_000, healthyMs })).toBe(1);
});
