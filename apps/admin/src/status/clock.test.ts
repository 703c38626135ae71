import { expect, test } from 'vitest';
import { clockLines, clockReport } from './clock.ts';

const NOW = Date.parse('2026-05-04T12:00:00Z');
const WELL = { now: NOW, steadyBehindMs: 30_000, behindMs: 0, setBack: null };

test('a clock that is well is worth no line', () => {
  expect(clockLines(clockReport(WELL, NOW + 900))).toEqual([]);
});

test.each([
  ['this machine’s differs', {}, NOW + 86_400_000, /86400 s ahead of the database/],
  ['this machine’s is behind', {}, NOW - 60_000, /60 s behind the database/],
  ['it says less than before', { behindMs: 86_400_000 }, NOW, /86400 s behind what it has said before/],
  [
    'it was set back lately',
    { setBack: { at: NOW - 3_600_000, byMs: 7_000 } },
    NOW,
    /set back by 7 s at 2026/,
  ],
  ['it has jumped', { steadyBehindMs: 86_400_000 }, NOW, /by a jump.*86400 s earlier/],
])('that %s is said', (_, over, own, line) => {
  expect(clockLines(clockReport({ ...WELL, ...over }, own))).toEqual([expect.stringMatching(line)]);
});

test('that it was set back is told for a week', () => {
  const setBack = { at: NOW - 8 * 86_400_000, byMs: 7_000 };
  expect(clockReport({ ...WELL, setBack }, NOW).set_back).toBeNull();
});
