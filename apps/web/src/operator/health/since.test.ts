import { expect, it } from 'vitest';
import type { Line } from './lines.ts';
import { StateTimes } from './since.ts';

const line = (state: Line['state'], since: number | null = null): Line => ({
  name: 'eventLog',
  state,
  problem: null,
  since,
});

it('says since when a part is as it is, from when it was first seen so', () => {
  const times = new StateTimes();
  const sinceAt = (state: Line['state'], now: number, own: number | null = null) =>
    times.note([line(state, own)], now)[0]?.since;
  expect(sinceAt('ok', 1)).toBeNull();
  expect(sinceAt('away', 2)).toBe(2);
  expect(sinceAt('away', 9)).toBe(2);
  expect(sinceAt('attention', 10)).toBe(10);
  // What a part says itself is truer.
  expect(sinceAt('attention', 11, 5)).toBe(5);
  expect(sinceAt('ok', 12)).toBeNull();
  expect(sinceAt('away', 13)).toBe(13);
});
