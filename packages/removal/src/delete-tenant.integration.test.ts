import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import { inTenant } from '@footfall/db/tenant/scope';
import type { EventStore } from '@footfall/eventstore/event-store';
import { openEventStore, prepareEventStore } from '@footfall/eventstore/open';
import { openReportStore, prepareReportStore } from '@footfall/reportstore/open';
import type { ReportStore } from '@footfall/reportstore/report-store';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { deleteDueTenants } from './delete-tenant.ts';

vi.setConfig({ testTimeout: 60_000 });

const DAY = 24 * 3_600_000;
const RECEIVED = Date.parse('2026-05-04T12:00:00Z');

let plane: ControlPlane;
let filesDir: string;
let store: EventStore;
let reports: ReportStore;
beforeAll(async () => {
  plane = await freshControlPlane();
  await Promise.all([prepareReportStore(plane.url), prepareEventStore(plane.url)]);
  filesDir = await mkdtemp(path.join(tmpdir(), 'footfall-deletion-'));
  // With the scheduler's rights, which are all that the chore has.
  const as = { name: 'test', role: 'scheduler' } as const;
  store = openEventStore(plane.url, as);
  reports = openReportStore(plane.url, { ...as, filesDir });
});
afterAll(async () => {
  await Promise.all([store.close(), reports.close()]);
  await plane.drop();
  await rm(filesDir, { recursive: true, force: true });
});

let shops = 0;
/** A tenant with two sites, each with events and a day of reports. */
async function newShop() {
  shops += 1;
  const { tenantId, userId } = await plane.newTenant();
  const scope = inTenant(plane.db, tenantId);
  const writer = openEventStore(plane.url, { name: 'test' });
  const sealer = openReportStore(plane.url, { name: 'test', filesDir });
  const sites: string[] = [];
  for (const n of [1, 2]) {
    const { id } = await scope.sites.create({ domain: `shop${shops}-${n}.example`, actor: userId });
    const event = storedEvent({ id: `e${n}`, siteId: id, visitor: 'v', receivedAt: RECEIVED });
    await writer.put([{ event, origin: `events/0/${shops}/${n}` }]);
    await sealer.touchDays([{ siteId: id, generation: 1, day: '2026-05-04', receivedAt: RECEIVED }]);
    sites.push(id);
  }
  await Promise.all([writer.close(), sealer.close()]);
  const { name } = await plane.db.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const ask = () => scope.deletion.ask({ name, actor: userId });
  return { tenantId, sites, ask };
}

const run = (now: number, signal = new AbortController().signal) =>
  deleteDueTenants(
    { pool: plane.as('scheduler').pool, store, reports, heard: async () => undefined },
    { now, signal },
  );

/** What there is of a shop in the stores and in the control plane. */
async function remains({ tenantId, sites }: { tenantId: string; sites: readonly string[] }) {
  const stores = await Promise.all(
    sites.map(async (siteId) => [
      (await store.span(siteId)) !== null,
      (await reports.read((reader) => reader.dayStates(siteId, 1, null, null))).length > 0,
    ]),
  );
  const [rows, begun] = await Promise.all([
    plane.db.tenant.count({ where: { id: tenantId } }),
    plane.pool.query('SELECT 1 FROM deleted_site WHERE owner = $1 AND domain IS NOT NULL', [tenantId]),
  ]);
  return { stores, tenant: rows === 1, unfinished: begun.rowCount };
}
const ALL = {
  stores: [
    [true, true],
    [true, true],
  ],
  tenant: true,
  unfinished: 0,
};
const NOTHING = {
  stores: [
    [false, false],
    [false, false],
  ],
  tenant: false,
  unfinished: 0,
};

test('what was asked for is done when its days are over, not before, and what nobody asked for stays', async () => {
  const [shop, neighbour] = [await newShop(), await newShop()];
  const { askedAt } = await shop.ask();
  const due = askedAt.getTime() + 7 * DAY;
  await run(due - 1);
  expect(await remains(shop)).toEqual(ALL);
  for (const _ of [1, 2]) {
    await run(due);
    expect(await remains(shop)).toEqual(NOTHING);
    expect(await remains(neighbour)).toEqual(ALL);
  }
});

test('a run that is told to end leaves the next tenant to the next run', async () => {
  const shop = await newShop();
  await shop.ask();
  const later = Date.now() + 8 * DAY;
  await expect(run(later, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  expect(await remains(shop)).toEqual(ALL);
  await run(later);
  expect(await remains(shop)).toEqual(NOTHING);
});

test.each(['before events', 'after events', 'before hearing', 'at the end'])(
  'whoever deletes a tenant is killed %s, and the next run does the rest',
  async (where) => {
    const shop = await newShop();
    await shop.ask();
    const file = fileURLToPath(new URL('deleting-tenant-child.fixture.ts', import.meta.url));
    const child = spawn(process.execPath, [file, plane.url, filesDir, where], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output] = (await once(child.stdout, 'data')) as [Buffer];
    expect(String(output)).toBe(`at ${where}\n`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    if (where !== 'at the end') expect((await remains(shop)).tenant).toBe(true);
    await run(Date.now() + 8 * DAY);
    expect(await remains(shop)).toEqual(NOTHING);
  },
);
