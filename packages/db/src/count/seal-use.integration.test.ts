import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { addSealUse, forgetSealUse, readSealUse } from './seal-use.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await freshControlPlane();
});
afterAll(() => plane.drop());

const use = (day: string, workMs: number, month: string, runs = 1) => ({
  siteId: 's',
  day,
  workMs,
  dueAt: 1_000 * workMs,
  months: { [month]: { runs, dueAt: 7 } },
});

test('what is told of a day adds up, the next day begins anew, and one that is late changes nothing', async () => {
  await addSealUse(plane.pool, use('2026-01-05', 5, 'a'));
  await addSealUse(plane.pool, use('2026-01-05', 2.4, 'b'));
  await addSealUse(plane.pool, use('2026-01-05', 3, 'a', 2));
  expect(await readSealUse(plane.pool, ['s'], '2026-01-05')).toEqual([
    {
      siteId: 's',
      day: '2026-01-05',
      workMs: 10,
      dueAt: 5_000,
      months: { a: { runs: 2, dueAt: 7 }, b: { runs: 1, dueAt: 7 } },
    },
  ]);
  await addSealUse(plane.pool, use('2026-01-06', 1, 'c'));
  await addSealUse(plane.pool, use('2026-01-05', 9, 'a'));
  expect(await readSealUse(plane.pool, ['s'], '2026-01-05')).toEqual([]);
  expect(await readSealUse(plane.pool, ['s'], '2026-01-06')).toMatchObject([{ workMs: 1, dueAt: 1_000 }]);
  await forgetSealUse(plane.pool, '2026-01-07');
  expect(await readSealUse(plane.pool, ['s'], '2026-01-06')).toEqual([]);
});

test('what was told of a day that nobody has come to yet gives way: the clock was ahead', async () => {
  const today = new Date().toISOString().slice(0, 10);
  await addSealUse(plane.pool, use('2999-01-01', 5, 'a'));
  await addSealUse(plane.pool, use(today, 2, 'b'));
  expect(await readSealUse(plane.pool, ['s'], today)).toMatchObject([
    { workMs: 2, months: { b: { runs: 1 } } },
  ]);
});
