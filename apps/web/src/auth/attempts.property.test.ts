import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Attempts } from './attempts.ts';

const [MOST, WINDOW_MS] = [3, 60_000];
const steps = fc.array(
  fc.record({
    key: fc.constantFrom('a', 'b', 'c'),
    afterMs: fc.integer({ min: 0, max: WINDOW_MS }),
    kind: fc.constantFrom('count', 'count', 'count', 'forget'),
  }),
  { maxLength: 60 },
);

/** The rule in the plainest form: windows of a key begin with its first attempt outside one. */
function expectedWait(attempts: readonly number[], now: number): number {
  let [start, count] = [Number.NEGATIVE_INFINITY, 0];
  for (const at of attempts) {
    const isWithin = at < start + WINDOW_MS;
    [start, count] = isWithin ? [start, count + 1] : [at, 1];
  }
  const left = start + WINDOW_MS - now;
  return left > 0 && count >= MOST ? Math.ceil(left / 1000) : 0;
}

describe('attempts in windows', () => {
  it('wait as the plain rule says, whatever other keys do meanwhile', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const counted = new Attempts({ most: MOST, windowMs: WINDOW_MS });
        const log = new Map<string, number[]>();
        let now = 1_000;
        for (const { key, afterMs, kind } of taken) {
          now += afterMs;
          if (kind === 'forget') {
            counted.forget(key);
            log.delete(key);
          } else {
            counted.count(key, now);
            log.set(key, [...(log.get(key) ?? []), now]);
          }
          for (const one of ['a', 'b', 'c']) {
            expect(counted.waitSeconds(one, now)).toBe(expectedWait(log.get(one) ?? [], now));
          }
        }
      }),
    );
  });
});
