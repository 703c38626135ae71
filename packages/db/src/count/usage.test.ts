import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utcMonth } from './usage.ts';

test('use is counted by the month of UTC, whatever was asked before', () => {
  expect(utcMonth(Date.parse('2026-01-31T23:59:59.999Z'))).toBe('2026-01');
  expect(utcMonth(Date.parse('2026-02-01T00:00:00.000Z'))).toBe('2026-02');
  expect(utcMonth(Date.parse('1969-12-31T23:59:59.999Z'))).toBe('1969-12');
  const instants = fc.array(fc.integer({ min: 0, max: 4e12 }), { minLength: 1 });
  fc.assert(
    fc.property(instants, (asked) => {
      for (const instant of asked)
        expect(utcMonth(instant)).toBe(new Date(instant).toISOString().slice(0, 7));
    }),
  );
});
