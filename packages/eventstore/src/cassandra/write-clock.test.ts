import { expect, test } from 'vitest';
import { createWriteClock, leaveMark } from './write-clock.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-05-04T12:00:00Z');

/** What is marked, as the store keeps it. */
function markOn() {
  let mark = 0;
  return async (time: number) => {
    mark = Math.max(mark, time);
    return mark;
  };
}

test('times of writing follow the clock, each later than the one before, also when it is set back', () => {
  let now = NOW;
  const clock = createWriteClock(() => now);
  expect([clock.next(), clock.next()]).toEqual([NOW * 1_000, NOW * 1_000 + 1]);
  now += 1;
  expect(clock.next()).toBe((NOW + 1) * 1_000);
  now -= DAY;
  expect(clock.next()).toBe((NOW + 1) * 1_000 + 1);
});

test('a process that starts after one whose clock was a day ahead writes later than it, what it did not mark included', async () => {
  const setMark = markOn();
  const ahead = createWriteClock(() => NOW + DAY);
  await leaveMark(ahead, { setMark, now: () => NOW + DAY, isFirst: true });
  const last = (NOW + DAY + 29_000) * 1_000;
  ahead.reach(last);
  const right = createWriteClock(() => NOW);
  await leaveMark(right, { setMark, now: () => NOW, isFirst: true });
  const first = right.next();
  expect(first).toBeGreaterThan(last);
  const next = createWriteClock(() => NOW);
  await leaveMark(next, { setMark, now: () => NOW, isFirst: true });
  expect(next.next()).toBeGreaterThan(first);
});

test('processes that run hear of each other, and their marks do not run away', async () => {
  const setMark = markOn();
  const marks = { setMark, now: () => NOW };
  const [one, other] = [createWriteClock(() => NOW), createWriteClock(() => NOW)];
  for (const clock of [one, other]) await leaveMark(clock, { ...marks, isFirst: true });
  one.reach((NOW + DAY) * 1_000);
  for (let round = 0; round < 100; round += 1)
    for (const clock of [one, other]) await leaveMark(clock, { ...marks, isFirst: false });
  expect([one.latest(), other.latest()]).toEqual([(NOW + DAY) * 1_000, (NOW + DAY) * 1_000]);
});
