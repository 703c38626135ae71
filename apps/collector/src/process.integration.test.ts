import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { RawEvent } from '@footfall/core/raw-event';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cuttable, startCollector, type TestCollector } from './collector.fixture.ts';
import { type CollectorProcess, startProcess } from './collector-process.fixture.ts';

let installation: TestCollector;
let dataDir: string;
let running: CollectorProcess[] = [];

beforeAll(async () => {
  installation = await startCollector();
});
afterAll(() => installation.stop());
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'footfall-process-'));
});
afterEach(async () => {
  await Promise.all(running.map((collector) => collector.kill()));
  running = [];
  await rm(dataDir, { recursive: true, force: true });
});

async function start(variables: Parameters<typeof startProcess>[0] = {}): Promise<CollectorProcess> {
  const collector = await startProcess({
    DATABASE_URL: installation.databaseUrl,
    EVENT_LOG_URL: installation.databaseUrl,
    FOOTFALL_DATA_DIR: dataDir,
    ...variables,
  });
  running.push(collector);
  await collector.ready();
  return collector;
}

let sent = 0;
function pageview(): { id: string; body: string } {
  sent += 1;
  const id = `p${sent}`;
  const event = { id, name: 'pageview', url: 'https://shop.example/' };
  return { id, body: JSON.stringify({ site: installation.site.siteKey, events: [event] }) };
}

async function collect(url: string): Promise<{ id: string; status: number }> {
  const { id, body } = pageview();
  const response = await fetch(`${url}/collect`, { method: 'POST', body });
  await response.arrayBuffer();
  return { id, status: response.status };
}

const loggedIds = async () => (await installation.logged<RawEvent>('events')).map(({ id }) => id);
const readMetrics = async (url: string) => (await fetch(`${url}/metrics`)).text();

/** The processes that a process has started and that live. */
async function listChildren(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = pids.map(async (pid) => {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // Behind the name, which may hold anything: the state, then the parent.
    const [, , ppid] = stat.slice(stat.lastIndexOf(')')).split(' ');
    return Number(ppid) === parent ? [Number(pid)] : [];
  });
  return (await Promise.all(found)).flat();
}

describe('started again while Postgres is away', () => {
  test('it goes on with the sites, keys and salts that it knew', async () => {
    const way = await cuttable(installation.databaseUrl);
    const away = { DATABASE_URL: way.url, EVENT_LOG_URL: way.url };
    const first = await start(away);
    const events = [{ name: 'pageview', url: 'https://shop.example/' }];
    const fromServer = (url: string, site: string) =>
      fetch(`${url}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${installation.keys.ingest}` },
        body: JSON.stringify({ site, events }),
      });
    const before = await collect(first.url);
    await fromServer(first.url, installation.site.id);
    await first.stop();
    way.cut();
    const second = await start(away);
    const meanwhile = [await collect(second.url), await collect(second.url)];
    expect([before, ...meanwhile].map(({ status }) => status)).toEqual([202, 202, 202]);
    expect((await fromServer(second.url, installation.site.id)).status).toBe(202);
    // Nobody knows whether there is such a site: the sender had better come again.
    expect((await fromServer(second.url, installation.choosySite.id)).status).toBe(503);
    way.mend();
    const visitors = async () => {
      const found = (await installation.logged<RawEvent>('events')).filter(({ id }) =>
        [before, ...meanwhile].some((one) => one.id === id),
      );
      return [found.length, new Set(found.map(({ visitor }) => visitor)).size];
    };
    // Three events of one visitor: the salt was the same.
    await expect.poll(visitors, { timeout: 20_000 }).toEqual([3, 1]);
    way.close();
  });
});

describe('several processes on one port', () => {
  test('all serve, are measured as one, and one that dies comes again', async () => {
    const { url, child } = await start({ COLLECTOR_WORKERS: '3' });
    const answers = await Promise.all(Array.from({ length: 60 }, () => collect(url)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    await expect.poll(loggedIds).toEqual(expect.arrayContaining(answers.map(({ id }) => id)));
    // Each answer of metrics is of all workers, whichever gives it.
    const counted = async () =>
      /footfall_collector_events_total\{[^}]*outcome="accepted"[^}]*\} (\d+)/.exec(
        await readMetrics(url),
      )?.[1];
    expect(new Set(await Promise.all([counted(), counted(), counted()]))).toEqual(new Set(['60']));

    const alive = () => listChildren(child.pid ?? 0);
    const workers = await alive();
    expect(workers.length).toBe(3);
    const [victim = 0] = workers;
    process.kill(victim, 'SIGKILL');
    await expect
      .poll(alive, { timeout: 20_000 })
      .toSatisfy((pids: number[]) => pids.length === 3 && !pids.includes(victim));
    expect((await collect(url)).status).toBe(202);
  });

  test('a port in use is one line and the end of all of them', async () => {
    const taken = await start();
    const second = await startProcess({
      DATABASE_URL: installation.databaseUrl,
      FOOTFALL_DATA_DIR: dataDir,
      COLLECTOR_WORKERS: '2',
      COLLECTOR_PORT: String(taken.port),
    });
    running.push(second);
    expect(await second.exit).toBe(1);
    expect(await second.stdout).toMatch(/port \d+ is in use; set COLLECTOR_PORT to another/);
  });
});

/** A load balancer as there are many: asks each collector whether it is ready, and sends to those that are. */
async function balance(urls: readonly string[]): Promise<{ url: string; close(): void }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  let ready = [...urls];
  let turn = 0;
  const closed = new AbortController();
  const isReady = async (url: string) => {
    const response = await fetch(`${url}/readyz`).catch(() => null);
    await response?.arrayBuffer();
    return response?.status === 200;
  };
  // Each by itself, one look after the other: one that is slow to answer says nothing of the other, and nothing that is out of date.
  for (const url of urls)
    void (async () => {
      while (!closed.signal.aborted) {
        const is = await isReady(url);
        ready = urls.filter((other) => (other === url ? is : ready.includes(other)));
        await pause(200);
      }
    })();
  const server: Server = createServer((incoming, answer) => {
    turn += 1;
    const target = new URL(incoming.url ?? '/', ready[turn % ready.length] ?? urls[0]);
    const outgoing = request(target, { method: incoming.method ?? 'GET', headers: incoming.headers, agent });
    outgoing.on('response', (response) => {
      answer.writeHead(response.statusCode ?? 502);
      response.pipe(answer);
    });
    outgoing.on('error', () => answer.writeHead(502).end());
    incoming.pipe(outgoing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = () => {
    closed.abort();
    agent.destroy();
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

test('told to stop under load, it drops no request: each is answered, and what was answered is in the log', async () => {
  const [leaving, staying] = await Promise.all([start(), start()]);
  const balancer = await balance([leaving.url, staying.url]);
  const answers: { id: string; status: number }[] = [];
  let isOver = false;
  const load = Array.from({ length: 16 }, async () => {
    while (!isOver) answers.push(await collect(balancer.url));
  });
  await expect.poll(() => answers.length).toBeGreaterThan(100);
  const before = answers.length;
  await leaving.stop();
  await pause(500);
  isOver = true;
  await Promise.all(load);
  balancer.close();
  expect(answers.filter(({ status }) => status !== 202)).toEqual([]);
  expect(answers.length).toBeGreaterThan(before);
  await expect.poll(loggedIds).toEqual(expect.arrayContaining(answers.map(({ id }) => id)));
  const ids = await loggedIds();
  expect(new Set(ids).size).toBe(ids.length);
});

test('a proxy that nobody has named is in the log, with what to set', async () => {
  const collector = await start({ TRUSTED_PROXIES: '' });
  const headers = { 'x-forwarded-for': '198.51.100.7' };
  for (let n = 0; n < 3; n += 1)
    await fetch(`${collector.url}/collect`, { method: 'POST', body: pageview().body, headers });
  await collector.stop();
  const lines = (await collector.stdout).split('\n').filter((line) => line.includes('TRUSTED_PROXIES'));
  expect(lines).toEqual([expect.stringContaining('set TRUSTED_PROXIES=127.0.0.1 ')]);
  expect(lines[0]).not.toContain('198.51.100.7');
});
