import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import { readOrCreateSalt } from '@footfall/db/directory/salt';
import { publishGeneration, retiredGenerations, wantRebuild } from '@footfall/db/tenant/generation';
import { inTenant } from '@footfall/db/tenant/scope';
import { openReportStore, prepareReportStore } from '@footfall/reportstore/open';
import type { ReportStore } from '@footfall/reportstore/report-store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChorePorts } from './chore.ts';
import { CHORES } from './chores.ts';

const HOUR = 3_600_000;
const DAY = '2026-01-05';

let plane: ControlPlane;
let reports: ReportStore;
let ports: ChorePorts;
beforeAll(async () => {
  plane = await freshControlPlane();
  await prepareReportStore(plane.url);
  reports = openReportStore(plane.url, { name: 'test', filesDir: '/nonexistent/facts' });
  ports = { pool: plane.pool, reports };
});
afterAll(async () => {
  await reports.close();
  await plane.drop();
});

const run = (name: string, now: number, signal = new AbortController().signal) =>
  CHORES.find((chore) => chore.name === name)?.run(ports, { now, signal }) ?? expect.fail(`no chore ${name}`);

const saltDays = async () =>
  (await plane.pool.query<{ day: string }>('SELECT day FROM salt ORDER BY day')).rows.map(({ day }) => day);

test('salts are destroyed 50 hours after their day ended everywhere, and no others', async () => {
  for (const day of ['2026-01-04', DAY, '2026-01-06']) await readOrCreateSalt(plane.pool, day);
  // In UTC-12 the 5th ends at noon of the 6th.
  const ended = Date.parse('2026-01-06T12:00:00Z');
  await run('destroy-salts', ended + 50 * HOUR - 1);
  expect(await saltDays()).toEqual([DAY, '2026-01-06']);
  for (const again of [1, 2]) {
    await run('destroy-salts', ended + 50 * HOUR + again);
    expect(await saltDays()).toEqual(['2026-01-06']);
  }
});

/** A site whose first generation, with an open day, was left at this moment. */
async function siteWithRetired(domain: string): Promise<string> {
  const { tenantId } = await plane.newTenant();
  const { id } = await inTenant(plane.db, tenantId).sites.create({ domain, actor: 'test' });
  for (const generation of [1, 2])
    await reports.touchDays([{ siteId: id, generation, day: DAY, receivedAt: Date.now() }]);
  await wantRebuild(plane.pool, id);
  expect(await publishGeneration(plane.pool, id, 2)).toBe(true);
  return id;
}

const readDays = (siteId: string, generation: number) =>
  reports.read((reader) => reader.dayStates(siteId, generation, null, null));
const retired = () => retiredGenerations(plane.pool, Date.now() + HOUR, 100);

test('what reports have left is deleted an hour later, not before, and what they read stays', async () => {
  const siteId = await siteWithRetired('kiln.example');
  await run('delete-retired-generations', Date.now() + HOUR - 60_000);
  expect(await readDays(siteId, 1)).toHaveLength(1);
  for (const again of [1, 2]) {
    await run('delete-retired-generations', Date.now() + HOUR + again * 60_000);
    expect(await readDays(siteId, 1)).toEqual([]);
    expect(await readDays(siteId, 2)).toHaveLength(1);
    expect(await retired()).toEqual([]);
  }
});

test('one that was interrupted between the facts and the note is done by the next run', async () => {
  const siteId = await siteWithRetired('clay.example');
  await reports.deleteGeneration(siteId, 1);
  await run('delete-retired-generations', Date.now() + HOUR + 60_000);
  expect(await retired()).toEqual([]);
});

test('a run that is told to end leaves the rest to the next one', async () => {
  const siteId = await siteWithRetired('glaze.example');
  const stopped = AbortSignal.abort(new Error('stopped'));
  await expect(run('delete-retired-generations', Date.now() + HOUR + 60_000, stopped)).rejects.toThrow(
    'stopped',
  );
  expect(await readDays(siteId, 1)).toHaveLength(1);
  await run('delete-retired-generations', Date.now() + HOUR + 60_000);
  expect(await retired()).toEqual([]);
});

test('the report store is swept from a machine that has none of its files', async () => {
  await expect(run('sweep-report-store', Date.now())).resolves.toBeUndefined();
});
