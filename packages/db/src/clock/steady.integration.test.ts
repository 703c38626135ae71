import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { destroyOldSalts, readOrCreateSalt } from '../directory/salt.ts';
import { lookAtClock, readClock, steadyTime } from './steady.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** How long a statement may have taken. */
const SOON = 5_000;

let plane: ControlPlane;
beforeAll(async () => {
  plane = await freshControlPlane();
});
afterAll(() => plane.drop());
beforeEach(() => plane.pool.query('TRUNCATE clock'));

/** As if the clock had been so far ahead of now when it was looked at; negative: behind. */
const wasAhead = (ms: number) =>
  plane.pool.query(
    `UPDATE clock SET latest = now() + $1 * interval '1 millisecond', steady = now() + $1 * interval '1 millisecond'`,
    [ms],
  );

test('nothing is old before anybody has looked at the clock', async () => {
  expect(await steadyTime(plane.pool)).toBe(0);
  const { now } = await lookAtClock(plane.pool, 0);
  expect(Math.abs((await steadyTime(plane.pool)) - now)).toBeLessThan(SOON);
});

test('after an outage the steady clock goes on ten times as fast as time, until it is there', async () => {
  await lookAtClock(plane.pool, 0);
  await wasAhead(-DAY);
  const first = await lookAtClock(plane.pool, 0);
  expect(Math.abs(first.now - first.steady - DAY)).toBeLessThan(SOON);
  const later = await lookAtClock(plane.pool, HOUR);
  expect(Math.abs(later.now - later.steady - (DAY - 10 * HOUR))).toBeLessThan(SOON);
  const there = await lookAtClock(plane.pool, 2 * HOUR);
  expect(there.steady).toBe(there.now);
  expect(there.setBackMs).toBe(0);
});

test('a clock that was ahead and is right again is noticed, and told of', async () => {
  await lookAtClock(plane.pool, 0);
  await wasAhead(DAY);
  expect(await readClock(plane.pool)).toMatchObject({ setBack: null });
  expect(Math.abs((await readClock(plane.pool)).behindMs - DAY)).toBeLessThan(SOON);
  const { now, steady, setBackMs } = await lookAtClock(plane.pool, MINUTE);
  expect(steady).toBe(now);
  expect(Math.abs(setBackMs - DAY)).toBeLessThan(SOON);
  const state = await readClock(plane.pool);
  expect(state.behindMs).toBe(0);
  expect(Math.abs((state.setBack?.byMs ?? 0) - DAY)).toBeLessThan(SOON);
  expect((await lookAtClock(plane.pool, MINUTE)).setBackMs).toBe(0);
});

test('two who look at the same time find no clock that was set back', async () => {
  const found = await Promise.all(Array.from({ length: 5 }, () => lookAtClock(plane.pool, 0)));
  expect(found.map(({ setBackMs }) => setBackMs)).toEqual([0, 0, 0, 0, 0]);
});

test('an hour of a clock that is ten years ahead destroys no salt that is in use', async () => {
  await lookAtClock(plane.pool, 0);
  const { now } = await readClock(plane.pool);
  const today = new Date(now).toISOString().slice(0, 10);
  const salt = await readOrCreateSalt(plane.pool, today);
  // Seen from ten years ahead, the last look was ten years ago.
  await wasAhead(-3_650 * DAY);
  for (let minutes = 0; minutes < 60; minutes += 1) await lookAtClock(plane.pool, MINUTE);
  await destroyOldSalts(plane.pool, await steadyTime(plane.pool));
  expect(await readOrCreateSalt(plane.pool, today)).toEqual(salt);
  await destroyOldSalts(plane.pool, now + 3_650 * DAY);
  expect(await readOrCreateSalt(plane.pool, today)).not.toEqual(salt);
});
