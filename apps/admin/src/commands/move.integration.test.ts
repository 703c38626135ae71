import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '@footfall/config/config';
import type { StoredEvent } from '@footfall/core/stored-event';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { pendingGenerations } from '@footfall/db/tenant/generation';
import { openEventStore } from '@footfall/eventstore/open';
import { initStores, storeUrls } from '@footfall/installation/stores';
import { connectPool, type Pool } from '@footfall/postgres/pool';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MOVE } from './move.ts';

const SITES = ['site_one', 'site_two'];
const DAYS = ['2026-01-05', '2026-01-06', '2026-03-01'];

let databases: TestDatabase[];
let pools: Pool[];
let folder: string;
beforeAll(async () => {
  databases = await Promise.all([freshDatabase(), freshDatabase()]);
  pools = databases.map(({ url }) => connectPool(url, { name: 'test', max: 2 }));
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-move-'));
  const [from] = databases;
  await initStores(storeUrls(readConfig({}), from?.url ?? ''));
  await pools[0]?.query(`INSERT INTO tenant (id, name) VALUES ('t', 'Shop')`);
  for (const id of SITES)
    await pools[0]?.query(`INSERT INTO site (id, tenant_id, site_key, domain) VALUES ($1, 't', $1, $1)`, [
      id,
    ]);
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await Promise.all(databases.map(({ drop }) => drop()));
  await rm(folder, { recursive: true });
});

const makeEvents = (siteId: string) =>
  DAYS.flatMap((day, index) =>
    Array.from({ length: 10 }, (_, n) =>
      storedEvent({ siteId, id: `${index}-${n}`, visitor: `v${n}`, occurredAt: Date.parse(day) + n * 1_000 }),
    ),
  );

async function take(siteId: string): Promise<number> {
  const store = openEventStore(databases[0]?.url ?? '', { name: 'test' });
  const events = makeEvents(siteId);
  await store.put(events.map((event) => ({ event, origin: `events/0/${event.raw.id}/0` })));
  await store.close();
  await pools[0]?.query(
    `INSERT INTO ledger_day (site_id, day, outcome, count) VALUES ($1, '2026-03-01', 'stored', $2)`,
    [siteId, events.length],
  );
  return events.length;
}

async function move() {
  const file = path.join(folder, 'cluster.env');
  await writeFile(file, `# the new place\nDATABASE_URL=${databases[1]?.url}\n`);
  const config = readConfig({ DATABASE_URL: databases[0]?.url, FOOTFALL_DATA_DIR: folder });
  return MOVE.run({ to: file }, config, {});
}

test('every event, site and key goes along, the counts agree, and history is to be folded there', async () => {
  for (const siteId of SITES) await take(siteId);
  const moved = await move();
  expect(moved).toMatchObject({
    ok: true,
    json: { sites: 2, events: 60, pending: 0, differences: [], ready: true },
  });
  const target = openEventStore(databases[1]?.url ?? '', { name: 'test' });
  for (const siteId of SITES) {
    const found: StoredEvent[] = [];
    for await (const events of target.scanSite(siteId, { from: 0, to: Date.parse('2027-01-01') }))
      found.push(...events);
    const inOrder = (events: typeof found) => events.toSorted((a, b) => (a.raw.id < b.raw.id ? -1 : 1));
    expect(inOrder(found)).toEqual(inOrder(makeEvents(siteId)));
  }
  await target.close();
  expect((await pendingGenerations(pools[1] as Pool)).map(({ siteId }) => siteId)).toEqual(SITES);
});

test('made again it changes nothing; what the ledger has and the store has not is told', async () => {
  expect(await move()).toMatchObject({ ok: true, json: { events: 60 } });
  await pools[0]?.query(`UPDATE ledger_day SET count = count + 1 WHERE site_id = 'site_two'`);
  const behind = await move();
  expect(behind).toMatchObject({
    ok: false,
    json: { differences: [{ site_id: 'site_two', stored: 31, source: 30, target: 30 }] },
  });
  expect(behind.text).toMatch(/site_two: the ledger says 31, copied 30, there are 30/);
  // A visitor who was deleted is in the ledger for ever.
  await pools[0]?.query(
    `INSERT INTO audit_entry (id, tenant_id, actor, action, subject) VALUES ('a', 't', 'cli', 'visitor.delete', 'site_two 2026-01-05')`,
  );
  expect(await move()).toMatchObject({ ok: true });
});

test('a file that cannot be read, and the place itself, are refused', async () => {
  const config = readConfig({ DATABASE_URL: databases[0]?.url, FOOTFALL_DATA_DIR: folder });
  await expect(MOVE.run({ to: path.join(folder, 'none') }, config, {})).rejects.toMatchObject({
    code: 'invalid_file',
  });
  const file = path.join(folder, 'same.env');
  await writeFile(file, `DATABASE_URL=${databases[0]?.url}\n`);
  await expect(MOVE.run({ to: file }, config, {})).rejects.toThrow(/same event store/);
});
