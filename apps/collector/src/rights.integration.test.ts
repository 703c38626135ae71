import type { RawEvent } from '@footfall/core/raw-event';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AGENT, startCollector, type TestCollector } from './collector.fixture.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startCollector();
});
afterAll(() => collector.stop());

const DAY_MS = 86_400_000;
/** The address of the connection, and another that an event may claim. */
const [OWN, CLAIMED] = ['198.51.100.7', '203.0.113.9'];
const NETWORKS: Readonly<Record<string, string>> = { [OWN]: '198.51.100.0', [CLAIMED]: '203.0.113.0' };

type Attempt = { name: string; at: number };
type Request = { path: string; body: unknown; headers?: Record<string, string> };

const basic = (user: string, password = '') => ({ authorization: `Basic ${btoa(`${user}:${password}`)}` });
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** An event of a time and a claimed address, as our own ways in take it. */
const own = ({ name, at }: Attempt) => ({
  site: collector.site.siteKey,
  events: [{ name, url: 'https://shop.example/', ts: at, ip: CLAIMED, visitor: 'somebody' }],
});
const segment = ({ name, at }: Attempt) => ({
  type: 'track',
  event: name,
  anonymousId: 'somebody',
  timestamp: new Date(at).toISOString(),
  context: { ip: CLAIMED },
});
const ga4 = ({ name, at }: Attempt) => ({
  client_id: 'somebody',
  ip_override: CLAIMED,
  events: [{ name, timestamp_micros: at * 1_000, params: { page_location: 'https://shop.example/' } }],
});
const measurement = () => `/mp/collect?measurement_id=${collector.site.siteKey}`;

type Row = {
  endpoint: string;
  key: 'site key' | 'API key';
  request(attempt: Attempt): Request;
  /** Whether an event of two years ago is taken, and one that claims another address is counted under that. */
  isServer: boolean;
};

const ROWS: readonly Row[] = [
  {
    endpoint: '/collect',
    key: 'site key',
    isServer: false,
    request: (attempt) => ({ path: '/collect', body: own(attempt) }),
  },
  {
    endpoint: '/collect',
    key: 'API key',
    isServer: true,
    request: (attempt) => ({
      path: '/collect',
      body: own(attempt),
      headers: bearer(collector.keys.ingest),
    }),
  },
  {
    endpoint: '/v1/events',
    key: 'API key',
    isServer: true,
    request: (attempt) => ({
      path: '/v1/events',
      body: own(attempt),
      headers: bearer(collector.keys.ingest),
    }),
  },
  ...(['/v1/batch', '/v1/import', '/v1/b'] as const).flatMap((path): Row[] => [
    {
      endpoint: path,
      key: 'site key',
      isServer: false,
      request: (attempt) => ({
        path,
        body: { batch: [segment(attempt)] },
        headers: basic(collector.site.siteKey),
      }),
    },
    {
      endpoint: path,
      key: 'API key',
      isServer: true,
      request: (attempt) => ({
        path,
        body: { batch: [segment(attempt)] },
        headers: basic(collector.site.siteKey, collector.keys.ingest),
      }),
    },
  ]),
  ...(['/v1/track', '/v1/t'] as const).flatMap((path): Row[] => [
    {
      endpoint: `${path}, key in the body`,
      key: 'site key',
      isServer: false,
      request: (attempt) => ({ path, body: { ...segment(attempt), writeKey: collector.site.siteKey } }),
    },
    {
      endpoint: `${path}, API key as user, site in the body`,
      key: 'API key',
      isServer: true,
      request: (attempt) => ({
        path,
        body: { ...segment(attempt), writeKey: collector.site.siteKey },
        headers: basic(collector.keys.ingest),
      }),
    },
    {
      endpoint: `${path}, bearer`,
      key: 'API key',
      isServer: true,
      request: (attempt) => ({
        path,
        body: { ...segment(attempt), writeKey: collector.site.siteKey },
        headers: bearer(collector.keys.ingest),
      }),
    },
  ]),
  {
    endpoint: '/mp/collect',
    key: 'API key',
    isServer: true,
    request: (attempt) => ({
      path: `${measurement()}&api_secret=${collector.keys.ingest}`,
      body: ga4(attempt),
    }),
  },
];

async function send({ path, body, headers = {} }: Request): Promise<Response> {
  const response = await fetch(collector.url + path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'user-agent': AGENT, 'x-forwarded-for': OWN, ...headers },
  });
  await response.clone().arrayBuffer();
  return response;
}

const logged = async (name: string) =>
  (await collector.logged<RawEvent>('events')).filter((event) => event.name === name);

describe.each(ROWS)('$endpoint with the $key', ({ request, isServer }) => {
  test(`${isServer ? 'takes' : 'refuses'} an event of two years ago`, async () => {
    // The site keeps events for so long.
    await collector.pool.query('UPDATE site SET retention_days = 3650 WHERE id = $1', [collector.site.id]);
    const attempt = { name: crypto.randomUUID(), at: Date.now() - 730 * DAY_MS };
    const response = await send(request(attempt));
    const events = await logged(attempt.name);
    expect(events.map(({ occurredAt }) => occurredAt)).toEqual(isServer ? [attempt.at] : []);
    if (!isServer) expect(await response.text()).toContain('too_old');
  });

  test(`counts an event under the address ${isServer ? 'that it names' : 'of its connection'}, and says who sent it`, async () => {
    const attempt = { name: crypto.randomUUID(), at: Date.now() - 3_600_000 };
    await send(request(attempt));
    const [event] = await logged(attempt.name);
    expect(event).toMatchObject({ ip: NETWORKS[isServer ? CLAIMED : OWN], occurredAt: attempt.at });
    expect(event?.sender).toMatch(isServer ? /^key_[0-9a-z]{14}$/ : /^site_key$/);
    expect(JSON.stringify(event)).not.toContain(collector.keys.ingest);
  });
});

test.each([
  ['/v1/events with the site key', () => ({ path: '/v1/events', headers: bearer(collector.site.siteKey) })],
  ['GA4 with the site key alone', () => ({ path: measurement() })],
  [
    'GA4 with the site key as secret',
    () => ({ path: `${measurement()}&api_secret=${collector.site.siteKey}` }),
  ],
  ['Segment with a revoked or made-up API key', () => ({ path: '/v1/track', headers: basic('ffk_made-up') })],
  ['/collect with a made-up API key', () => ({ path: '/collect', headers: bearer('ffk_made-up') })],
  ['Plausible with a made-up API key', () => ({ path: '/api/event', headers: bearer('ffk_made-up') })],
])('%s: refused before anything is read', async (_, request) => {
  const response = await send({ body: own({ name: 'x', at: Date.now() }), ...request() });
  expect(response.status).toBe(401);
});

test.each([
  [
    '/collect',
    () => ({
      path: '/collect',
      body: own({ name: 'x', at: Date.now() }),
      headers: bearer(collector.keys.foreign),
    }),
  ],
  [
    'Segment',
    () => ({
      path: '/v1/batch',
      body: { batch: [] },
      headers: basic(collector.site.siteKey, collector.keys.foreign),
    }),
  ],
])('%s: the API key of another tenant is refused', async (_, request) => {
  expect((await send(request())).status).toBe(403);
});

test('a bearer that is not one of ours is somebody else’s matter', async () => {
  const response = await send({
    path: '/collect',
    body: own({ name: 'x', at: Date.now() }),
    headers: bearer('eyJ.a.b'),
  });
  expect(response.status).toBe(202);
});

test('Segment: with the site key alone the origins of the site hold, and the address has its limit', async () => {
  const body = { ...segment({ name: 'x', at: Date.now() }), writeKey: collector.choosySite.siteKey };
  const response = await send({ path: '/v1/track', body, headers: { origin: 'https://evil.example' } });
  expect(response.status).toBe(403);
  const { url } = await collector.serve({ requestsPerSecond: 1 });
  const statuses = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const headers = { 'x-forwarded-for': OWN, ...basic(collector.site.siteKey) };
      return (await fetch(`${url}/v1/batch`, { method: 'POST', body: '{"batch":[]}', headers })).status;
    }),
  );
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(1);
});

test('Plausible: X-Forwarded-For of a stranger is not believed; with an API key it names the visitor', async () => {
  const { url } = await collector.serve({ trustedProxies: { has: () => false } });
  const post = async (headers: Record<string, string>) => {
    const page = `https://shop.example/${crypto.randomUUID()}`;
    const body = JSON.stringify({ name: 'pageview', url: page, domain: collector.site.siteKey });
    await fetch(`${url}/api/event`, {
      method: 'POST',
      body,
      headers: { 'user-agent': AGENT, 'x-forwarded-for': `${CLAIMED}:4711, 10.0.0.1`, ...headers },
    });
    return (await collector.logged<RawEvent>('events')).find((event) => event.url === page);
  };
  expect(await post({})).toMatchObject({ ip: '127.0.0.0', sender: 'site_key' });
  expect(await post(bearer(collector.keys.ingest))).toMatchObject({
    ip: NETWORKS[CLAIMED],
    userAgent: AGENT,
  });
});

test('Segment: an API key alone sends to the only site of its tenant, and to none of several', async () => {
  const { rows } = await collector.pool.query<{ id: string }>(
    `INSERT INTO site (id, tenant_id, site_key, domain)
     SELECT 'site_only', t.id, 'ff_only', 'only.example' FROM tenant t
     WHERE t.id <> (SELECT tenant_id FROM site WHERE id = $1) RETURNING id`,
    [collector.site.id],
  );
  const attempt = { name: crypto.randomUUID(), at: Date.now() };
  const request = { path: '/v1/track', body: segment(attempt) };
  expect((await send({ ...request, headers: basic(collector.keys.foreign) })).status).toBe(200);
  const events = await collector.logged<RawEvent>('events', rows[0]?.id);
  expect(events.map(({ name }) => name)).toContain(attempt.name);
  expect((await send({ ...request, headers: basic(collector.keys.ingest) })).status).toBe(404);
});

describe('an API key that is limited to one site', () => {
  type Target = { siteKey: string; domain: string };
  const at = Date.now();
  const WAYS: readonly [string, (site: Target, key: string, name: string) => Request][] = [
    [
      '/v1/events',
      ({ siteKey }, key, name) => ({
        path: '/v1/events',
        body: { ...own({ name, at }), site: siteKey },
        headers: bearer(key),
      }),
    ],
    [
      '/collect',
      ({ siteKey }, key, name) => ({
        path: '/collect',
        body: { ...own({ name, at }), site: siteKey },
        headers: bearer(key),
      }),
    ],
    [
      'GA4',
      ({ siteKey }, key, name) => ({
        path: `/mp/collect?measurement_id=${siteKey}&api_secret=${key}`,
        body: ga4({ name, at }),
      }),
    ],
    [
      'Segment',
      ({ siteKey }, key, name) => ({
        path: '/v1/track',
        body: segment({ name, at }),
        headers: basic(siteKey, key),
      }),
    ],
    [
      'Plausible, by key',
      ({ siteKey }, key, name) => ({
        path: '/api/event',
        body: { name, url: 'https://shop.example/', domain: siteKey },
        headers: bearer(key),
      }),
    ],
    [
      'Plausible, by domain',
      ({ domain }, key, name) => ({
        path: '/api/event',
        body: { name, url: 'https://shop.example/', domain },
        headers: bearer(key),
      }),
    ],
  ];

  test.each(WAYS)('%s: sends to it, and gets 403 for another of its tenant', async (_, request) => {
    const { site, choosySite, keys } = collector;
    const name = `limited_${crypto.randomUUID().slice(0, 8)}`;
    expect((await send(request(site, keys.limited, name))).ok).toBe(true);
    expect(await logged(name)).toHaveLength(1);
    const refused = await send(request(choosySite, keys.limited, name));
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('limited')]);
    expect(await collector.logged<RawEvent>('events', choosySite.id)).toEqual([]);
  });

  test('Segment: without a site it sends to the one that the key opens', async () => {
    const name = crypto.randomUUID();
    const request = {
      path: '/v1/track',
      body: segment({ name, at }),
      headers: basic(collector.keys.limited),
    };
    expect((await send(request)).status).toBe(200);
    expect(await logged(name)).toHaveLength(1);
  });
});
