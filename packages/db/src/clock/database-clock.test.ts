import type { Pool } from '@footfall/postgres/pool';
import { expect, test } from 'vitest';
import { openDatabaseClock } from './database-clock.ts';

const DAY = 86_400_000;

/** A machine whose clock the test sets, and a database whose clock is right. */
function machine() {
  const time = { real: 1_000_000, aheadMs: 0, away: false, asked: 0 };
  const query = async () => {
    time.asked += 1;
    if (time.away) throw new Error('away');
    return { rows: [{ at: time.real }] };
  };
  const pool = { query } as unknown as Pick<Pool, 'query'>;
  const own = { timeOfDay: () => time.real + time.aheadMs, monotonic: () => time.real };
  const said: number[] = [];
  const open = () => openDatabaseClock(pool, { onSkew: (aheadMs) => said.push(aheadMs), own });
  return { time, said, open };
}

test('a machine whose clock is a day ahead goes by the database', async () => {
  const { time, said, open } = machine();
  time.aheadMs = DAY;
  const clock = await open();
  expect([clock.now(), clock.aheadMs()]).toEqual([time.real, DAY]);
  time.real += 5_000;
  expect(clock.now()).toBe(time.real);
  expect(said).toEqual([DAY]);
  await clock.close();
});

test('one that agrees within a second is left alone, so that times do not jump by how long questions take', async () => {
  const { time, said, open } = machine();
  time.aheadMs = 900;
  const clock = await open();
  expect([clock.now(), clock.aheadMs(), said]).toEqual([time.real + 900, 0, []]);
  await clock.close();
});

test('one that is set while it runs asks at once, and goes by the database again', async () => {
  const { time, said, open } = machine();
  const clock = await open();
  time.aheadMs = -DAY;
  await expect.poll(() => clock.now()).toBe(time.real);
  expect(clock.aheadMs()).toBe(-DAY);
  time.aheadMs = 0;
  await expect.poll(() => clock.now()).toBe(time.real);
  expect([clock.aheadMs(), said]).toEqual([0, [-DAY, 0]]);
  await clock.close();
});

test('while the database is away, what it said last stands; before that the own clock does', async () => {
  const { time, open } = machine();
  time.away = true;
  time.aheadMs = DAY;
  const unknown = await open();
  expect(unknown.now()).toBe(time.real + DAY);
  await unknown.close();
  time.away = false;
  const known = await open();
  time.away = true;
  time.real += 60_000;
  expect(known.now()).toBe(time.real);
  await known.close();
});
