import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RawEvent } from '@footfall/core/raw-event';
import { openEventLog } from '@footfall/eventlog/open';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AGENT, cuttable, startCollector, type TestCollector } from './collector.fixture.ts';
import { startProcess } from './collector-process.fixture.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startCollector();
});
afterAll(() => collector.stop());

const view = (more: object = {}) => ({
  id: crypto.randomUUID(),
  name: 'pageview',
  url: 'https://shop.example/p/1',
  ...more,
});

type Sent = { events?: readonly unknown[]; headers?: Record<string, string>; to?: string };

function send({ events = [view()], headers = {}, to = collector.url }: Sent = {}): Promise<Response> {
  const body = JSON.stringify({ site: collector.site.siteKey, events });
  return fetch(`${to}/collect`, { method: 'POST', body, headers: { 'user-agent': AGENT, ...headers } });
}

describe('what was answered is in the log', () => {
  test('at the moment of the answer, seen from another connection', async () => {
    for (let sent = 0, before = await collector.count('events'); sent < 30; ) {
      expect((await send({ events: [view(), view()] })).status).toBe(202);
      sent += 2;
      expect(await collector.count('events')).toBe(before + sent);
    }
  });

  test('accepted and refused add up to what was received, however many at once', async () => {
    const counts = () => Promise.all([collector.count('events'), collector.count('rejected')]);
    const [events, rejected] = await counts();
    await Promise.all(
      Array.from({ length: 100 }, () => send({ events: [view(), view({ name: '' }), view()] })),
    );
    expect(await counts()).toEqual([events + 200, rejected + 100]);
  });
});

describe('while an engine is away', () => {
  test('the log: 503 says when to try again; then it goes on by itself', async () => {
    const way = await cuttable(collector.databaseUrl);
    const log = openEventLog(way.url, { name: 'cut' });
    const { url: to } = await collector.serve({ log });
    expect((await send({ to })).status).toBe(202);
    way.cut();
    const response = await send({ to });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toMatchObject({ error: { code: 'log_unavailable' } });
    way.mend();
    await expect.poll(async () => (await send({ to })).status, { timeout: 20_000 }).toBe(202);
    await log.close();
    way.close();
  });

  test.each([
    ['sites', { findSite: () => Promise.reject(new Error('away')) }],
    ['salts', { saltOf: () => Promise.reject(new Error('away')) }],
  ])('the control plane, with nothing known of its %s: 503', async (_, with_) => {
    const { url: to } = await collector.serve(with_);
    const response = await send({ to });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await response.json()).toMatchObject({ error: { code: 'unavailable' } });
  });
});

describe('who it was', () => {
  test('leaves neither the address nor a trace of it in the database', async () => {
    const addresses = ['203.0.113.99', '2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff', '198.51.100.77'];
    const ids = [crypto.randomUUID(), crypto.randomUUID()];
    await send({ events: [view({ id: ids[0] }), 7], headers: { 'x-forwarded-for': addresses[0] ?? '' } });
    await send({ events: [view({ id: ids[1] }), 7], headers: { 'x-forwarded-for': addresses[1] ?? '' } });
    await fetch(`${collector.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${collector.keys.ingest}` },
      body: JSON.stringify({ site: collector.site.id, events: [view({ ip: addresses[2] })] }),
    });
    const events = await collector.logged<RawEvent>('events');
    const networks = ids.map((id) => events.find((event) => event.id === id)?.ip);
    expect(networks).toEqual(['203.0.113.0', '2001:db8:aaaa::']);
    const { rows } = await collector.pool.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    expect(rows.map(({ name }) => name)).toContain('eventlog.batch');
    const tables = rows.map(({ name }) => collector.pool.query(`SELECT t::text AS row FROM ${name} t`));
    const stored = (await Promise.all(tables)).flatMap((table) => table.rows as { row: string }[]);
    const everything = JSON.stringify([events, await collector.logged('rejected'), stored]);
    for (const address of addresses) expect(everything).not.toContain(address);
    expect(everything).not.toContain('bbbb:cccc');
  });
});

describe('whatever is sent', () => {
  const awkward = fc.constantFrom<unknown>(
    JSON.parse('{"__proto__":{"name":"x"},"constructor":1}'),
    { name: 'a\0b', url: 'https://a.example/\0', title: '\ud800' },
    { name: 'pageview', url: 'https://a.example/', ts: 1e308, props: { toString: 'x', __proto__: null } },
    { name: 'pageview', url: `https://${'a'.repeat(5_000)}.example/` },
    { name: 'pageview', url: 'https://[::1', screen: [1e9, -1] },
    { name: 'x', url: 'https://a.example/', revenue: { amount: '9'.repeat(400), currency: 'EUR' } },
    { name: 'x', url: 'https://a.example/', items: Array(300).fill({ sku: 'a' }) },
  );
  const strange = fc.oneof(
    fc.jsonValue(),
    awkward,
    fc.record({
      name: fc.jsonValue(),
      url: fc.oneof(fc.webUrl(), fc.string()),
      ts: fc.jsonValue(),
      props: fc.jsonValue(),
      items: fc.jsonValue(),
      revenue: fc.jsonValue(),
      id: fc.jsonValue(),
    }),
  );

  test('a good event between strange ones is kept', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(strange, { maxLength: 5 }), fc.nat(5), async (others, place) => {
        const response = await send({ events: others.toSpliced(place, 0, view()) });
        expect(response.status).toBe(202);
        const { accepted, rejected } = (await response.json()) as {
          accepted: number;
          rejected: { index: number }[];
        };
        expect(rejected.map(({ index }) => index)).not.toContain(Math.min(place, others.length));
        expect(accepted + rejected.length).toBe(others.length + 1);
      }),
      { numRuns: 200 },
    );
  });

  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: 'binary' }).map((said) => Buffer.from(said)),
  );
  const shape = fc
    .record({ site: fc.jsonValue(), events: fc.jsonValue() }, { requiredKeys: [] })
    .map((body) => Buffer.from(JSON.stringify(body)));

  test.each([
    ['/collect', {}],
    ['/v1/events', { 'content-encoding': 'gzip' }],
    ['/v1/events', { 'content-type': 'text/plain; charset=utf-16' }],
  ])('no body at %s is a fault of ours (%j)', async (path, headers) => {
    const authorization = `Bearer ${collector.keys.ingest}`;
    await fc.assert(
      fc.asyncProperty(fc.oneof(bytes, shape), async (body) => {
        const request = { method: 'POST', body: Buffer.from(body), headers: { ...headers, authorization } };
        const response = await fetch(collector.url + path, request);
        expect(response.status).toBeGreaterThanOrEqual(400);
        expect(response.status).toBeLessThan(500);
        expect(await response.json()).toMatchObject({
          error: { code: expect.any(String), message: expect.any(String) },
        });
      }),
      { numRuns: 150 },
    );
  });

  test('no address of the pixel is a fault of ours', async () => {
    const word = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('%', '%zz', '%00', collector.site.siteKey),
    );
    const query = fc.dictionary(fc.constantFrom('site', 'u', 'url', 'r', 't', 'id', '__proto__'), word);
    await fc.assert(
      fc.asyncProperty(query, async (said) => {
        const asked = Object.entries(said).map(
          ([name, value]) => `${name}=${value.replaceAll(/[\s#]/g, '+')}`,
        );
        expect((await fetch(`${collector.url}/pixel.gif?${asked.join('&')}`)).status).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    ['lists that never end', '['.repeat(100_000), 400],
    ['lists in lists', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, 400],
    ['objects in objects', `{"site":"x","events":[${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}]}`, 404],
  ])('%s', async (_, body, status) => {
    expect((await fetch(`${collector.url}/collect`, { method: 'POST', body })).status).toBe(status);
  });

  test('deep nesting in an event refuses or ignores it, and keeps its neighbour', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const good = (more = '') =>
      `{"id":"${crypto.randomUUID()}","name":"x","url":"https://a.example/"${more}}`;
    const events = [good(`,"unknown":${deep}`), good(`,"props":${deep}`), good()];
    const body = `{"site":"${collector.site.siteKey}","events":[${events.join()}]}`;
    const response = await fetch(`${collector.url}/collect`, { method: 'POST', body });
    expect(await response.json()).toMatchObject({
      accepted: 2,
      rejected: [{ index: 1, reason: 'invalid_event' }],
    });
  });
});

describe('the process', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'footfall-collector-'));
  });
  afterAll(() => rm(dataDir, { recursive: true }));

  const start = (variables: Parameters<typeof startProcess>[0] = {}) =>
    startProcess({ DATABASE_URL: collector.databaseUrl, FOOTFALL_DATA_DIR: dataDir, ...variables });

  test('answers all that it has in hand when it is told to stop; what it answered is in the log', async () => {
    const { child, url: to, stdout, exit, ready } = await start({ COLLECTOR_EVENTS_PER_SECOND: '0' });
    await ready();
    const before = await collector.count('events');
    let answered = 0;
    let stopped = false;
    const sender = async () => {
      while (!stopped) {
        const response = await send({ to, headers: { 'x-forwarded-for': '203.0.113.88' } }).catch(() => null);
        if (response === null) return;
        expect(response.status).toBe(202);
        answered += 1;
      }
    };
    const senders = Array.from({ length: 16 }, sender);
    await expect.poll(() => answered, { timeout: 20_000 }).toBeGreaterThan(100);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    stopped = true;
    await Promise.all(senders);
    expect(await collector.count('events')).toBeGreaterThanOrEqual(before + answered);
    expect(await stdout).toContain('"msg":"stopped"');
    expect(await stdout).not.toContain('203.0.113.88');
  });

  test('a port in use is one line that names the variable, and exit code 1', async () => {
    const port = new URL(collector.url).port;
    const { stdout, stderr, exit } = await start({ COLLECTOR_PORT: port });
    expect([await exit, await stderr]).toEqual([1, '']);
    const lines = (await stdout).trim().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      level: 'fatal',
      msg: expect.stringContaining(`port ${port} is in use; set COLLECTOR_PORT`),
    });
    expect(await stdout).not.toContain('stack');
  });

  test('a bad setting is one line that names it', async () => {
    const { stdout, stderr, exit } = await start({ FOOTFALL_SECRET: 'short' });
    expect([await exit, await stderr]).toEqual([1, '']);
    expect(JSON.parse(await stdout)).toMatchObject({
      level: 'fatal',
      msg: expect.stringContaining('FOOTFALL_SECRET'),
    });
  });

  test('is there by address and by name, and ready only with what it needs', async () => {
    const { child, port, url: to, exit, ready } = await start();
    await ready();
    for (const host of ['127.0.0.1', 'localhost']) {
      expect((await fetch(`http://${host}:${port}/healthz`)).status).toBe(200);
    }
    const { checks } = (await (await fetch(`${to}/readyz`)).json()) as { checks: Record<string, string> };
    expect(checks).toMatchObject({ database: 'ok', log: 'ok', tracker: expect.any(String) });
    child.disconnect();
    expect(await exit).toBe(0);
  });
});

/** What a sender hears who never comes to an end of its request. */
async function heardByDripping(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  let heard = '';
  socket.write('POST /collect HTTP/1.1\r\nhost: a\r\ncontent-length: 100000\r\n\r\n');
  const dripping = setInterval(() => socket.write('x'), 1_000);
  socket.on('data', (data) => {
    heard += data.toString();
    clearInterval(dripping);
  });
  // Who sends a byte in the moment in which the other hangs up is told nothing but that.
  socket.on('error', () => undefined);
  await closed;
  clearInterval(dripping);
  return heard;
}

test('a sender who takes for ever is cut off with 408, and keeps nobody else waiting', async () => {
  const { server, url } = await collector.serve({});
  // As in production, but sooner; it is looked at every five seconds.
  server.headersTimeout = 1_000;
  server.requestTimeout = 1_000;
  const cutOff = async () => {
    for (let tries = 0; tries < 5; tries += 1) {
      const heard = await heardByDripping(Number(new URL(url).port));
      if (heard !== '') return heard;
    }
    return 'hung up on without a word, five times';
  };
  const dripping = cutOff();
  const body = JSON.stringify({ site: collector.site.siteKey, events: [view()] });
  expect((await fetch(`${url}/collect`, { method: 'POST', body })).status).toBe(202);
  expect(await dripping).toMatch(/^HTTP\/1\.1 408 /);
}, 60_000);
