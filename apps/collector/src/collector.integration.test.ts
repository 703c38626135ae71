import { gzipSync } from 'node:zlib';
import { ledgerOf } from '@footfall/core/ledger';
import type { RawEvent } from '@footfall/core/raw-event';
import { statedVisitorKey } from '@footfall/core/visitor';
import { ApiKeyDirectory } from '@footfall/db/api-key-directory';
import { prepareControlPlane } from '@footfall/db/prepare';
import { connectDatabase } from '@footfall/db/prisma';
import { SaltDirectory } from '@footfall/db/salt-directory';
import { inTenant } from '@footfall/db/scope';
import { SiteDirectory } from '@footfall/db/site-directory';
import { createTenant } from '@footfall/db/tenant';
import type { EventLog } from '@footfall/eventlog/event-log';
import { openEventLog, prepareEventLog } from '@footfall/eventlog/open';
import { connectPool, type Pool } from '@footfall/postgres/pool';
import { createRegistry } from '@footfall/service/health';
import { closeServer, listen } from '@footfall/service/listen';
import { createLogger } from '@footfall/service/logger';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RoutePorts } from './routes.ts';
import { type CollectorServer, createCollectorServer } from './server.ts';

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0';
const logger = createLogger({ name: 'test', level: 'silent' });

let database: TestDatabase;
let pool: Pool;
let log: EventLog;
let ports: RoutePorts;
let collector: CollectorServer;
let url: string;
let siteKey: string;
let siteId: string;
let apiKey: string;
let foreignKey: string;
let readKey: string;

async function serve(with_: Partial<RoutePorts> = {}): Promise<{ server: CollectorServer; url: string }> {
  const health = { checks: { log: () => log.ping() }, registry: createRegistry('test') };
  const server = createCollectorServer({ ...ports, ...with_ }, health, logger);
  return { server, url: `http://127.0.0.1:${await listen(server.server, 0, 'COLLECTOR_PORT')}` };
}

beforeAll(async () => {
  database = await freshDatabase();
  await prepareControlPlane(database.url);
  await prepareEventLog(database.url);
  pool = connectPool(database.url, { name: 'test' });
  log = openEventLog(database.url, { name: 'test' });
  const db = connectDatabase(database.url);
  const newTenant = (email: string) => createTenant(db, { name: 'Shop', email, password: 'correct horse' });
  const own = inTenant(db, (await newTenant('a@shop.example')).tenantId);
  const other = inTenant(db, (await newTenant('b@shop.example')).tenantId);
  ({ id: siteId, siteKey } = await own.sites.create({ domain: 'shop.example', actor: 'cli' }));
  ({ apiKey } = await own.apiKeys.create({ scopes: ['ingest'], actor: 'cli' }));
  ({ apiKey: readKey } = await own.apiKeys.create({ scopes: ['stats'], actor: 'cli' }));
  ({ apiKey: foreignKey } = await other.apiKeys.create({ scopes: ['ingest'], actor: 'cli' }));
  await db.$disconnect();
  const [sites, salts, apiKeys] = [
    new SiteDirectory(pool),
    new SaltDirectory(pool),
    new ApiKeyDirectory(pool),
  ];
  ports = {
    log,
    findSite: (reference) => sites.find(reference),
    findApiKey: (key) => apiKeys.find(key),
    saltOf: (day) => salts.of(day),
    statedVisitorKey: statedVisitorKey('x'.repeat(32)),
    trustedProxies: new Set(['127.0.0.1']),
    now: Date.now,
    script: { plain: Buffer.from('track()'), gzipped: gzipSync('track()'), etag: '"abc"' },
  };
  ({ server: collector, url } = await serve());
});
afterAll(async () => {
  await closeServer(collector.server);
  await log.close();
  await pool.end();
  await database.drop();
});

const view = (more: object = {}) => ({
  id: crypto.randomUUID(),
  name: 'pageview',
  url: 'https://shop.example/p/1',
  ...more,
});
const post = (path: string, body: string | Buffer<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(url + path, { method: 'POST', body, headers: { 'user-agent': AGENT, ...headers } });
const collect = (events: unknown, headers: Record<string, string> = {}) =>
  post('/collect', JSON.stringify({ site: siteKey, events }), { 'content-type': 'text/plain', ...headers });
const serverSend = (events: unknown, key = apiKey, site = siteId) =>
  post('/v1/events', JSON.stringify({ site, events }), { authorization: `Bearer ${key}` });

/** Everything in the log of a topic, read as another process would. */
async function logged<T>(topic: 'events' | 'rejected'): Promise<T[]> {
  const reader = openEventLog(database.url, { name: 'reader' });
  const values: T[] = [];
  const consumer = await reader.consume({
    group: crypto.randomUUID(),
    topics: [topic],
    maxRecords: 10_000,
    onError: () => undefined,
    onBatch: async ({ records }) => void values.push(...records.map(({ value }) => JSON.parse(value) as T)),
  });
  const waiting = [...(await reader.tally(topic, [], siteId)).values()].reduce(
    (sum, count) => sum + count,
    0,
  );
  await expect.poll(() => values.length).toBeGreaterThanOrEqual(waiting);
  await consumer.stop();
  await reader.close();
  return values;
}

describe('POST /collect', () => {
  test('answers 202 when the events are in the log, each refusal by index, id and reason', async () => {
    const [good, bad] = [view(), view({ url: 'nowhere' })];
    const response = await collect([good, bad]);
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({
      accepted: 1,
      rejected: [{ index: 1, id: bad.id, reason: 'invalid_url', message: expect.stringContaining('url') }],
    });
    expect((await logged<RawEvent>('events')).map(({ id }) => id)).toContain(good.id);
    expect(await logged('rejected')).toContainEqual(
      expect.objectContaining({ id: bad.id, reason: 'invalid_url', siteId }),
    );
  });

  test('keeps the network of an address, and never the address', async () => {
    const event = view();
    await collect([event], { 'x-forwarded-for': '203.0.113.99' });
    const all = await logged<RawEvent>('events');
    expect(all.find(({ id }) => id === event.id)).toMatchObject({ ip: '203.0.113.0', userAgent: AGENT });
    expect(JSON.stringify(all)).not.toContain('203.0.113.99');
  });

  test('the same address and agent are one visitor; another of either is another', async () => {
    const events = [view(), view(), view(), view()];
    await collect([events[0]], { 'x-forwarded-for': '203.0.113.1' });
    await collect([events[1]], { 'x-forwarded-for': '203.0.113.1' });
    await collect([events[2]], { 'x-forwarded-for': '203.0.113.2' });
    await collect([events[3]], { 'x-forwarded-for': '203.0.113.1', 'user-agent': 'Other' });
    const all = await logged<RawEvent>('events');
    const visitors = events.map((event) => all.find(({ id }) => id === event.id)?.visitor);
    expect(visitors[0]).toBe(visitors[1]);
    expect(new Set(visitors).size).toBe(3);
  });

  test.each([
    ['not JSON', '{', 400, 'invalid_json', undefined],
    ['no object', '[]', 400, 'invalid_body', undefined],
    ['no site', '{"events":[]}', 400, 'invalid_body', 'site'],
    ['no list', '{"site":"x","events":{}}', 400, 'invalid_body', 'events'],
    ['an unknown site', '{"site":"ff_nobody","events":[]}', 404, 'unknown_site', 'site'],
    ['501 events', JSON.stringify({ site: 'x', events: Array(501).fill({}) }), 413, 'too_large', 'events'],
    ['more than 256 KiB', `{"site":"${'x'.repeat(256 * 1024)}"}`, 413, 'too_large', undefined],
  ])('%s is refused as a whole, by code and place', async (_, body, status, code, path) => {
    const response = await post('/collect', body);
    expect(response.status).toBe(status);
    const { error } = (await response.json()) as { error: { code: string; message: string; path?: string } };
    expect({ code: error.code, path: error.path }).toEqual({ code, path });
    expect(error.message).not.toMatch(/\bat .*\.ts|Error:/);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('a page may ask first whether it may send', async () => {
    const response = await fetch(`${url}/collect`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example' },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-headers')).toContain('content-type');
  });

  test('only the origins that a site lists may send, when it lists any', async () => {
    const site = {
      id: 's',
      tenantId: 't',
      timezone: 'UTC',
      enabled: true,
      allowedOrigins: ['https://shop.example'],
      retentionDays: 10,
    };
    const { server, url: other } = await serve({ findSite: async () => site });
    const send = (origin: string) =>
      fetch(`${other}/collect`, {
        method: 'POST',
        headers: { origin },
        body: JSON.stringify({ site: 'k', events: [view()] }),
      });
    expect((await send('https://shop.example')).status).toBe(202);
    const refused = await send('https://evil.example');
    expect([refused.status, ((await refused.json()) as { error: { code: string } }).error.code]).toEqual([
      403,
      'origin_not_allowed',
    ]);
    await closeServer(server.server);
  });

  test('a site that is switched off receives, and refuses each event', async () => {
    const site = {
      id: 'off',
      tenantId: 't',
      timezone: 'UTC',
      enabled: false,
      allowedOrigins: [],
      retentionDays: 10,
    };
    const { server, url: other } = await serve({ findSite: async () => site });
    const response = await fetch(`${other}/collect`, {
      method: 'POST',
      body: JSON.stringify({ site: 'k', events: [view()] }),
    });
    expect(await response.json()).toMatchObject({ accepted: 0, rejected: [{ reason: 'site_disabled' }] });
    await closeServer(server.server);
  });
});

describe('POST /v1/events', () => {
  test('takes the past, stated visitors, addresses and agents', async () => {
    const id = 'order-77';
    const events = [
      view({
        id,
        timestamp: '2025-06-01T12:00:00Z',
        visitor: 'customer-1',
        ip: '203.0.113.5',
        user_agent: 'Shop app',
      }),
    ];
    expect(await (await serverSend(events)).json()).toEqual({ accepted: 1, rejected: [] });
    const found = (await logged<RawEvent>('events')).find((event) => event.id === id);
    expect(found).toMatchObject({
      occurredAt: Date.parse('2025-06-01T12:00:00Z'),
      ip: '203.0.113.0',
      userAgent: 'Shop app',
    });
    expect(found?.visitor).not.toContain('customer-1');
  });

  test('an old event without a visitor is refused by name', async () => {
    const response = await serverSend([view({ timestamp: '2025-06-01T12:00:00Z' })]);
    expect(await response.json()).toMatchObject({ accepted: 0, rejected: [{ reason: 'visitor_required' }] });
  });

  test('takes gzip, and no bomb', async () => {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-encoding': 'gzip' };
    const packed = (body: string) => post('/v1/events', Buffer.from(gzipSync(body)), headers);
    expect((await packed(JSON.stringify({ site: siteKey, events: [view()] }))).status).toBe(202);
    expect((await packed(' '.repeat(50_000_000))).status).toBe(413);
    expect((await post('/v1/events', 'not gzip', headers)).status).toBe(400);
    expect((await post('/v1/events', '{}', { ...headers, 'content-encoding': 'lzma' })).status).toBe(415);
  });

  test('no key, a wrong key, a key without the scope, a key of another tenant', async () => {
    const status = async (response: Promise<Response>) => (await response).status;
    expect(await status(post('/v1/events', '{}'))).toBe(401);
    expect(await status(serverSend([view()], 'ffk_wrong'))).toBe(401);
    expect(await status(serverSend([view()], readKey))).toBe(403);
    expect(await status(serverSend([view()], foreignKey))).toBe(403);
    expect(await status(serverSend([view()], apiKey, 'site_nowhere'))).toBe(404);
  });
});

describe('the rest of the front door', () => {
  test('the pixel counts a page view of the page it stands in', async () => {
    const response = await fetch(`${url}/pixel.gif?site=${siteKey}`, {
      headers: { referer: 'https://shop.example/no-script', 'user-agent': AGENT },
    });
    expect([
      response.status,
      response.headers.get('content-type'),
      response.headers.get('cache-control'),
    ]).toEqual([200, 'image/gif', 'no-store']);
    expect(
      (await logged<RawEvent>('events')).some((event) => event.url === 'https://shop.example/no-script'),
    ).toBe(true);
  });

  test('the tracker is cached, compressed and revalidated', async () => {
    const response = await fetch(`${url}/a.js`);
    expect([await response.text(), response.headers.get('content-encoding')]).toEqual(['track()', 'gzip']);
    const again = await fetch(`${url}/a.js`, { headers: { 'if-none-match': '"abc"' } });
    expect(again.status).toBe(304);
  });

  test.each(['/healthz', '/readyz', '/metrics'])('%s answers', async (path) => {
    expect((await fetch(url + path)).status).toBe(200);
  });

  test('what is not there, or not that way, is said', async () => {
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    const response = await fetch(`${url}/collect`);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

test('while the log takes nothing, 503 says when to try again; then it goes on', async () => {
  const dead = openEventLog(database.url.replace(/:\d+\//, ':1/'), { name: 'dead' });
  const { server, url: other } = await serve({ log: dead });
  const response = await fetch(`${other}/collect`, {
    method: 'POST',
    body: JSON.stringify({ site: siteKey, events: [view()] }),
  });
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
  expect(await response.json()).toMatchObject({ error: { code: 'log_unavailable' } });
  await closeServer(server.server);
  await dead.close();
  expect((await collect([view()])).status).toBe(202);
});

test('no body whatsoever gives a 5xx, or loses a good event beside it', async () => {
  const strange = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(
      JSON.parse('{"__proto__":{"name":"x"}}'),
      { name: 'a\0b', url: 'https://a.example/\0' },
      { ts: 1e308 },
      { props: { constructor: 'x' } },
    ),
    fc.record({
      name: fc.jsonValue(),
      url: fc.oneof(fc.webUrl(), fc.string()),
      ts: fc.jsonValue(),
      props: fc.jsonValue(),
      items: fc.jsonValue(),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(strange, { maxLength: 5 }), fc.nat(5), async (others, place) => {
      const events = others.toSpliced(place, 0, view());
      const response = await collect(events);
      expect(response.status).toBe(202);
      const { rejected } = (await response.json()) as { rejected: { index: number }[] };
      expect(rejected.map(({ index }) => index)).not.toContain(Math.min(place, others.length));
    }),
    { numRuns: 150 },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary' })),
      async (body) => {
        expect(
          (await post('/collect', typeof body === 'string' ? body : Buffer.from(body))).status,
        ).toBeLessThan(500);
      },
    ),
    { numRuns: 150 },
  );
  expect((await post('/collect', `${'['.repeat(100_000)}`)).status).toBe(400);
});

test('everything received is in the log: accepted and refused', async () => {
  const { server, url: other } = await serve({
    findSite: async () => ({
      id: 'count',
      tenantId: 't',
      timezone: 'UTC',
      enabled: true,
      allowedOrigins: [],
      retentionDays: 9,
    }),
  });
  const send = () =>
    fetch(`${other}/collect`, {
      method: 'POST',
      body: JSON.stringify({ site: 'k', events: [view(), view({ name: '' }), view()] }),
    });
  await Promise.all(Array.from({ length: 100 }, send));
  const tally = async (topic: 'events' | 'rejected') =>
    [...(await log.tally(topic, [], 'count')).values()].reduce((sum, count) => sum + count, 0);
  expect(ledgerOf(new Map(), (await tally('events')) + (await tally('rejected'))).received).toBe(300);
  expect(await tally('rejected')).toBe(100);
  await closeServer(server.server);
});
