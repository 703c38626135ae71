import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { applyLedger } from '@footfall/db/count/ledger';
import { forgetSpool, publishSpool } from '@footfall/db/count/spool-backlog';
import { proxyWarnings } from '@footfall/installation/proxy-findings';
import { readSpace } from '@footfall/installation/space';
import { JOBS } from '@footfall/jobs/provision';
import { choreStatuses } from '@footfall/jobs/status';
import { connectPool, type Pool } from '@footfall/postgres/pool';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newMerchant, openPortal, type Portal } from '#runtime/portal.fixture.ts';
import type { StaffServices } from '#runtime/staff-services.ts';
import { describeParts } from './lines.ts';
import { lookAtInstallation } from './look.ts';

let portal: Portal;
let staffPool: Pool;
let dataDir: string;
let services: StaffServices;
beforeAll(async () => {
  portal = await openPortal();
  const { databaseUrl } = portal.config;
  await JOBS.prepare(databaseUrl);
  staffPool = connectPool(databaseUrl, { name: 'operator', role: 'operator', max: 2 });
  dataDir = await mkdtemp(path.join(tmpdir(), 'footfall-health-'));
  const config = { ...portal.config, dataDir, factsDir: dataDir };
  const installation: StaffServices['installation'] = {
    version: '0.0.0',
    askServices: async () => ({ collector: { healthy: true, problem: null } }),
    readSpace: () => readSpace(config, staffPool),
    proxyWarnings: () => proxyWarnings(staffPool, []),
  };
  services = { ...portal, config, staffPool, payments: null, installation };
});
afterAll(async () => {
  await staffPool.end();
  await portal.close();
  await rm(dataDir, { recursive: true });
});

const look = (over: Partial<StaffServices> = {}, deadlineMs?: number) =>
  lookAtInstallation({ ...services, ...over }, deadlineMs === undefined ? {} : { deadlineMs });

const statesIn = (found: Awaited<ReturnType<typeof look>>) =>
  Object.fromEntries(describeParts(found).map(({ name, state }) => [name, state]));

test('an installation that is well is known to be, with the rights of staff’s own role', async () => {
  const found = await look();
  const problems = Object.entries(found).flatMap(([name, known]) =>
    typeof known === 'object' && known.problem !== null ? [[name, known.problem]] : [],
  );
  expect(problems).toEqual([]);
  // The disk of whoever runs this may be full.
  const { space, ...states } = statesIn(found);
  expect(['ok', 'attention']).toContain(space);
  expect(new Set(Object.values(states))).toEqual(new Set(['ok']));
  expect(found.database.value).toMatch(/^\d+/);
});

test('the ledger is of all sites, and what waits in the log and in spools is pending', async () => {
  const now = Date.parse('2026-02-03T12:00:00Z');
  const clock = { ...portal.clock, now: () => now };
  const sites = [(await newMerchant(portal)).site.id, (await newMerchant(portal)).site.id];
  const { pool, eventLog } = portal.others;
  const day = '2026-02-02';
  const lines = sites.flatMap((siteId) => [
    { offset: -1, siteId, day, outcome: 'stored' as const, count: 4 },
    { offset: -1, siteId, day, outcome: 'rejected:too_old' as const, count: 1 },
  ]);
  const counted = lines.map((line) => ({ ...line, offset: 0 }));
  await applyLedger(pool, { stream: 'elsewhere', partition: 0, lines: counted, lastOffset: 0 });
  await eventLog.append(
    sites.map((siteId, n) => ({
      topic: 'events' as const,
      key: `k${n}`,
      value: '{}',
      receivedAt: now - 600_000,
      tally: { siteId, day },
    })),
  );
  const spool = { id: 's', place: 'host:/spool/1', records: 3, bytes: 9, oldestReceivedAt: now - 700_000 };
  await publishSpool(pool, spool, [{ siteId: sites[0] ?? '', day: '2026-02-03', count: 3 }]);

  const found = await look({ clock });
  const { days = [], total } = found.ledger.value ?? {};
  expect(days.map((of) => [of.day, of.received, of.pending])).toEqual([
    ['2026-02-03', 3, 3],
    [day, 12, 2],
  ]);
  expect(total).toMatchObject({ received: 15, stored: 8, rejected: { too_old: 2 }, pending: 5 });
  const troubled = describeParts(found).filter(({ state, name }) => state !== 'ok' && name !== 'space');
  expect(troubled.map(({ name, since }) => [name, since])).toEqual([
    ['processing', now - 600_000],
    ['reports', now - 700_000],
    ['spools', now - 700_000],
  ]);
  await forgetSpool(pool, 's');
});

test('an engine that hangs, and one that refuses, are away; what they alone know is not known; all else is told', async () => {
  const never = () => new Promise<never>(() => undefined);
  const hanging = { ...portal.eventLog, ping: never, lag: never, tally: never };
  const refusing = {
    ...portal.reportStore,
    ping: () => Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:9200')),
    staleDays: () => Promise.reject(new Error('no living connections')),
  };
  const found = await look({ eventLog: hanging, reportStore: refusing }, 300);
  expect(statesIn(found)).toMatchObject({
    database: 'ok',
    eventLog: 'away',
    eventStore: 'ok',
    reportStore: 'away',
    collector: 'ok',
    processing: 'unknown',
    reports: 'unknown',
    spools: 'ok',
    chores: 'ok',
    mails: 'ok',
  });
  expect(found.eventLog.problem).toBe('no answer within 0.3 s');
  expect(found.ledger.value).toBeNull();
});

test('staff’s own role is told of chores and queues, and not of what is in them', async () => {
  expect(await choreStatuses(staffPool, Date.now())).toEqual([]);
  await expect(staffPool.query('SELECT data FROM pgboss.job')).rejects.toThrow(/permission denied/);
});
