import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { serviceEnvironment } from '@footfall/config/config';
import { freePort } from '@footfall/postgres/free-port';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from './database.ts';

// What the Dockerfile puts into the image is put into a folder here, and the services run from it as they do in containers.
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SERVICES = ['web', 'collector', 'processor', 'aggregator', 'scheduler'] as const;
const run = promisify(execFile);

let image: string;
let dataDir: string;
let database: TestDatabase;
let env: Record<string, string | undefined>;
const ports: Partial<Record<(typeof SERVICES)[number], number>> = {};
const running: ChildProcess[] = [];

const node = (...args: string[]) => run(process.execPath, args, { cwd: image, env });
const isAlive = (name: (typeof SERVICES)[number]) =>
  node('scripts/alive.mjs', String(ports[name])).then(
    () => true,
    () => false,
  );

beforeAll(async () => {
  image = await mkdtemp(path.join(tmpdir(), 'footfall-image-'));
  dataDir = await mkdtemp(path.join(tmpdir(), 'footfall-image-data-'));
  database = await freshDatabase();
  await run(process.execPath, [path.join(ROOT, 'scripts/image.mjs'), image]);
  for (const name of SERVICES) ports[name] = await freePort();
  env = serviceEnvironment({
    ...Object.fromEntries(SERVICES.map((name) => [`${name.toUpperCase()}_PORT`, String(ports[name])])),
    DATABASE_URL: database.url,
    FOOTFALL_SECRET: 's'.repeat(32),
    FOOTFALL_DATA_DIR: dataDir,
    NODE_ENV: 'production',
  });
});

afterAll(async () => {
  await Promise.all(
    running.map(async (child) => {
      if (child.exitCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    }),
  );
  await database.drop();
  for (const folder of [image, dataDir]) await rm(folder, { recursive: true });
});

test('nothing of tests and development is in it', async () => {
  const absent = [
    'packages/testkit',
    'packages/engines',
    'e2e',
    'node_modules/vitest',
    'node_modules/prisma',
  ];
  for (const item of absent) await expect(access(path.join(image, item))).rejects.toThrow('ENOENT');
  const { stdout } = await run('find', [image, '-name', '*.test.ts', '-not', '-path', '*/node_modules/*']);
  expect(stdout).toBe('');
});

test('the services start from it, take an event and show pages', { timeout: 180_000 }, async () => {
  await node('apps/admin/src/main.ts', 'cluster', 'init');
  expect(await isAlive('web')).toBe(false);
  for (const name of SERVICES)
    running.push(spawn(process.execPath, [`apps/${name}/src/main.ts`], { cwd: image, env, stdio: 'ignore' }));
  for (const name of SERVICES) await expect.poll(() => isAlive(name), { timeout: 60_000 }).toBe(true);

  const admin = async (...args: string[]) =>
    JSON.parse((await node('apps/admin/src/main.ts', ...args, '--json')).stdout) as Record<string, string>;
  const who = ['--name', 'Kiln', '--email', 'owner@kiln.example', '--password', 'correct horse battery'];
  const { tenant_id: tenant = '' } = await admin('create-tenant', ...who);
  const { site_id: site = '' } = await admin('create-site', '--tenant', tenant, '--domain', 'kiln.example');
  const scopes = ['--scopes', 'ingest,stats'];
  const { api_key: key } = await admin('create-api-key', '--tenant', tenant, ...scopes);

  const post = async (url: string, body: object) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  };
  const portal = `http://127.0.0.1:${ports.web}`;
  const collector = `http://127.0.0.1:${ports.collector}`;
  const event = { name: 'pageview', url: 'https://kiln.example/', visitor: 'v1', ip: '192.0.2.1' };
  expect(await post(`${collector}/v1/events`, { site, events: [event] })).toMatchObject({ accepted: 1 });
  const query = { site_id: site, metrics: ['visitors'], date_range: 'day' };
  await expect
    .poll(() => post(`${portal}/api/v1/query`, query), { timeout: 30_000 })
    .toMatchObject({ results: [{ metrics: [1] }] });

  expect((await fetch(`${collector}/a.js`)).status).toBe(200);
  const page = await fetch(`${portal}/sign-in`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('<form');
});
