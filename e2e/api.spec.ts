import type { Installation } from '@footfall/testkit/installation';
import { expect } from '@playwright/test';
import { newMerchant } from './support/merchant.ts';
import { test } from './support/test.ts';

type Merchant = Awaited<ReturnType<typeof newMerchant>>;

let installation: Installation;
let own: Merchant;
let other: Merchant;
test.beforeAll(async ({ shared }) => {
  installation = shared;
  own = await newMerchant(installation);
  other = await newMerchant(installation);
  await own.client.send([{ name: 'pageview', url: 'https://shop.example/', visitor: 'v1' }]);
});

const query = (body: unknown, key: string | null = own.apiKey, path = '/api/v1/query') =>
  fetch(installation.webUrl + path, {
    method: 'POST',
    headers: key === null ? {} : { authorization: `Bearer ${key}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const good = () => ({ site_id: own.siteId, metrics: ['visitors'], date_range: 'day' });

async function readError(response: Response): Promise<{ status: number; code: string; path?: string }> {
  const { error } = (await response.json()) as { error: { code: string; message: string; path?: string } };
  expect(error.message).not.toMatch(/\n|\bat .*\.ts|Error:/);
  return {
    status: response.status,
    code: error.code,
    ...(error.path === undefined ? {} : { path: error.path }),
  };
}

test('a site is asked for by its id, its key and its domain, at both addresses', async () => {
  for (const site_id of [own.siteId, own.siteKey, own.domain]) {
    for (const path of ['/api/v1/query', '/api/v2/query']) {
      expect((await query({ ...good(), site_id }, own.apiKey, path)).status).toBe(200);
    }
  }
});

test('v2 writes hours as Plausible does', async () => {
  const ask = async (path: string) => {
    const body = { ...good(), date_range: ['2026-01-07', '2026-01-07'], dimensions: ['time:hour'] };
    const { results } = (await (await query(body, own.apiKey, path)).json()) as {
      results: { dimensions: string[] }[];
    };
    return results[13]?.dimensions[0];
  };
  expect(await ask('/api/v1/query')).toBe('2026-01-07T13:00:00+00:00');
  expect(await ask('/api/v2/query')).toBe('2026-01-07 13:00:00');
});

test('what is wrong with a query is said by code and place', async () => {
  expect(await readError(await query('{'))).toEqual({ status: 400, code: 'invalid_json' });
  expect(await readError(await query({ ...good(), site_id: undefined }))).toEqual({
    status: 400,
    code: 'invalid_site_id',
    path: 'site_id',
  });
  expect(await readError(await query({ ...good(), metrics: ['users'] }))).toEqual({
    status: 400,
    code: 'invalid_metrics',
    path: 'metrics[0]',
  });
  const filters = [['is', 'visit:mood', ['good']]];
  expect(await readError(await query({ ...good(), filters }))).toEqual({
    status: 400,
    code: 'invalid_filter',
    path: 'filters[0][1]',
  });
  expect((await readError(await query(`"${'x'.repeat(70_000)}"`))).status).toBe(413);
});

test('no key, a wrong key, a key of another tenant, a site that nobody has', async () => {
  expect((await readError(await query(good(), null))).status).toBe(401);
  expect((await readError(await query(good(), 'ffk_wrong'))).status).toBe(401);
  expect((await readError(await query(good(), other.apiKey))).status).toBe(403);
  expect((await readError(await query({ ...good(), site_id: 'nobody.example' }))).status).toBe(404);
  const response = await fetch(`${installation.webUrl}/api/v1/query`);
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
});

test('SQL and scripts in every text are texts, and never show another tenant’s row', async () => {
  const nasty = [
    "'; DROP TABLE site; --",
    '" OR 1=1 --',
    '$1',
    '%',
    '_',
    '\\',
    '<script>alert(1)</script>',
    '\0',
    '\ud800',
    '{{7*7}}',
  ];
  for (const value of nasty) {
    const body = {
      ...good(),
      dimensions: ['event:page'],
      filters: [
        [
          'or',
          [
            ['contains', 'event:page', [value]],
            ['is', `event:props:${value}`, [value]],
          ],
        ],
      ],
    };
    const response = await query(body, own.apiKey);
    expect(response.status).toBe(200);
    expect((await query({ ...body, site_id: value })).status).toBe(404);
  }
  const { results } = (await (
    await query({ ...good(), site_id: other.siteId, date_range: 'all' }, other.apiKey)
  ).json()) as { results: { metrics: number[] }[] };
  expect(results[0]?.metrics).toEqual([0]);
});

test('the ledger and the visitors of now belong to the tenant, and bad days are named', async () => {
  const get = (path: string, key: string) =>
    fetch(installation.webUrl + path, { headers: { authorization: `Bearer ${key}` } });
  await expect
    .poll(
      async () => (await (await get(`/api/v1/sites/${own.siteId}/realtime`, own.apiKey)).json()) as object,
    )
    .toEqual({ visitors: 1 });
  expect((await get(`/api/v1/sites/${own.siteId}/realtime`, other.apiKey)).status).toBe(403);
  expect((await get(`/api/v1/sites/${own.siteId}/ledger`, other.apiKey)).status).toBe(403);
  expect((await get('/api/v1/sites/site_nowhere/ledger', own.apiKey)).status).toBe(404);
  const bad = await readError(await get(`/api/v1/sites/${own.siteId}/ledger?from=yesterday`, own.apiKey));
  expect([bad.status, bad.path]).toEqual([400, 'from']);
  const past = (await (
    await get(`/api/v1/sites/${own.siteId}/ledger?from=2020-01-01&to=2020-01-02`, own.apiKey)
  ).json()) as { received: number };
  expect(past.received).toBe(0);
});

test('every service says that it is alive and ready', async () => {
  const status = await installation.admin(['status']);
  expect(status).toMatchObject({ running: true, healthy: true });
  const parts = status.health as Record<string, { port?: number }>;
  const services = Object.entries(parts).filter(([, { port }]) => port !== undefined);
  expect(services.map(([name]) => name).sort()).toEqual([
    'aggregator',
    'collector',
    'processor',
    'scheduler',
    'web',
  ]);
  for (const [, { port }] of services) {
    for (const path of ['/healthz', '/readyz', '/metrics'])
      expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(200);
  }
});

/** The most that a question may take, milliseconds; the store's own limit and a little. */
const LONGEST_ANSWER_MS = 35_000;

test('hostile questions are refused or answered in time', async () => {
  test.setTimeout(240_000);
  const source = (value: string) => ['is', 'visit:source', [value]];
  const nested = Array.from({ length: 400 }).reduce<unknown>((inner) => ['not', inner], source('x'));
  const pattern = (text: string) => ({ filters: [['matches', 'event:page', [text]]] });
  const hostile: Record<string, { body: object; status: number }> = {
    'filters nested deep': { body: { filters: [nested] }, status: 400 },
    'too many conditions': { body: { filters: [['or', Array(500).fill(source('x'))]] }, status: 400 },
    '10,000 values': { body: { filters: [['is', 'event:page', Array(10_000).fill('/a')]] }, status: 400 },
    'as many values as go': {
      body: { filters: [['is', 'event:page', Array.from({ length: 1_000 }, (_, n) => `/${n}`)]] },
      status: 200,
    },
    'a pattern that explodes elsewhere': { body: pattern('(a|a)*(a|aa)+(.*)*$'), status: 200 },
    'a pattern too large to build': { body: pattern('((a{500}){500}){500}'), status: 400 },
    'a pattern that looks back': { body: pattern(String.raw`(a)\1`), status: 400 },
    'hours of ten years': {
      body: { date_range: ['2016-01-01', '2025-12-31'], dimensions: ['time:hour'] },
      status: 400,
    },
    'days of a thousand years': {
      body: { date_range: ['1026-01-01', '2025-12-31'], dimensions: ['time:day', 'event:page'] },
      status: 400,
    },
    'a total of a thousand years': { body: { date_range: ['1026-01-01', '2025-12-31'] }, status: 200 },
    'a prototype for a name': { body: { dimensions: ['__proto__'] }, status: 400 },
    'a constructor for a metric': { body: { metrics: ['constructor'] }, status: 400 },
    'a property named by SQL': { body: { dimensions: [`event:props:'); DROP TABLE site; --`] }, status: 200 },
    'a cursor of nothing': { body: { pagination: { cursor: 'AAAA' } }, status: 400 },
  };
  for (const [name, { body, status }] of Object.entries(hostile)) {
    const begun = Date.now();
    const response = await query({ ...good(), ...body });
    expect({ name, status: response.status }).toEqual({ name, status });
    expect(Date.now() - begun, name).toBeLessThan(LONGEST_ANSWER_MS);
  }
  expect((await query(good())).status).toBe(200);
});

test('200 dashboards at once are all answered', async () => {
  test.setTimeout(120_000);
  const dashboard = () =>
    Promise.all(
      ['visit:source', 'event:page', 'visit:country'].map(async (dimension) => {
        const response = await query({ ...good(), date_range: '28d', dimensions: [dimension] });
        return response.status;
      }),
    );
  const statuses = (await Promise.all(Array.from({ length: 200 }, dashboard))).flat();
  expect(new Set(statuses)).toEqual(new Set([200]));
});
