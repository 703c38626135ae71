import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { claimFold, type DeferredFold, deferFolds, finishFold, oldestDeferred } from './deferred-fold.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await freshControlPlane();
});
afterAll(() => plane.drop());

const fold = (siteId: string, receivedAt: number): DeferredFold => ({
  siteId,
  generation: 1,
  day: '2026-05-04',
  visitor: 'v',
  receivedAt,
});

test('the one that waits longest is taken, of all sites that do not rest; what comes while it is folded waits again', async () => {
  const { pool } = plane;
  await deferFolds(pool, [fold('a', 30), fold('a', 10), fold('b', 20)]);
  expect(await oldestDeferred(pool, 'a')).toBe(10);
  expect(await claimFold(pool, ['a'])).toEqual(fold('b', 20));
  const taken = await claimFold(pool, []);
  expect(taken).toEqual(fold('a', 10));
  expect(await claimFold(pool, [])).toBeNull();
  await deferFolds(pool, [fold('a', 40)]);
  expect(await oldestDeferred(pool, 'a')).toBe(10);
  await finishFold(pool, taken as DeferredFold);
  expect(await oldestDeferred(pool, 'a')).toBe(40);
  await finishFold(pool, (await claimFold(pool, [])) as DeferredFold);
  expect(await oldestDeferred(pool, 'a')).toBeNull();
});

test('one that was taken by somebody who was killed is taken again', async () => {
  const { pool } = plane;
  await pool.query('TRUNCATE deferred_fold');
  await deferFolds(pool, [fold('c', 1)]);
  await claimFold(pool, []);
  await pool.query(`UPDATE deferred_fold SET held_until = now() - interval '1 second'`);
  expect(await claimFold(pool, [])).toEqual(fold('c', 1));
});

test('one that is held until a time that nobody can have written is taken: the clock was ahead', async () => {
  const { pool } = plane;
  await pool.query('TRUNCATE deferred_fold');
  await deferFolds(pool, [fold('d', 1)]);
  await claimFold(pool, []);
  expect(await claimFold(pool, [])).toBeNull();
  await pool.query(`UPDATE deferred_fold SET held_until = held_until + interval '1 day'`);
  expect(await claimFold(pool, [])).toEqual(fold('d', 1));
});
