import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '@footfall/config/config';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { applyLedger, readLedger } from '@footfall/db/count/ledger';
import { addUsage, countUsage, readUsage } from '@footfall/db/count/usage';
import { beginSiteDeletion, isDeletedSite } from '@footfall/db/tenant/deletion';
import { openEventLog } from '@footfall/eventlog/open';
import type { EventStore } from '@footfall/eventstore/event-store';
import { openEventStore } from '@footfall/eventstore/open';
import { connectPool, type Pool } from '@footfall/postgres/pool';
import { openReportStore } from '@footfall/reportstore/open';
import type { ReportStore } from '@footfall/reportstore/report-store';
import { freshDatabase } from '@footfall/testkit/database';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { COMMANDS } from '../commands.ts';
import { buildGrammar, checkOptions, parseArguments } from '../options.ts';

const RECEIVED = Date.parse('2026-05-04T12:00:00Z');

let database: Awaited<ReturnType<typeof freshDatabase>>;
let folder: string;
let pool: Pool;
let store: EventStore;
let reports: ReportStore;
beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-admin-'));
  pool = connectPool(database.url, { name: 'test' });
  store = openEventStore(database.url, { name: 'test' });
  reports = openReportStore(database.url, { name: 'test', filesDir: path.join(folder, 'facts') });
});
afterAll(async () => {
  await Promise.all([pool.end(), store.close(), reports.close()]);
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function admin(...args: string[]): Promise<Record<string, unknown>> {
  const { command: name = '', given } = parseArguments(args, buildGrammar(COMMANDS, args));
  const command = COMMANDS[name];
  if (command === undefined) throw new Error(`there is no command ${name}`);
  const variables = { DATABASE_URL: database.url, FOOTFALL_DATA_DIR: folder, DIRECTORY_TTL_SECONDS: '1' };
  return (await command.run(checkOptions(name, command.options, given), readConfig(variables), given)).json;
}

vi.setConfig({ testTimeout: 240_000 });

let shops = 0;
/** A tenant and its site, with three events of two senders, a fact, a count in the ledger. */
async function newShop() {
  shops += 1;
  const [email, domain, name] = [`owner${shops}@shop.example`, `shop${shops}.example`, `Shop ${shops}`];
  const { tenant_id: tenant } = await admin(
    ...['create-tenant', '--name', name, '--email', email, '--password', 'a good long password'],
  );
  const tenantId = String(tenant);
  const { site_id: site } = await admin('create-site', '--tenant', tenantId, '--domain', domain);
  const siteId = String(site);
  const events = ['site_key', 'site_key', 'key_1'].map((sender, n) =>
    storedEvent({
      ...{ id: `e${n}`, siteId, visitor: `v${n}`, sender },
      ...{ occurredAt: RECEIVED - n * 30 * 86_400_000, receivedAt: RECEIVED + n },
    } as Parameters<typeof storedEvent>[0]),
  );
  await store.put(events.map((event, n) => ({ event, origin: `events/0/${shops}/${n}` })));
  const line = { offset: shops, siteId, day: '2026-05-04', outcome: 'stored', count: 3 } as const;
  await applyLedger(pool, { stream: 'events', partition: shops, lines: [line], lastOffset: shops });
  await reports.touchDays([{ siteId, generation: 1, day: '2026-05-04', receivedAt: RECEIVED }]);
  return { tenantId, siteId, domain, email, name };
}

const readCounts = async (siteId: string) =>
  Object.fromEntries((await readLedger(pool, { siteId, from: null, to: null })).counts);
const dayStates = (siteId: string) => reports.read((reader) => reader.dayStates(siteId, 1, null, null));

/** Where anything of a site is left. */
/** What a tenant is told of its site that is gone; it goes with the tenant. */
const TOLD = ['site_deletion'];

async function remains(siteId: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT DISTINCT table_name AS name FROM information_schema.columns
     WHERE table_schema IN ('public', 'reportstore') AND column_name = 'site_id'`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const schema = ['event_fact', 'day_state', 'month_file'].includes(name) ? 'reportstore' : 'public';
    const { rowCount } = await pool.query(`SELECT 1 FROM ${schema}."${name}" WHERE site_id = $1`, [siteId]);
    if (rowCount !== 0) found.push(name);
  }
  if ((await store.span(siteId)) !== null) found.push('events');
  return found;
}

test('a site is deleted everywhere, once its domain was said; before, it is shown what would go', async () => {
  const [shop, neighbour] = [await newShop(), await newShop()];
  expect(await admin('delete-site', '--site', shop.domain)).toMatchObject({ deleted: false, events: 3 });
  await expect(admin('delete-site', '--site', shop.siteId, '--confirm', 'other.example')).rejects.toThrow();
  expect(await dayStates(shop.siteId)).toHaveLength(1);
  const done = await admin('delete-site', '--site', shop.domain, '--confirm', shop.domain);
  expect(done).toMatchObject({ deleted: true, site_id: shop.siteId, events: 3 });
  expect(await remains(shop.siteId)).toEqual(TOLD);
  expect(await isDeletedSite(pool, shop.siteId)).toBe(true);
  await expect(admin('delete-site', '--site', shop.domain)).rejects.toThrow();
  expect(await store.span(neighbour.siteId)).not.toBeNull();
  expect(await dayStates(neighbour.siteId)).toHaveLength(1);
});

test('a deletion that was killed half-way goes on when it is said again', async () => {
  const shop = await newShop();
  await beginSiteDeletion(pool, shop.siteId);
  await store.deleteSite(shop.siteId);
  expect((await remains(shop.siteId)).length).toBeGreaterThan(0);
  await admin('delete-site', '--site', shop.domain, '--confirm', shop.domain);
  expect(await remains(shop.siteId)).toEqual(TOLD);
});

test('a tenant goes with all its sites, also one whose deletion was cut off; accounts go by themselves', async () => {
  const shop = await newShop();
  await admin('create-site', '--tenant', shop.tenantId, '--domain', `second-${shop.domain}`);
  await beginSiteDeletion(pool, shop.siteId);
  expect(await admin('delete-tenant', '--tenant', shop.tenantId)).toMatchObject({ deleted: false, sites: 2 });
  const del = ['delete-user', '--email', shop.email, '--confirm', shop.email];
  await expect(admin(...del)).rejects.toMatchObject({ code: 'last_owner' });
  await admin('delete-tenant', '--tenant', shop.tenantId, '--confirm', shop.name);
  expect(await remains(shop.siteId)).toEqual([]);
  const { rows } = await pool.query(
    `SELECT 1 FROM audit_entry WHERE tenant_id = $1 UNION ALL SELECT 1 FROM tenant WHERE id = $1`,
    [shop.tenantId],
  );
  expect(rows).toEqual([]);
  expect(await admin(...del)).toMatchObject({ deleted: true });
  await expect(admin(...del)).rejects.toMatchObject({ code: 'unknown_user' });
});

test('what a sender put in is shown, then removed: the ledger adds up, the plan has room again, days are folded anew', async () => {
  const shop = await newShop();
  const month = '2026-05';
  await addUsage(pool, [{ tenantId: shop.tenantId, month, events: 3 }]);
  await countUsage(pool, [{ siteId: shop.siteId, month, seen: 3, counted: 3 }]);
  const remove = ['remove-events', '--site', shop.domain];
  const times = ['--received-from', '2026-05-04T12:00:00Z', '--received-to', '2026-05-04T12:01:00Z'];
  const found = { events: 2, days: 2, visitors: 2, senders: { site_key: 2 } };
  const sender = ['--sender', 'site_key'];
  expect(await admin(...remove, ...times, ...sender)).toEqual({ removed: false, ...found });
  expect(await readCounts(shop.siteId)).toEqual({ stored: 3 });
  expect(await admin(...remove, ...times, ...sender, '--confirm')).toEqual({ removed: true, ...found });
  expect(await readCounts(shop.siteId)).toEqual({ stored: 3, removed: 2 });
  expect(await readUsage(pool, shop.tenantId, month)).toBe(1);
  const log = openEventLog(database.url, { name: 'test' });
  try {
    const lag = await log.lag('aggregator', ['touched']);
    expect(lag.reduce((sum, { end }) => sum + end, 0)).toBeGreaterThan(0);
  } finally {
    await log.close();
  }
  expect(
    await admin(...remove, '--received-from', '2026-05-04', '--received-to', '2026-05-04'),
  ).toMatchObject({
    events: 1,
    senders: { key_1: 1 },
  });
  await expect(
    admin(...remove, '--received-from', 'now', '--received-to', '2026-05-04'),
  ).rejects.toMatchObject({
    code: 'invalid_option',
  });
});
