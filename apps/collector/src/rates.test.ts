import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Rates } from './rates.ts';

function limited() {
  let now = 0;
  const rates = new Rates(() => now);
  return { rates, pass: (ms: number) => (now += ms) };
}

test('ten seconds at once, then the rate', () => {
  const { rates, pass } = limited();
  expect(rates.take('a', 100, 10)).toBe(0);
  expect(rates.take('a', 1, 10)).toBe(100);
  pass(99);
  expect(rates.take('a', 1, 10)).toBe(1);
  pass(1);
  expect(rates.take('a', 1, 10)).toBe(0);
  expect(rates.take('b', 1, 10)).toBe(0);
});

test('what is more than a bucket is taken from a full one, and owed', () => {
  const { rates, pass } = limited();
  expect(rates.take('a', 250, 10)).toBe(0);
  expect(rates.take('a', 1, 10)).toBe(15_100);
  pass(15_100);
  expect(rates.take('a', 1, 10)).toBe(0);
});

test('never more than the rate and a bucket, and whoever waits as told is let in', () => {
  const steps = fc.array(fc.tuple(fc.nat(3_000), fc.integer({ min: 1, max: 40 })), { maxLength: 50 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 20 }), (requests, perSecond) => {
      const { rates, pass } = limited();
      let [taken, time] = [0, 0];
      for (const [ms, amount] of requests) {
        pass(ms);
        time += ms;
        const wait = rates.take('a', amount, perSecond);
        if (wait === 0) taken += amount;
        expect(taken).toBeLessThanOrEqual((time / 1_000) * perSecond + Math.max(perSecond * 10, 40) + 40);
        if (wait === 0) continue;
        pass(wait);
        time += wait;
        expect(rates.take('a', amount, perSecond)).toBe(0);
        taken += amount;
      }
    }),
  );
});
