import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { readConfig } from '@footfall/config/config';
import { prepareControlPlane } from '@footfall/db/prepare';
import { type DataDir, dataDirAt } from '@footfall/installation/data-dir';
import { readJson, writeJson } from '@footfall/installation/json-file';
import { connectPool } from '@footfall/postgres/pool';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Terminal } from '../terminal.ts';
import { type Demo, startDemo } from './demo.ts';

let database: TestDatabase;
let dataDir: DataDir;
let collector: Server;
let received: { site: string; events: { timestamp: number }[]; key: string }[];
let status: number;
let shown: string;
const demos: Demo[] = [];
beforeEach(async () => {
  database = await freshDatabase();
  await prepareControlPlane(database.url);
  dataDir = dataDirAt(await mkdtemp(path.join(tmpdir(), 'footfall-demo-')));
  received = [];
  status = 202;
  shown = '';
  collector = createServer(async (request, response) => {
    const key = request.headers.authorization ?? '';
    received.push({ ...JSON.parse(await text(request)), key });
    response.writeHead(status).end('{}');
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
});
afterEach(async () => {
  for (const demo of demos.splice(0)) await demo.stop();
  collector.closeAllConnections();
  collector.close();
  await database.drop();
  await rm(dataDir.root, { recursive: true });
});

async function start(): Promise<Demo> {
  const { port } = collector.address() as AddressInfo;
  const err = new PassThrough();
  err.on('data', (line) => {
    shown += String(line);
  });
  const url = database.url;
  const demo = await startDemo({
    config: readConfig({ COLLECTOR_PORT: String(port), WEB_PORT: port === 3_000 ? '3001' : '3000' }),
    dataDir,
    urls: { database: url, eventLog: url, eventStore: url, reportStore: url },
    terminal: new Terminal(new PassThrough(), err),
  });
  demos.push(demo);
  return demo;
}

async function ask<Row>(sql: string): Promise<Row[]> {
  const pool = connectPool(database.url, { name: 'test', max: 1 });
  return pool
    .query(sql)
    .then(({ rows }) => rows as Row[])
    .finally(() => pool.end());
}

const progress = async () =>
  (await readJson<{ sentDays: number; lastDay: string; siteId: string }>(dataDir.demo)) ??
  expect.fail('none');

test('the first start makes a tenant with a site, and sends its days through the collector, the newest first', async () => {
  const demo = await start();
  demo.announce();
  expect(shown).toMatch(/demo: sign in at http:.* as demo@footfall\.local with demo-footfall/);
  expect(shown).toContain('90 days of traffic arrive in the background, today first');
  await expect.poll(() => received.length).toBeGreaterThanOrEqual(2);
  const [site] = await ask<{ id: string }>('SELECT id FROM site');
  expect(new Set(received.map((request) => request.site))).toEqual(new Set([site?.id]));
  const newest = received.map(({ events }) => Math.max(...events.map(({ timestamp }) => timestamp)));
  expect(newest).toEqual(newest.toSorted((a, b) => b - a));
  expect(newest[0]).toBeLessThanOrEqual(Date.now());
  expect((await progress()).siteId).toBe(site?.id);
});

test('interrupted, it goes on where it was, with the same tenant, and leaves no key behind', async () => {
  const first = await start();
  await expect.poll(async () => (await progress()).sentDays).toBeGreaterThanOrEqual(2);
  await first.stop();
  const { sentDays } = await progress();
  expect(await ask('SELECT 1 FROM api_key WHERE revoked_at IS NULL')).toEqual([]);
  received = [];
  await start();
  await expect.poll(async () => (await progress()).sentDays).toBeGreaterThan(sentDays);
  expect(await ask('SELECT 1 FROM tenant')).toHaveLength(1);
  expect(await ask('SELECT 1 FROM site')).toHaveLength(1);
});

test('all sent, nothing is sent again, and nothing promised', async () => {
  const first = await start();
  await first.stop();
  await writeJson(dataDir.demo, { ...(await progress()), sentDays: 90 });
  received = [];
  shown = '';
  const second = await start();
  second.announce();
  await second.stop();
  expect(received).toEqual([]);
  expect(shown).not.toContain('in the background');
});

test('a collector that refuses is told once in a line, and stops nothing else', async () => {
  status = 403;
  await start();
  await expect.poll(() => shown).toMatch(/^demo: its traffic is not sent: the collector answers 403/m);
  await expect.poll(() => ask('SELECT 1 FROM api_key WHERE revoked_at IS NULL')).toEqual([]);
});

test('the example shop counts for the demo’s site, at a port of its own', async () => {
  const demo = await start();
  const spec = await demo.shop();
  const [site] = await ask<{ key: string }>('SELECT site_key AS key FROM site');
  const option = (name: string) => spec.args[spec.args.indexOf(`--${name}`) + 1];
  expect(option('site')).toBe(site?.key);
  expect(option('port')).toBe(String(spec.port));
  expect(spec).toMatchObject({ name: 'shop' });
  expect(spec.findReadyUrl(spec.port)).toBe(`http://127.0.0.1:${spec.port}/`);
  demo.announce();
  expect(shown).toContain(`demo: the shop is at http://127.0.0.1:${spec.port}`);
});
