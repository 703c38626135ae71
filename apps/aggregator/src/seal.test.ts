import { expect, test } from 'vitest';
import { isSealable } from './seal.ts';

test.each([
  ['Etc/UTC', '2026-01-08T01:59:59Z', false],
  ['Etc/UTC', '2026-01-08T02:00:00Z', true],
  // New York's 7 January ends at 05:00 UTC.
  ['America/New_York', '2026-01-08T06:59:59Z', false],
  ['America/New_York', '2026-01-08T07:00:00Z', true],
  ['Asia/Kathmandu', '2026-01-07T20:15:00Z', true],
])('2026-01-07 in %s at %s: sealable is %s', (zone, now, sealable) => {
  expect(isSealable('2026-01-07', zone, Date.parse(now))).toBe(sealable);
});
