import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstKeptDay, takenDays } from './site-retention.ts';

const DAY_MS = 86_400_000;

test.each([
  ['2026-12-01', 3_650, null, '2016-12-01'],
  ['2026-06-20', 40, null, '2026-05-01'],
  ['2026-12-01', 3_650, 1, '2026-11-01'],
  ['2026-12-31', 3_650, 1, '2026-11-01'],
  ['2026-03-31', 3_650, 12, '2025-03-01'],
  // The installation keeps less than the site wants.
  ['2026-12-15', 40, 12, '2026-11-01'],
] as const)('on %s, with %s days and %s months, history begins on %s', (today, days, months, first) => {
  const retention = { retentionDays: days, retentionMonths: months };
  expect(firstKeptDay(retention, Date.parse(`${today}T12:00:00Z`))).toBe(first);
});

test('what is taken is kept, and what owners keep for months is not refused before these months are over', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 20_000 }),
      fc.integer({ min: 1, max: 120 }),
      fc.integer({ min: 30, max: 4_000 }),
      (day, retentionMonths, retentionDays) => {
        const now = day * DAY_MS + DAY_MS / 2;
        const retention = { retentionDays, retentionMonths };
        const oldest = new Date(now - takenDays(retention) * DAY_MS).toISOString().slice(0, 10);
        expect(oldest >= firstKeptDay(retention, now)).toBe(true);
        expect(takenDays(retention)).toBeGreaterThanOrEqual(Math.min(retentionDays, retentionMonths * 28));
      },
    ),
  );
});
