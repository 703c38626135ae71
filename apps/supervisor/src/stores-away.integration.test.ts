import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@footfall/postgres/embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  admin,
  ownVariables,
  removeDataDir,
  SupervisorProcess,
  type Variables,
} from './supervisor.fixture.ts';

let variables: Awaited<ReturnType<typeof ownVariables>>;
let folder: string;
let postgres: EmbeddedPostgres;
const server = () => ({ dataDir: folder, password: 'test', settings: { fsync: 'off' } });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-own-postgres-'));
  postgres = await startEmbeddedPostgres(server());
  variables = { ...(await ownVariables()), DATABASE_URL: postgres.url };
});
afterAll(async () => {
  await postgres.stop();
  await Promise.all([rm(folder, { recursive: true, force: true }), removeDataDir(variables)]);
});

const collect = (body: object) =>
  fetch(`http://127.0.0.1:${variables.COLLECTOR_PORT}/collect`, {
    method: 'POST',
    body: JSON.stringify(body),
  });

async function newSite(on: Variables): Promise<string> {
  const tenant = [
    'create-tenant',
    '--name=Kiln',
    '--email=own@kiln.example',
    '--password=correct horse',
    '--json',
  ];
  const { tenant_id } = JSON.parse((await admin(on, tenant)).out);
  const site = ['create-site', `--tenant=${tenant_id}`, '--domain=kiln.example', '--json'];
  return JSON.parse((await admin(on, site)).out).site_key;
}

const pageview = (site: string) => ({
  site,
  events: [{ id: randomUUID(), name: 'pageview', ts: Date.now(), url: 'https://kiln.example/' }],
});

test('a start waits for a Postgres that is away, takes events meanwhile, and goes on when it comes', async () => {
  const first = new SupervisorProcess(variables);
  await first.ready();
  const site = await newSite(variables);
  await expect.poll(async () => (await collect(pageview(site))).status).toBe(202);
  await first.stop();
  const { port } = postgres;
  await postgres.stop();

  const second = new SupervisorProcess(variables);
  await expect
    .poll(async () => (await collect(pageview(site)).catch(() => undefined))?.status, { timeout: 30_000 })
    .toBe(202);
  const away = second.err.filter((line) => line.includes('refuses connections'));
  expect(away).toHaveLength(1);
  expect(away[0]).toMatch(
    /^ {2}DATABASE_URL cannot be used: .*; waiting for it, 10 minutes at most; the collector takes events meanwhile$/,
  );
  expect(second.out).toEqual([]);

  // What the operator is told meanwhile: what is known without Postgres.
  const status = await admin(variables, ['status', '--json']);
  expect(status.code).toBe(1);
  const known = JSON.parse(status.out);
  expect(known).toMatchObject({ running: true, healthy: false, lag: null, freshness: null });
  expect(known.health.database.problem).toMatch(/^127\.0\.0\.1:\d+ refuses connections \(ECONNREFUSED\)$/);
  expect(known.health.collector).toMatchObject({ pid: expect.any(Number) });
  expect(known.spools).toEqual([
    expect.objectContaining({ place: expect.stringContaining('spool'), bytes: expect.any(Number) }),
  ]);
  expect(known.spools[0].bytes).toBeGreaterThan(0);
  expect(known.disks.map(({ disk }: { disk: string }) => disk)).toEqual(['data', 'spool', 'facts', 'temp']);

  postgres = await startEmbeddedPostgres({ ...server(), port });
  await second.ready();
  await expect
    .poll(async () => JSON.parse((await admin(variables, ['status', '--json'])).out).spools, {
      timeout: 30_000,
    })
    .toEqual([]);
  expect(await second.stop()).toBe(0);
}, 120_000);

test('an address that has never worked is told at once', async () => {
  const other = { ...(await ownVariables()), DATABASE_URL: 'postgres://shop:hunter2@127.0.0.1:1/shop' };
  const supervisor = new SupervisorProcess(other);
  expect(await supervisor.exit).toBe(1);
  expect(supervisor.err).toHaveLength(1);
  await removeDataDir(other);
});
