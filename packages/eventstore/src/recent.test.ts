import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recentMap } from './recent.ts';

test('what was used lately is there as it was set last; not more than twice the size is kept', () => {
  const use = fc.record({ key: fc.nat(20), value: fc.nat(1_000) });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.array(use, { maxLength: 60 }), (size, uses) => {
      const recent = recentMap<number, number>(size);
      const truth = new Map<number, number>();
      for (const { key, value } of uses) {
        recent.set(key, value);
        truth.delete(key);
        truth.set(key, value);
      }
      const lately = [...truth].slice(-size);
      expect(lately.map(([key]) => recent.get(key))).toEqual(lately.map(([, value]) => value));
      const kept = Array.from({ length: 21 }, (_, key) => recent.get(key)).filter(
        (value) => value !== undefined,
      );
      expect(kept.length).toBeLessThanOrEqual(Math.min(truth.size, 2 * size + size));
    }),
  );
});

test('looking at something keeps it', () => {
  const recent = recentMap<string, number>(2);
  recent.set('kept', 1);
  for (let n = 0; n < 10; n += 1) {
    expect(recent.get('kept')).toBe(1);
    recent.set(`${n}`, n);
  }
  expect(recent.get('0')).toBeUndefined();
});
