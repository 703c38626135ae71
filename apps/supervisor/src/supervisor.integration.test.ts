import { once } from 'node:events';
import { chmod, lstat, readdir, readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { dataDirAt } from '@footfall/installation/data-dir';
import { selfSigned } from '@footfall/testkit/certificate';
import { freshDatabase } from '@footfall/testkit/database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  admin,
  ownVariables,
  removeDataDir,
  running,
  SupervisorProcess,
  type Variables,
} from './supervisor.fixture.ts';

const SERVICES = ['aggregator', 'collector', 'processor', 'scheduler', 'web'];
const TENANT = ['create-tenant', '--name', 'Kiln', '--password', 'correct horse', '--json'];

/** Addresses of this machine, all of which a server would have that listens everywhere. */
function otherAddresses(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return ['127.0.0.2', ...addresses.map(({ address }) => address)].filter(
    (address) => address !== '127.0.0.1' && !address.startsWith('fe80:'),
  );
}

/** Files and folders of a folder, and itself, that others than their owner may read, write or enter. */
async function openToOthers(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const found = await Promise.all(
    ['', ...names].map(async (name) => {
      // Postgres removes files of its own at any time.
      const state = await lstat(path.join(folder, name)).catch(() => null);
      const isOpen = state !== null && !state.isSymbolicLink() && (state.mode & 0o077) !== 0;
      return isOpen ? [`${name} ${(state.mode & 0o777).toString(8)}`] : [];
    }),
  );
  return found.flat();
}

/** Whether something listens there. */
function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.unref().once('connect', () => socket.destroy());
  });
}

const newTenant = (variables: Variables, email: string) => admin(variables, [...TENANT, `--email=${email}`]);

describe('an installation that runs', () => {
  let variables: Awaited<ReturnType<typeof ownVariables>>;
  let supervisor: SupervisorProcess;
  beforeAll(async () => {
    variables = await ownVariables();
    supervisor = new SupervisorProcess(variables);
    await supervisor.ready();
  });
  afterAll(async () => {
    await supervisor.stop();
    await removeDataDir(variables);
  });

  test('says one line on standard output: where the portal answers', async () => {
    expect(supervisor.out).toEqual([`ready http://127.0.0.1:${variables.WEB_PORT}`]);
    for (const port of [variables.WEB_PORT, variables.COLLECTOR_PORT])
      expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  });

  test('every port of every service, and that of Postgres, is on loopback alone', async () => {
    const { services, postgres, listenHost } = await supervisor.runtime();
    expect(listenHost).toBe('127.0.0.1');
    const ports = [...Object.values(services), ...(postgres === null ? [] : [postgres])];
    expect(ports).toHaveLength(6);
    for (const { port } of ports) {
      expect(await canConnect('127.0.0.1', port)).toBe(true);
      for (const other of otherAddresses()) expect(await canConnect(other, port), other).toBe(false);
    }
  });

  test('keeps all of its folder for the user that runs it alone', async () => {
    expect(await openToOthers(variables.FOOTFALL_DATA_DIR)).toEqual([]);
  });

  test('keeps process ids and ports for others, and no secrets with them', async () => {
    const runtime = await supervisor.runtime();
    expect(runtime.ready).toBe(true);
    expect(runtime.supervisor.pid).toBe(supervisor.child.pid);
    expect(Object.keys(runtime.services).sort()).toEqual(SERVICES);
    for (const { pid, port } of Object.values(runtime.services)) {
      expect(pid).toBeGreaterThan(0);
      expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    }
    const { postgresPassword, secret } = JSON.parse(
      await readFile(dataDirAt(variables.FOOTFALL_DATA_DIR).secrets, 'utf8'),
    );
    const text = JSON.stringify(runtime);
    expect(text).not.toContain(postgresPassword);
    expect(text).not.toContain(secret);
  });

  test('a second one on the same folder is refused in one line', async () => {
    const second = new SupervisorProcess({
      ...(await ownVariables()),
      FOOTFALL_DATA_DIR: variables.FOOTFALL_DATA_DIR,
    });
    expect(await second.exit).toBe(1);
    expect(second.err).toEqual([
      expect.stringMatching(
        new RegExp(
          `^footfall: Footfall is running on .* already \\(process ${supervisor.child.pid}\\); stop it, or set FOOTFALL_DATA_DIR`,
        ),
      ),
    ]);
    expect(supervisor.hasRuntime()).toBe(true);
  });

  test('takes commands, and tells the state of every part', async () => {
    const { code, out } = await newTenant(variables, 'owner@kiln.example');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ tenant_id: expect.any(String), user_id: expect.any(String) });
    expect(await newTenant(variables, 'owner@kiln.example')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^email_taken: [^\n]*\n$/),
    });
    const status = await admin(variables, ['status', '--json']);
    expect(status.code).toBe(0);
    const { health, lag, freshness, healthy } = JSON.parse(status.out);
    expect(healthy).toBe(true);
    expect(Object.keys(health).sort()).toEqual(
      ['database', 'event_log', 'event_store', 'report_store', ...SERVICES].sort(),
    );
    expect(Object.keys(lag)).toEqual(['processor', 'aggregator']);
    expect(Date.parse(freshness.data_through)).not.toBeNaN();
  });

  test.each(['processor', 'aggregator', 'collector', 'scheduler', 'web'])(
    'a killed %s comes back as another process',
    async (name) => {
      const before = (await supervisor.runtime()).services[name];
      process.kill(before?.pid ?? 0, 'SIGKILL');
      const isBack = async () => {
        const { pid, restarts } = (await supervisor.runtime()).services[name] ?? { pid: 0, restarts: 0 };
        return restarts === 1 && pid !== before?.pid && pid !== 0;
      };
      await expect.poll(isBack, { timeout: 30_000 }).toBe(true);
      await expect
        .poll(async () => (await admin(variables, ['status', '--json'])).code, { timeout: 30_000 })
        .toBe(0);
    },
  );

  test('a killed Postgres comes back at its address, and the services with it', async () => {
    const before = (await supervisor.runtime()).postgres;
    process.kill(before?.pid ?? 0, 'SIGKILL');
    await expect
      .poll(async () => (await supervisor.runtime()).postgres?.pid, { timeout: 30_000 })
      .not.toBe(before?.pid);
    expect((await supervisor.runtime()).postgres?.port).toBe(before?.port);
    await expect
      .poll(async () => (await admin(variables, ['status', '--json'])).code, { timeout: 30_000 })
      .toBe(0);
  });

  test('SIGTERM stops all of it, and leaves no process and no runtime behind', async () => {
    const processes = await supervisor.processes();
    expect(running(processes)).toHaveLength(6);
    expect(await supervisor.stop()).toBe(0);
    expect(running(processes)).toEqual([]);
    expect(supervisor.hasRuntime()).toBe(false);
    expect(supervisor.err.at(-1)).toBe('stopped');
  });
});

describe('an installation that is stopped', { timeout: 180_000 }, () => {
  test('takes commands, several at once in turn, and is told from a healthy one', async () => {
    const variables = await ownVariables();
    const emails = ['a@kiln.example', 'b@kiln.example', 'c@kiln.example'];
    const answers = await Promise.all(emails.map((email) => newTenant(variables, email)));
    expect(answers.map(({ code, err }) => ({ code, err }))).toEqual(emails.map(() => ({ code: 0, err: '' })));
    expect((await newTenant(variables, 'a@kiln.example')).err).toMatch(/^email_taken: /);
    const status = await admin(variables, ['status', '--json']);
    expect(status.code).toBe(1);
    expect(JSON.parse(status.out)).toMatchObject({ running: false, healthy: false });
    await removeDataDir(variables);
  });
});

describe('an end that nobody planned', { timeout: 180_000 }, () => {
  test('when whoever started the supervisor is gone, it stops everything', async () => {
    const variables = await ownVariables();
    const supervisor = new SupervisorProcess(variables);
    await supervisor.ready();
    const processes = await supervisor.processes();
    supervisor.child.disconnect();
    expect(await supervisor.exit).toBe(0);
    expect(running(processes)).toEqual([]);
    await removeDataDir(variables);
  });

  test('stopped while it starts, nothing is left half-started', async () => {
    const variables = await ownVariables();
    const supervisor = new SupervisorProcess(variables);
    await expect.poll(() => supervisor.hasRuntime(), { timeout: 60_000 }).toBe(true);
    const processes = await supervisor.processes();
    await supervisor.stop();
    expect(supervisor.out).toEqual([]);
    expect(running(processes)).toEqual([]);
    expect(supervisor.hasRuntime()).toBe(false);
    await removeDataDir(variables);
  });

  test('when the supervisor itself is killed, the services end and the next start takes over what is left', async () => {
    const variables = await ownVariables();
    const killed = new SupervisorProcess(variables);
    await killed.ready();
    const processes = await killed.processes();
    await newTenant(variables, 'owner@kiln.example');
    killed.child.kill('SIGKILL');
    await killed.exit;

    const next = new SupervisorProcess(variables);
    await next.ready();
    expect(running(processes)).toEqual([]);
    expect((await newTenant(variables, 'owner@kiln.example')).err).toMatch(/^email_taken: /);
    expect(await next.stop()).toBe(0);
    await removeDataDir(variables);
  });
});

test('with DATABASE_URL it starts no Postgres of its own', async () => {
  const database = await freshDatabase();
  const variables = { ...(await ownVariables()), DATABASE_URL: database.url };
  const supervisor = new SupervisorProcess(variables);
  await supervisor.ready();
  expect((await supervisor.runtime()).postgres).toBeNull();
  expect((await newTenant(variables, 'owner@kiln.example')).code).toBe(0);
  expect(await supervisor.stop()).toBe(0);
  await removeDataDir(variables);
  await database.drop();
});

test('with a certificate every port speaks TLS, also among the services themselves', async () => {
  const { cert, key } = selfSigned('stats.example.com');
  const own = await ownVariables();
  const [certFile, keyFile] = ['cert.pem', 'key.pem'].map((name) => path.join(own.FOOTFALL_DATA_DIR, name));
  await writeFile(certFile ?? '', cert);
  await writeFile(keyFile ?? '', key, { mode: 0o600 });
  const variables = { ...own, TLS_CERT: certFile ?? '', TLS_KEY: keyFile ?? '', COLLECTOR_WORKERS: '2' };
  const supervisor = new SupervisorProcess(variables);
  await supervisor.ready();
  expect(supervisor.out).toEqual([`ready https://127.0.0.1:${variables.WEB_PORT}`]);
  const { services, webUrl, tls } = await supervisor.runtime();
  expect([webUrl, tls]).toEqual([`https://127.0.0.1:${variables.WEB_PORT}`, true]);
  for (const { port } of Object.values(services)) {
    const asked = request({
      host: '127.0.0.1',
      port,
      path: '/healthz',
      ca: cert,
      servername: 'stats.example.com',
    });
    const [answer] = await once(asked.end(), 'response');
    expect([answer.statusCode, await text(answer)]).toEqual([200, '{"status":"ok"}']);
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  }
  const status = await admin(variables, ['status', '--json']);
  expect([status.code, status.err]).toEqual([0, '']);
  expect(JSON.parse(status.out)).toMatchObject({
    healthy: true,
    listen_host: '127.0.0.1',
    tls: true,
    warnings: [],
  });
  // What an earlier version left readable is mended by the next start.
  expect(await supervisor.stop()).toBe(0);
  const secrets = dataDirAt(own.FOOTFALL_DATA_DIR).secrets;
  for (const target of [own.FOOTFALL_DATA_DIR, secrets]) await chmod(target, 0o755);
  const again = new SupervisorProcess(variables);
  await again.ready();
  expect(await openToOthers(own.FOOTFALL_DATA_DIR)).toEqual([]);
  expect(await again.stop()).toBe(0);
  await removeDataDir(own);
});
