import { expect, test } from 'vitest';
import { createPace } from './pace.ts';

test('what never ran is due, what ran rests three times as long as it took', () => {
  const pace = createPace();
  expect(pace.isDue('a', 0)).toBe(true);
  pace.ran('a', { began: 1_000, ended: 3_000 });
  expect(pace.isDue('a', 8_999)).toBe(false);
  expect(pace.isDue('a', 9_000)).toBe(true);
  expect(pace.isDue('b', 0)).toBe(true);
});

test('at least a second, at most a minute', () => {
  const pace = createPace();
  pace.ran('quick', { began: 0, ended: 1 });
  pace.ran('slow', { began: 0, ended: 3_600_000 });
  expect([pace.isDue('quick', 1_000), pace.isDue('quick', 1_001)]).toEqual([false, true]);
  expect([pace.isDue('slow', 3_659_999), pace.isDue('slow', 3_660_000)]).toEqual([false, true]);
});
