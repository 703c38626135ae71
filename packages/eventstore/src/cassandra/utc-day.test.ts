import { expect, test } from 'vitest';
import { covers, utcDay, utcDays, wholeSpan } from './utc-day.ts';

const DAY = 86_400_000;

test('days are counted from 1970, those before it too', () => {
  expect([0, DAY - 1, DAY, -1, -DAY, -DAY - 1].map(utcDay)).toEqual([0, 0, 1, -1, -1, -2]);
});

test.each([
  [
    { from: 0, to: DAY },
    { first: 0, last: 0 },
  ],
  [
    { from: 0, to: DAY + 1 },
    { first: 0, last: 1 },
  ],
  [
    { from: -1, to: 0 },
    { first: -1, last: -1 },
  ],
  [
    { from: DAY, to: DAY },
    { first: 1, last: 0 },
  ],
])('%j meets the days %j', (span, days) => {
  expect(utcDays(span)).toEqual(days);
});

test('a span has a day when it has all of it', () => {
  expect(covers({ from: 0, to: DAY }, 0)).toBe(true);
  expect(covers({ from: 1, to: DAY }, 0)).toBe(false);
  expect(covers({ from: 0, to: DAY - 1 }, 0)).toBe(false);
  expect(covers({ from: -DAY, to: 2 * DAY }, -1)).toBe(true);
});

test('a span is whole milliseconds, and no wider than dates go', () => {
  expect(wholeSpan({ from: 0.5, to: 1.5 })).toEqual({ from: 1, to: 2 });
  expect(wholeSpan({ from: -Infinity, to: Infinity })).toEqual({ from: -8.64e15, to: 8.64e15 });
});
