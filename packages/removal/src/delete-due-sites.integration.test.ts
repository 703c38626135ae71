import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import { applyLedger } from '@footfall/db/count/ledger';
import { isDeletedSite } from '@footfall/db/tenant/deletion';
import { inTenant } from '@footfall/db/tenant/scope';
import { UNDO_MS } from '@footfall/db/tenant/site-deletion';
import type { EventStore } from '@footfall/eventstore/event-store';
import { openEventStore, prepareEventStore } from '@footfall/eventstore/open';
import { openReportStore, prepareReportStore } from '@footfall/reportstore/open';
import type { ReportStore } from '@footfall/reportstore/report-store';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { deleteDueSites } from './delete-due-sites.ts';

vi.setConfig({ testTimeout: 60_000 });

const RECEIVED = Date.parse('2026-05-04T12:00:00Z');
const DAY = '2026-05-04';
const LATER = 11 * 60_000;

let plane: ControlPlane;
let folder: string;
let store: EventStore;
let reports: ReportStore;
/** With the rights of the scheduler. */
let own: { store: EventStore; reports: ReportStore };
beforeAll(async () => {
  plane = await freshControlPlane();
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-delete-'));
  await Promise.all([prepareEventStore(plane.url), prepareReportStore(plane.url)]);
  const open = (role?: 'scheduler') => ({
    store: openEventStore(plane.url, { name: 'test', ...(role && { role }) }),
    reports: openReportStore(plane.url, { name: 'test', filesDir: folder, ...(role && { role }) }),
  });
  ({ store, reports } = open());
  own = open('scheduler');
});
afterAll(async () => {
  await Promise.all([store, reports, own.store, own.reports].map((port) => port.close()));
  await plane.drop();
  await rm(folder, { recursive: true, force: true });
});

const run = (now: number, heard: () => Promise<void> = async () => undefined) =>
  deleteDueSites(
    { ...own, pool: plane.as('scheduler').pool, heard },
    { now, signal: new AbortController().signal },
  );

let shops = 0;
/** A shop with something of it everywhere. */
async function newShop() {
  shops += 1;
  const domain = `shop${shops}.example`;
  const { tenantId } = await plane.newTenant();
  const scope = inTenant(plane.as('web').db, tenantId);
  const { id: siteId } = await scope.sites.create({ domain, actor: 'user_1' });
  const events = [0, 1, 2].map((n) =>
    storedEvent({
      id: `e${n}`,
      siteId,
      visitor: `v${n}`,
      occurredAt: RECEIVED + n,
      receivedAt: RECEIVED + n,
    }),
  );
  await store.put(events.map((event, n) => ({ event, origin: `events/0/${shops}/${n}` })));
  const line = { offset: shops, siteId, day: DAY, outcome: 'stored', count: 3 } as const;
  await applyLedger(plane.pool, { stream: 'events', partition: shops, lines: [line], lastOffset: shops });
  await reports.touchDays([{ siteId, generation: 1, day: DAY, receivedAt: RECEIVED }]);
  const { pool } = plane;
  await pool.query(`INSERT INTO spool VALUES ('spool', 'here', 5, 5, now()) ON CONFLICT DO NOTHING`);
  await pool.query(`INSERT INTO spool_backlog VALUES ('spool', $1, $2, 5)`, [siteId, DAY]);
  await pool.query(`INSERT INTO deferred_fold VALUES ($1, 1, $2, 'v', 5)`, [siteId, DAY]);
  await pool.query(`INSERT INTO seal_use VALUES ($1, $2, 5, 5, '{}')`, [siteId, DAY]);
  await pool.query('INSERT INTO retired_generation VALUES ($1, 1)', [siteId]);
  await pool.query(`INSERT INTO import VALUES ($1, $2, 'plausible', $3, $3, '{}')`, [
    `import_${siteId}`,
    siteId,
    DAY,
  ]);
  return { tenantId, scope, siteId, domain };
}

/** Tables that tell of a deletion. */
const TELL = ['site_deletion'];

/** Where anything of a site is left. */
async function remains(siteId: string): Promise<string[]> {
  const { rows } = await plane.pool.query<{ place: string }>(
    `SELECT DISTINCT format('%I.%I', table_schema, table_name) AS place FROM information_schema.columns
     WHERE table_schema IN ('public', 'reportstore', 'eventstore') AND column_name = 'site_id' AND NOT table_name = ANY ($1)`,
    [TELL],
  );
  const found: string[] = [];
  for (const { place } of rows)
    if ((await plane.pool.query(`SELECT 1 FROM ${place} WHERE site_id = $1`, [siteId])).rowCount !== 0)
      found.push(place);
  if ((await store.span(siteId)) !== null) found.push('events');
  if ((await plane.pool.query('SELECT 1 FROM site WHERE id = $1', [siteId])).rowCount !== 0)
    found.push('site');
  if ((await readdir(folder)).length > 0) found.push('files');
  return found.toSorted();
}

const remove = ({ scope, siteId, domain }: Awaited<ReturnType<typeof newShop>>) =>
  scope.deletions.begin({ siteId, domain, actor: 'user_1' });

test('a week after its deletion everything of a site is gone, its neighbour has everything, its tenant is told', async () => {
  const [shop, neighbour] = [await newShop(), await newShop()];
  await remove(shop);
  const before = await remains(shop.siteId);
  expect(before.length).toBeGreaterThan(8);
  await run(Date.now() + UNDO_MS - 60_000);
  expect(await remains(shop.siteId)).toEqual(before);
  for (const again of [1, 2]) {
    await run(Date.now() + UNDO_MS + again * 60_000);
    expect(await remains(shop.siteId)).toEqual([]);
    expect(await isDeletedSite(plane.pool, shop.siteId)).toBe(true);
  }
  expect(await remains(neighbour.siteId)).toEqual(before);
  const { siteId, domain } = shop;
  expect(await shop.scope.deletions.list()).toMatchObject([
    { siteId, domain, events: 3, emptiedAt: expect.any(Date) },
  ]);
  await expect(shop.scope.deletions.undo({ siteId, actor: 'user_1' })).rejects.toMatchObject({
    code: 'unknown_site',
  });
  const told = await plane.db.auditEntry.findMany({
    where: { tenantId: shop.tenantId, action: 'site.emptied' },
  });
  expect(told).toMatchObject([{ subject: siteId, details: { domain, events: 3 } }]);
});

test('what was stored before everybody had heard of it goes, too', async () => {
  const shop = await newShop();
  await remove(shop);
  await run(Date.now() + UNDO_MS + 60_000, async () => {
    const event = storedEvent({
      id: 'late',
      siteId: shop.siteId,
      occurredAt: RECEIVED,
      receivedAt: RECEIVED,
    });
    await store.put([{ event, origin: 'events/0/99/0' }]);
  });
  expect(await remains(shop.siteId)).toEqual([]);
});

test('killed half-way, the next run ends it, and tells of it once', async () => {
  const [shop, other] = [await newShop(), await newShop()];
  await Promise.all([remove(shop), remove(other)]);
  const file = fileURLToPath(new URL('deleting-child.fixture.ts', import.meta.url));
  const child = spawn(process.execPath, [file, plane.url, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output] = (await once(child.stdout, 'data')) as [Buffer];
  expect(String(output)).toBe('emptied once\n');
  child.kill('SIGKILL');
  await once(child, 'exit');
  for (const { siteId } of [shop, other]) expect(await remains(siteId)).not.toEqual([]);
  expect((await shop.scope.deletions.list())[0]?.emptiedAt).toBeNull();
  // Whoever works on it has ten minutes; then it was cut off.
  await run(Date.now());
  expect((await shop.scope.deletions.list())[0]?.emptiedAt).toBeNull();
  for (const _ of [1, 2]) await run(Date.now() + LATER);
  for (const { siteId, tenantId } of [shop, other]) {
    expect(await remains(siteId)).toEqual([]);
    expect(await plane.db.auditEntry.count({ where: { tenantId, action: 'site.emptied' } })).toBe(1);
  }
});
