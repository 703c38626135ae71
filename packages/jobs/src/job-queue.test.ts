import { expect, test } from 'vitest';
import { nextDue } from './job-queue.ts';

test.each([
  ['*/10 * * * *', '2026-01-05T10:00:00Z', '2026-01-05T10:10:00Z'],
  ['*/10 * * * *', '2026-01-05T10:09:59Z', '2026-01-05T10:10:00Z'],
  ['0 0 1 1 *', '2026-01-05T10:00:00Z', '2027-01-01T00:00:00Z'],
  // Of UTC, also where clocks are changed: this hour does not exist in Berlin.
  ['30 2 * * *', '2026-03-29T00:00:00Z', '2026-03-29T02:30:00Z'],
  // Only in leap years.
  ['0 0 29 2 *', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00Z'],
])('%s is due after %s at %s', (cron, from, due) => {
  expect(nextDue(cron, new Date(from))).toEqual(new Date(due));
});

test.each(['', 'often', '61 * * * *', '0 0 31 2 *'])('%j is not a schedule', (cron) => {
  expect(() => nextDue(cron, new Date('2026-01-05T10:00:00Z'))).toThrow();
});
