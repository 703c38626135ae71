import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { statedVisitorId, statedVisitorKey } from '@footfall/core/visitor';
import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import { applyLedger, readLedger } from '@footfall/db/count/ledger';
import { addUsage, countUsage, readUsage } from '@footfall/db/count/usage';
import { seal } from '@footfall/db/sealed';
import { inTenant } from '@footfall/db/tenant/scope';
import type { EventLog } from '@footfall/eventlog/event-log';
import { openEventLog, prepareEventLog } from '@footfall/eventlog/open';
import type { EventStore } from '@footfall/eventstore/event-store';
import { openEventStore, prepareEventStore } from '@footfall/eventstore/open';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { workOnRemovals } from './removals.ts';

vi.setConfig({ testTimeout: 120_000 });

const RECEIVED = Date.parse('2026-05-04T12:00:00Z');
const MONTH = '2026-05';
const SECRET = 'x'.repeat(32);

let plane: ControlPlane;
let store: EventStore;
let log: EventLog;
beforeAll(async () => {
  plane = await freshControlPlane();
  await Promise.all([prepareEventStore(plane.url), prepareEventLog(plane.url)]);
  store = openEventStore(plane.url, { name: 'test' });
  log = openEventLog(plane.url, { name: 'test', role: 'aggregator' });
});
afterAll(async () => {
  await Promise.all([store.close(), log.close()]);
  await plane.drop();
});

let shops = 0;
/** A shop whose site has 1,500 events of a stranger on two days and three of its own server. */
async function newShop() {
  shops += 1;
  const { tenantId } = await plane.newTenant();
  const tenant = inTenant(plane.as('web').db, tenantId);
  const site = await tenant.sites.create({ domain: `shop${shops}.example`, actor: 'cli' });
  const events = Array.from({ length: 1_503 }, (_, n) =>
    storedEvent({
      ...{ id: `e${n}`, siteId: site.id, visitor: `v${n % 40}`, receivedAt: RECEIVED + n },
      ...{ occurredAt: RECEIVED - (n % 2) * 86_400_000, sender: n < 1_500 ? 'site_key' : 'key_1' },
    }),
  );
  const offset = shops;
  await store.put(events.map((event, n) => ({ event, origin: `events/0/${shops}/${n}` })));
  const line = { offset, siteId: site.id, day: '2026-05-04', outcome: 'stored', count: 1_503 } as const;
  await applyLedger(plane.pool, { stream: 'events', partition: shops, lines: [line], lastOffset: offset });
  await addUsage(plane.pool, [{ tenantId, month: MONTH, events: 1_503 }]);
  await countUsage(plane.pool, [{ siteId: site.id, month: MONTH, seen: 1_503, counted: 1_503 }]);
  const span = { receivedFrom: new Date(RECEIVED - 1_000), receivedTo: new Date(RECEIVED + 60_000) };
  const domain = `shop${shops}.example`;
  const request = { siteId: site.id, ...span, sender: 'site_key', actor: 'user_x' };
  return { tenantId, tenant, siteId: site.id, domain, request };
}

const failed = (error: unknown) => {
  throw error;
};
/** What an aggregator does each second. */
const work = () =>
  workOnRemovals({ pool: plane.as('aggregator').pool, store, log, now: Date.now, secret: SECRET }, failed);

const readCounts = async (siteId: string) =>
  Object.fromEntries((await readLedger(plane.pool, { siteId, from: null, to: null })).counts);
const countTold = async () =>
  (await log.lag('aggregator', ['touched'])).reduce((sum, { end, committed }) => sum + end - committed, 0);
async function countLeft(siteId: string): Promise<number> {
  let left = 0;
  for await (const events of store.scanSite(siteId, { from: 0, to: RECEIVED + 1 })) left += events.length;
  return left;
}

test('what a merchant asks for is counted, then confirmed, then gone: ledger, plan and history say so', async () => {
  const { tenantId, tenant, siteId, domain, request } = await newShop();
  const neighbour = await newShop();
  const id = await tenant.removals.request(request);
  expect(await tenant.removals.list(siteId)).toMatchObject([{ id, state: 'counting', found: null }]);
  await expect(tenant.removals.confirm({ siteId, id, domain, actor: 'user_x' })).rejects.toMatchObject({
    code: 'unknown_removal',
  });
  expect(await work()).toBe(1);
  expect(await tenant.removals.list(siteId)).toMatchObject([
    {
      state: 'counted',
      progress: 1,
      found: { events: 1_500, visitors: 40, dayCount: 2, senders: [{ sender: 'site_key', events: 1_500 }] },
    },
  ]);
  expect(await countLeft(siteId)).toBe(1_503);
  const typed = { siteId, id, domain: 'shop.example', actor: 'user_x' };
  await expect(tenant.removals.confirm(typed)).rejects.toMatchObject({ code: 'unconfirmed_domain' });
  await tenant.removals.confirm({ siteId, id, domain, actor: 'user_x' });
  await work();
  expect(await tenant.removals.list(siteId)).toMatchObject([
    { state: 'removed', removed: 1_500, progress: 1 },
  ]);
  expect(await countLeft(siteId)).toBe(3);
  expect(await readCounts(siteId)).toEqual({ stored: 1_503, removed: 1_500 });
  expect(await readUsage(plane.pool, tenantId, MONTH)).toBe(3);
  expect(await countLeft(neighbour.siteId)).toBe(1_503);
  expect(await work()).toBe(0);
  const { rows } = await plane.pool.query<{ action: string }>(
    `SELECT action FROM audit_entry WHERE tenant_id = $1 AND action LIKE 'events.%' ORDER BY created_at`,
    [tenantId],
  );
  expect(rows.map(({ action }) => action)).toEqual(['events.preview_removal', 'events.remove']);
});

test('a tenant can neither ask for, confirm, nor see a removal of a neighbour’s site', async () => {
  const [own, neighbour] = [await newShop(), await newShop()];
  const id = await neighbour.tenant.removals.request(neighbour.request);
  await work();
  const { siteId, domain } = neighbour;
  const unknown = { code: 'unknown_site' };
  await expect(own.tenant.removals.request(neighbour.request)).rejects.toMatchObject(unknown);
  for (const named of [{ siteId, id, domain, actor: 'user_y' }]) {
    await expect(own.tenant.removals.confirm(named)).rejects.toMatchObject(unknown);
    await expect(own.tenant.removals.cancel(named)).rejects.toMatchObject(unknown);
  }
  const smuggled = { siteId: own.siteId, id, domain: own.domain, actor: 'user_y' };
  await expect(own.tenant.removals.confirm(smuggled)).rejects.toMatchObject({ code: 'unknown_removal' });
  expect(await own.tenant.removals.list(siteId)).toEqual([]);
  expect(await neighbour.tenant.removals.list(siteId)).toMatchObject([{ state: 'counted' }]);
});

test('a new look calls off the one before; a day has twenty; a span has to lie in the past', async () => {
  const { tenant, siteId, request } = await newShop();
  const now = new Date();
  await expect(
    tenant.removals.request({ ...request, receivedTo: request.receivedFrom }),
  ).rejects.toMatchObject({ code: 'invalid_span' });
  const ahead = new Date(now.getTime() + 3_600_000);
  await expect(
    tenant.removals.request({ ...request, receivedFrom: ahead, receivedTo: new Date(ahead.getTime() + 1) }),
  ).rejects.toMatchObject({ code: 'invalid_span' });
  for (let n = 0; n < 20; n += 1) await tenant.removals.request({ ...request, receivedTo: ahead });
  const [last, ...others] = await tenant.removals.list(siteId);
  expect(others).toEqual([]);
  expect(last?.receivedTo.getTime()).toBeLessThan(ahead.getTime());
  await expect(tenant.removals.request(request)).rejects.toMatchObject({ code: 'too_many_removals' });
  await tenant.removals.cancel({ siteId, id: String(last?.id), actor: 'user_x' });
  expect(await tenant.removals.list(siteId)).toEqual([]);
});

test.each(['before deletion', 'after deletion', 'before counting'])(
  'killed %s, another one ends what was begun: each event is gone and counted once, its days are told of',
  async (where) => {
    const { tenantId, tenant, siteId, domain, request } = await newShop();
    const id = await tenant.removals.request(request);
    await work();
    await tenant.removals.confirm({ siteId, id, domain, actor: 'user_x' });
    const file = fileURLToPath(new URL('removing-child.fixture.ts', import.meta.url));
    const child = spawn(process.execPath, [file, plane.url, where], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [output] = (await once(child.stdout, 'data')) as [Buffer];
    expect(String(output)).toBe(`at ${where}\n`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await readCounts(siteId)).toEqual({ stored: 1_503 });
    const told = await countTold();
    // The lock goes with the connection, as soon as the server has seen that.
    await expect
      .poll(
        async () => {
          await work();
          return (await tenant.removals.list(siteId))[0]?.state;
        },
        { timeout: 60_000 },
      )
      .toBe('removed');
    expect(await countLeft(siteId)).toBe(3);
    expect(await readCounts(siteId)).toEqual({ stored: 1_503, removed: 1_500 });
    expect(await readUsage(plane.pool, tenantId, MONTH)).toBe(3);
    expect((await tenant.removals.list(siteId))[0]?.removed).toBe(1_500);
    expect(await countTold()).toBeGreaterThan(told);
  },
);

test('a reset takes all events of a site, whoever sent them, and has its reports made anew', async () => {
  const { tenant, siteId, domain } = await newShop();
  const neighbour = await newShop();
  await tenant.removals.reset({ siteId, domain, actor: 'user_x' });
  await expect
    .poll(
      async () => {
        await work();
        return (await tenant.removals.list(siteId))[0]?.state;
      },
      { timeout: 60_000 },
    )
    .toBe('removed');
  expect(await countLeft(siteId)).toBe(0);
  expect(await countLeft(neighbour.siteId)).toBe(1_503);
  expect(await readCounts(siteId)).toEqual({ stored: 1_503, removed: 1_503 });
  const [own, other] = [await tenant.sites.find(siteId), await neighbour.tenant.sites.find(neighbour.siteId)];
  expect([own?.nextTimezone, own?.nextGeneration]).toEqual([own?.timezone, 2]);
  expect(other?.nextGeneration).toBeNull();
});

test('two who work at the same time count nothing twice', async () => {
  const { tenant, siteId, domain, request } = await newShop();
  const id = await tenant.removals.request(request);
  await work();
  await tenant.removals.confirm({ siteId, id, domain, actor: 'user_x' });
  await Promise.all([work(), work(), work()]);
  await work();
  expect(await readCounts(siteId)).toEqual({ stored: 1_503, removed: 1_500 });
});

test('what one visitor has done is taken out by the id of the shop, on all days, and that of others stays', async () => {
  const { tenantId } = await plane.newTenant();
  const tenant = inTenant(plane.as('web').db, tenantId);
  const site = await tenant.sites.create({ domain: 'visitors.example', actor: 'cli' });
  const key = statedVisitorKey(SECRET);
  const events = [0, 1, 40].flatMap((ago) =>
    ['customer-7', 'customer-8'].map((visitor) => {
      const occurredAt = RECEIVED - ago * 86_400_000;
      const day = new Date(occurredAt).toISOString().slice(0, 10);
      const id = statedVisitorId(key, { siteId: site.id, day, visitor });
      return storedEvent({
        id: `${visitor} ${ago}`,
        siteId: site.id,
        visitor: id,
        occurredAt,
        receivedAt: RECEIVED,
      });
    }),
  );
  await store.put(events.map((event, n) => ({ event, origin: `events/0/visitor/${n}` })));
  const visitor = { sealed: seal('customer-7', 'visitor', SECRET), hash: 'abc' };
  const span = { receivedFrom: new Date(0), receivedTo: new Date(), sender: null };
  const id = await tenant.removals.request({ siteId: site.id, ...span, visitor, actor: 'user_x' });
  await work();
  expect(await tenant.removals.list(site.id)).toMatchObject([
    { id, state: 'counted', visitorHash: 'abc', found: { events: 3 } },
  ]);
  await tenant.removals.confirm({ siteId: site.id, id, domain: 'visitors.example', actor: 'user_x' });
  await work();
  expect((await tenant.removals.list(site.id))[0]).toMatchObject({ state: 'removed', removed: 3 });
  const left: string[] = [];
  for await (const chunk of store.scanSite(site.id, { from: 0, to: RECEIVED + 1 }))
    left.push(...chunk.map(({ raw }) => raw.id));
  expect(left.sort()).toEqual(['customer-8 0', 'customer-8 1', 'customer-8 40']);
  // Nobody finds the id in what is kept of it.
  const { rows } = await plane.pool.query('SELECT sealed_visitor FROM event_removal WHERE id = $1', [id]);
  expect(rows).toEqual([{ sealed_visitor: null }]);
  const audit = await tenant.audit.list({ action: 'events.' }, 10);
  expect(JSON.stringify(audit)).toContain('"visitor":"abc"');
  expect(JSON.stringify(audit)).not.toContain('customer-7');
});
