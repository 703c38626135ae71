import { expect, test } from 'vitest';
import { Backlog } from './backlog.ts';
import type { Summary } from './frame.ts';

const DAY = '2026-01-07';
const line = (siteId: string, count: number, day = DAY) => ({ siteId, day, count });
const summary = (oldest: number, ...tally: Summary['tally']): Summary => ({
  records: tally.reduce((sum, { count }) => sum + count, 0),
  oldest,
  tally,
});
const take = (backlog: Backlog) => backlog.takeChanged(Number.POSITIVE_INFINITY);

test('counts what is in the spool by site and day, and tells what has changed once', () => {
  const backlog = new Backlog();
  backlog.add(1, 100, summary(5, line('s', 2), line('t', 1)));
  backlog.add(1, 200, summary(7, line('s', 3), line('s', 1, '2026-01-08')));
  expect([backlog.records, backlog.oldest, backlog.changed]).toEqual([7, 5, 3]);
  expect(take(backlog)).toEqual([line('s', 5), line('t', 1), line('s', 1, '2026-01-08')]);
  expect(take(backlog)).toEqual([]);
});

test('what is withdrawn is not counted any more, and still bounds how far reports reach, until it is in the log', () => {
  const backlog = new Backlog();
  const [first, second] = [summary(5, line('s', 2)), summary(7, line('s', 3))];
  backlog.add(1, 300_000, first);
  backlog.add(1, 600_000, second);
  take(backlog);
  backlog.withdraw([first]);
  expect([take(backlog), backlog.oldest, backlog.records]).toEqual([[line('s', 3)], 5, 5]);
  backlog.passed(1, 300_000, [first]);
  expect([backlog.oldest, backlog.records]).toEqual([7, 3]);
  backlog.withdraw([second]);
  backlog.restore([second]);
  expect(take(backlog)).toEqual([line('s', 3)]);
  backlog.withdraw([second]);
  backlog.passed(1, 600_000, [second]);
  expect([take(backlog), backlog.oldest, backlog.records]).toEqual([[line('s', 0)], null, 0]);
});

test('the oldest is the oldest of what is left, whatever the order of receipt', () => {
  const backlog = new Backlog();
  backlog.add(1, 300_000, summary(9, line('s', 1)));
  backlog.add(1, 600_000, summary(3, line('s', 1)));
  backlog.add(2, 300_000, summary(6, line('s', 1)));
  const oldestAfter = (segment: number, end: number) => {
    backlog.passed(segment, end, []);
    return backlog.oldest;
  };
  expect([backlog.oldest, oldestAfter(1, 300_000), oldestAfter(1, 600_000), oldestAfter(2, 10)]).toEqual([
    3, 3, 6, 6,
  ]);
  expect(oldestAfter(2, 300_000)).toBeNull();
});

test('small frames share an age: never too late, and no more than a stretch too early', () => {
  const backlog = new Backlog();
  for (let frame = 1; frame <= 10_000; frame += 1) backlog.add(1, frame * 500, summary(frame, line('s', 1)));
  backlog.passed(1, 9_000 * 500, []);
  expect(backlog.oldest).toBeLessThanOrEqual(9_001);
  expect(backlog.oldest).toBeGreaterThan(9_001 - 3 * 525);
});

test('takes some changes at a time, or those of some sites and days', () => {
  const backlog = new Backlog();
  backlog.add(1, 100, summary(1, line('a', 1), line('b', 2), line('c', 3)));
  expect(backlog.takeChanged(10, [line('b', 0), line('unheard', 0)])).toEqual([line('b', 2)]);
  expect(backlog.takeChanged(1)).toEqual([line('a', 1)]);
  expect(take(backlog)).toEqual([line('c', 3)]);
  backlog.changeAll();
  expect(take(backlog)).toHaveLength(3);
});

test('an empty spool takes everything back, what was damaged too', () => {
  const backlog = new Backlog();
  backlog.add(1, 100, summary(1, line('a', 1)));
  take(backlog);
  backlog.clear();
  expect([take(backlog), backlog.records, backlog.oldest]).toEqual([[line('a', 0)], 0, null]);
});
