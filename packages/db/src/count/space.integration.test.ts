import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { addSpaceUse, DATABASE_SPACE, databaseBytes, daysLeft, spaceGrowth } from './space.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await freshControlPlane();
});
afterAll(() => plane.drop());

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 0, 20);
const use = (host: string, usedBytes: number) => ({ host, name: 'data', usedBytes });

test('growth is what was added between the first and the last sample, a day', async () => {
  for (const [day, bytes] of [
    [0, 1_000],
    [1, 9_000],
    [4, 5_000],
  ] as const)
    await addSpaceUse(
      plane.pool,
      [use('a', bytes), { ...DATABASE_SPACE, usedBytes: bytes }],
      NOW + day * DAY_MS,
    );
  const growth = await spaceGrowth(plane.pool, 'a');
  expect(growth(use('a', 0))).toBe(1_000);
  expect(growth(DATABASE_SPACE)).toBe(1_000);
  expect((await spaceGrowth(plane.pool, 'b'))(use('a', 0))).toBeNull();
});

test('what was measured for less than six hours says nothing', async () => {
  await addSpaceUse(plane.pool, [use('young', 1)], NOW);
  await addSpaceUse(plane.pool, [use('young', 9_999)], NOW + 5 * 3_600_000);
  expect((await spaceGrowth(plane.pool, 'young'))(use('young', 0))).toBeNull();
});

test('samples of more than two weeks ago are forgotten', async () => {
  await addSpaceUse(plane.pool, [use('c', 1)], NOW);
  await addSpaceUse(plane.pool, [use('c', 2)], NOW + 30 * DAY_MS);
  const { rows } = await plane.pool.query('SELECT host, used_bytes FROM space_sample');
  expect(rows).toEqual([{ host: 'c', used_bytes: 2 }]);
});

test('the database has a size', async () => {
  expect(await databaseBytes(plane.pool)).toBeGreaterThan(1_000_000);
});

test.each([
  [1_000, 100, 10],
  [1_050, 100, 10],
  [1_000, 0, null],
  [1_000, -5, null],
  [1_000, null, null],
])('%d bytes with %s a day last %s days', (free, growth, days) => {
  expect(daysLeft(free, growth)).toBe(days);
});
