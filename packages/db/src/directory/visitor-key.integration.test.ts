import { statedVisitorKey } from '@footfall/core/visitor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { readVisitorKeys, rotateVisitorKey } from './visitor-key.ts';
import { VisitorKeyDirectory } from './visitor-key-directory.ts';

const SECRET = 'x'.repeat(32);
const NOW = Date.parse('2026-05-04T09:00:00Z');

let plane: ControlPlane;
beforeAll(async () => {
  plane = await freshControlPlane();
});
afterAll(() => plane.drop());

test('a key changes from a day on that has begun nowhere: before it late events find their visitor, after it nobody joins the two', async () => {
  const keys = new VisitorKeyDirectory(plane.pool, { secret: SECRET, ttlMs: 60_000 });
  await keys.refresh();
  const first = statedVisitorKey(SECRET);
  expect(keys.keyFor('2026-05-04')).toEqual(first);
  await expect(rotateVisitorKey(plane.pool, '2026-05-04', NOW)).rejects.toMatchObject({
    code: 'invalid_day',
  });
  await expect(rotateVisitorKey(plane.pool, 'soon', NOW)).rejects.toMatchObject({ code: 'invalid_day' });
  await rotateVisitorKey(plane.pool, '2026-05-05', NOW);
  await rotateVisitorKey(plane.pool, '2026-06-01', NOW);
  await keys.refresh();
  const [may, june] = [keys.keyFor('2026-05-05'), keys.keyFor('2026-06-01')];
  expect(keys.keyFor('2026-05-04')).toEqual(first);
  expect(keys.keyFor('2026-05-31')).toEqual(may);
  expect(keys.keyFor('2027-01-01')).toEqual(june);
  expect(new Set([first, may, june].map((key) => Buffer.from(key).toString('hex'))).size).toBe(3);
  // Again from the same day: whoever has heard of it keeps its key.
  const known = await readVisitorKeys(plane.pool);
  await rotateVisitorKey(plane.pool, '2026-06-01', NOW);
  expect(await readVisitorKeys(plane.pool)).toEqual(known);
});

test('a collector that starts without the database goes by what an earlier one knew', async () => {
  const keys = new VisitorKeyDirectory(plane.pool, { secret: SECRET, ttlMs: 60_000 });
  await keys.refresh();
  const successor = new VisitorKeyDirectory(plane.pool, { secret: SECRET, ttlMs: 60_000 });
  successor.recall(keys.known());
  expect(successor.keyFor('2026-06-01')).toEqual(keys.keyFor('2026-06-01'));
  successor.recall([]);
  expect(successor.keyFor('2026-06-01')).toEqual(keys.keyFor('2026-06-01'));
});
