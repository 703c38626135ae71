import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { RejectedEvent } from '@footfall/core/raw-event';
import type { LogRecord } from '@footfall/eventlog/event-log';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { AGENT, startCollector, type TestCollector } from './collector.fixture.ts';
import { Rates } from './rates.ts';
import { Refusals } from './refusals.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startCollector();
});
afterAll(() => collector.stop());

let sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
});

const MIB = 1024 * 1024;
const view = () => ({ id: crypto.randomUUID(), name: 'pageview', url: 'https://shop.example/' });

type Sent = { to?: string; from?: string; events?: readonly object[]; site?: string };

async function collect({ to = collector.url, from = '198.51.100.1', ...body }: Sent = {}): Promise<number> {
  const { events = [view()], site = collector.site.siteKey } = body;
  const response = await fetch(`${to}/collect`, {
    method: 'POST',
    body: JSON.stringify({ site, events }),
    headers: { 'user-agent': AGENT, 'x-forwarded-for': from },
  });
  await response.arrayBuffer();
  return response.status;
}

/** Begins a request of 5 MiB with an API key, sends most of it, and no more. */
function sendSlowly(to: string, from: string): Promise<Socket> {
  const socket = connect(Number(new URL(to).port), '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  const head = [
    'POST /v1/events HTTP/1.1',
    'host: a',
    `authorization: Bearer ${collector.keys.ingest}`,
    `x-forwarded-for: ${from}`,
    `content-length: ${5 * MIB}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  return new Promise((resolve) => {
    socket.write(Buffer.alloc(4.9 * MIB, ' '), () => resolve(socket));
  });
}

describe('slow senders of large bodies', () => {
  test.each([
    ['another address', '198.51.100.1'],
    ['their own address', '203.0.113.9'],
  ])('twenty of them do not keep out who sends from %s', async (_, from) => {
    const { url: to } = await collector.serve({});
    await Promise.all(Array.from({ length: 20 }, () => sendSlowly(to, '203.0.113.9')));
    const statuses = await Promise.all(Array.from({ length: 20 }, () => collect({ to, from })));
    expect(new Set(statuses)).toEqual(new Set([202]));
  });

  test('forty of forty addresses do not, either', async () => {
    const { url: to } = await collector.serve({});
    await Promise.all(Array.from({ length: 40 }, (_, n) => sendSlowly(to, `203.0.113.${n}`)));
    const statuses = await Promise.all(Array.from({ length: 20 }, () => collect({ to })));
    expect(new Set(statuses)).toEqual(new Set([202]));
  });

  test('a body that hardly comes is cut off with 408', async () => {
    const socket = connect(Number(new URL(collector.url).port), '127.0.0.1');
    sockets.push(socket);
    let heard = '';
    socket.on('data', (data) => {
      heard += data.toString();
    });
    socket.on('error', () => undefined);
    socket.write('POST /collect HTTP/1.1\r\nhost: a\r\ncontent-length: 100000\r\n\r\n{"site":');
    await expect.poll(() => heard, { timeout: 25_000 }).toMatch(/^HTTP\/1\.1 408 /);
    expect(heard).toContain('too_slow');
  }, 40_000);
});

describe('limits of one network', () => {
  test('all addresses of an IPv6 /64 are one sender, another /64 is not', async () => {
    const { url: to } = await collector.serve({ requestsPerSecond: 1 });
    const statuses = await Promise.all(
      Array.from({ length: 14 }, (_, n) => collect({ to, from: `2001:db8:1:2:${n}::1` })),
    );
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(1);
    expect(await collect({ to, from: '2001:db8:1:3::1' })).toBe(202);
  });

  test('events of one address for one site have an end, which the ledger shows; other addresses and sites have their own', async () => {
    const told: LogRecord[] = [];
    const refusals = new Refusals({ append: async (records) => void told.push(...records) });
    const { url: to } = await collector.serve({ eventsPerSecond: 1, refusals });
    const events = Array.from({ length: 10 }, view);
    const from = '198.51.100.40';
    expect(await collect({ to, from, events })).toBe(202);
    expect(await collect({ to, from, events })).toBe(429);
    expect(await collect({ to, from: '198.51.100.41', events })).toBe(202);
    expect(await collect({ to, from, events, site: collector.choosySite.siteKey })).toBe(202);
    await refusals.stop();
    expect(told.map(({ value }) => JSON.parse(value) as RejectedEvent)).toEqual([
      expect.objectContaining({ siteId: collector.site.id, reason: 'rate_limited', count: 10 }),
    ]);
    const metrics = await (await fetch(`${to}/metrics`)).text();
    expect(metrics).toMatch(/footfall_collector_limited_total\{limit="events"[^}]*\} 1/);
  });

  test('a server with an API key is not meant', async () => {
    const { url } = await collector.serve({ eventsPerSecond: 1 });
    const body = JSON.stringify({ site: collector.site.id, events: Array.from({ length: 500 }, view) });
    const headers = { authorization: `Bearer ${collector.keys.ingest}`, 'x-forwarded-for': '198.51.100.42' };
    for (let n = 0; n < 3; n += 1)
      expect((await fetch(`${url}/v1/events`, { method: 'POST', body, headers })).status).toBe(202);
  });

  test('keys that a stranger makes up ask the database a bounded number of times, and keep nobody out', async () => {
    expect(await collect()).toBe(202);
    let asked = 0;
    // Buckets that do not fill: 200 at once, whatever the machine takes.
    const { url: to } = await collector.serve({
      rates: new Rates(() => 0),
      findSite: async (reference) => {
        asked += 1;
        return reference === collector.site.siteKey ? collector.findSite(reference) : null;
      },
      knows: {
        site: (reference) => reference === collector.site.siteKey,
        domain: () => false,
        apiKey: () => false,
      },
    });
    const from = '2001:db8:5:6::1';
    const statuses: number[] = [];
    for (let round = 0; round < 20; round += 1)
      statuses.push(
        ...(await Promise.all(
          Array.from({ length: 25 }, (_, n) =>
            collect({ to, from: `2001:db8:5:6:${n}::1`, site: crypto.randomUUID() }),
          ),
        )),
      );
    expect(new Set(statuses)).toEqual(new Set([404, 429]));
    expect(asked).toBe(200);
    expect([await collect({ to, from }), await collect({ to, from: '198.51.100.50' })]).toEqual([202, 202]);
  });
});

/** Status and headers of any method, also such as browsers may not send. */
function ask(method: string, path: string, to = collector.url) {
  return new Promise<{ status: number; headers: Record<string, unknown> }>((resolve, reject) => {
    const asked = httpRequest(to + path, { method, headers: { connection: 'close' } }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
    });
    asked.on('error', reject).end();
  });
}

describe('answers', () => {
  test.each([
    ['TRACE', '/collect', 405],
    ['TRACE', '/', 404],
    ['TRACE', '/healthz', 405],
    ['DELETE', '/a.js', 405],
    ['OPTIONS', '/collect', 204],
    ['GET', '/a.js', 200],
    ['GET', '/pixel.gif', 400],
    ['GET', '/nothing', 404],
    ['GET', '/healthz', 200],
    ['GET', '/readyz', 200],
    ['GET', '/metrics', 200],
  ])('%s %s: %i, and no browser takes it for something else', async (method, path, status) => {
    const answered = await ask(method, path);
    expect([answered.status, answered.headers['x-content-type-options']]).toEqual([status, 'nosniff']);
    expect(answered.headers).not.toHaveProperty('strict-transport-security');
  });

  test.each(['/collect', '/healthz', '/nothing'])('behind TLS %s says so', async (path) => {
    const { url } = await collector.serve({ isSecure: true });
    expect((await ask('GET', path, url)).headers['strict-transport-security']).toMatch(/^max-age=\d{8}/);
  });

  test('a multipart body that is broken is the sender’s fault', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const response = await fetch(`${collector.url}/collect`, {
      method: 'POST',
      body: '--x\r\ncontent',
      headers,
    });
    expect(response.status).toBe(400);
  });
});

test('a key that is revoked ends at once', async () => {
  const { rows } = await collector.pool.query<{ id: string }>(
    `SELECT id FROM api_key WHERE scopes = '{ingest}' AND tenant_id = (SELECT tenant_id FROM site WHERE id = $1)`,
    [collector.site.id],
  );
  const send = async () => {
    const body = JSON.stringify({ site: collector.site.id, events: [view()] });
    const headers = { authorization: `Bearer ${collector.keys.ingest}` };
    return (await fetch(`${collector.url}/v1/events`, { method: 'POST', body, headers })).status;
  };
  expect(await send()).toBe(202);
  await collector.pool.query('UPDATE api_key SET revoked_at = now() WHERE id = $1', [rows[0]?.id]);
  await expect.poll(send, { timeout: 5_000 }).toBe(401);
});
