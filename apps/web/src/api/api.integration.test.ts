import { storedEvent } from '@footfall/core/stored-event.fixture';
import { applyLedger } from '@footfall/db/count/ledger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POST as funnel } from '#app/api/v1/funnel/route.ts';
import { POST as query, GET as refused } from '#app/api/v1/query/route.ts';
import { GET as getExport } from '#app/api/v1/sites/[id]/export/route.ts';
import { GET as getLedger } from '#app/api/v1/sites/[id]/ledger/route.ts';
import { GET as getRealtime } from '#app/api/v1/sites/[id]/realtime/route.ts';
import { GET as getAggregate } from '#app/api/v1/stats/aggregate/route.ts';
import { POST as plausibleQuery } from '#app/api/v2/query/route.ts';
import { newMerchant, openPortal, type Portal, report } from '#runtime/portal.fixture.ts';

let portal: Portal;
let own: Awaited<ReturnType<typeof newMerchant>>;
let other: Awaited<ReturnType<typeof newMerchant>>;

beforeAll(async () => {
  portal = await openPortal();
  own = await newMerchant(portal);
  other = await newMerchant(portal);
  await report(portal, own.site, [
    storedEvent({ id: 'a', visitor: 'a', occurredAt: Date.parse('2026-01-07T10:00:00Z') }),
    storedEvent({ id: 'b', visitor: 'b', occurredAt: Date.parse('2026-01-07T11:00:00Z') }),
    storedEvent({ id: 'now', visitor: 'c', occurredAt: Date.now() - 60_000 }),
  ]);
});
afterAll(() => portal.close());

const VISITORS = { metrics: ['visitors'], date_range: ['2026-01-07', '2026-01-07'] };

const request = (body: string | object, key?: string) =>
  new Request('http://portal.example/api/v1/query', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
  });

async function outcome(response: Response) {
  const body = (await response.json()) as { error?: { code: string; path?: string } };
  return { status: response.status, code: body.error?.code, path: body.error?.path };
}

describe('an API key that is limited to some sites', () => {
  const at = (id: string) => ({ params: Promise.resolve({ id }) });
  const days = 'from=2026-01-07&to=2026-01-07';
  const WAYS: readonly [string, (site: string, key: string) => Promise<Response>][] = [
    ['query', (site_id, key) => query(request({ site_id, ...VISITORS }, key))],
    [
      'funnel',
      (site_id, key) =>
        funnel(request({ site_id, date_range: '7d', steps: [{ page: '/a' }, { page: '/b' }] }, key)),
    ],
    ['realtime', (site, key) => getRealtime(asked('', key), at(site))],
    ['ledger', (site, key) => getLedger(asked(days, key), at(site))],
    ['export', (site, key) => getExport(asked(days, key), at(site))],
    ['stats', (site, key) => getAggregate(asked(`site_id=${site}`, key))],
  ];
  const asked = (search: string, key: string) =>
    new Request(`http://portal.example/api?${search}`, { headers: { authorization: `Bearer ${key}` } });

  it.each(WAYS)('%s: reads them, and gets 403 for another of its tenant by whatever name', async (_, ask) => {
    const { tenant, site } = own;
    const { apiKey } = await tenant.apiKeys.create({ scopes: ['stats'], sites: [site.id], actor: 'cli' });
    const domain = `${crypto.randomUUID()}.example`;
    const second = await tenant.sites.create({ domain, actor: 'cli' });
    const status = async (name: string, key: string) => {
      const response = await ask(name, key);
      // An export goes on until it is read.
      await response.arrayBuffer();
      return response.status;
    };
    for (const name of [site.id, site.domain]) expect(await status(name, apiKey)).toBe(200);
    for (const name of [second.id, second.siteKey, second.domain]) {
      expect(await status(name, apiKey)).toBe(403);
      expect(await status(name, own.statsKey)).toBe(200);
    }
  });
});

describe('a query over HTTP', () => {
  it.each(['id', 'siteKey', 'domain'] as const)('finds the site by its %s', async (name) => {
    const response = await query(request({ site_id: own.site[name], ...VISITORS }, own.statsKey));
    expect(response.headers.get('cache-control')).toBe('private, no-cache');
    expect(await response.json()).toMatchObject({
      results: [{ dimensions: [], metrics: [2] }],
      meta: { logic_version: expect.any(String), data_through: expect.stringMatching(/^20.*Z$/) },
      query: { site_id: own.site.id, metrics: ['visitors'] },
    });
  });

  it('writes hours with their offset at v1 and as Plausible does at v2', async () => {
    const hourly = { site_id: own.site.id, ...VISITORS, dimensions: ['time:hour'] };
    const readLabel = async (response: Response) =>
      ((await response.json()) as { results: { dimensions: string[] }[] }).results[11]?.dimensions[0];
    expect(await readLabel(await query(request(hourly, own.statsKey)))).toBe('2026-01-07T11:00:00+01:00');
    expect(await readLabel(await plausibleQuery(request(hourly, own.statsKey)))).toBe('2026-01-07 11:00:00');
  });

  it('is refused for what is wrong with it, with the place', async () => {
    const ask = async (body: string | object, key?: string) => outcome(await query(request(body, key)));
    const site_id = own.site.id;
    expect(await ask({ site_id, ...VISITORS }, 'ffk_unknown')).toMatchObject({
      status: 401,
      code: 'unauthorized',
    });
    expect(await ask({ site_id, ...VISITORS }, own.ingestKey)).toMatchObject({
      status: 403,
      code: 'forbidden',
    });
    expect(await ask({ site_id, ...VISITORS }, other.statsKey)).toMatchObject({
      status: 403,
      code: 'forbidden',
    });
    for (const domain of ['nowhere.example', other.site.domain])
      expect(await ask({ site_id: domain, ...VISITORS }, own.statsKey)).toMatchObject({
        status: 404,
        code: 'unknown_site',
      });
    expect(await ask(VISITORS, own.statsKey)).toMatchObject({ status: 400, path: 'site_id' });
    expect(await ask('null', own.statsKey)).toMatchObject({ status: 400, path: 'site_id' });
    expect(await ask('{', own.statsKey)).toMatchObject({ status: 400, code: 'invalid_json' });
    expect(await ask('x'.repeat(65 * 1024), own.statsKey)).toMatchObject({
      status: 413,
      code: 'body_too_large',
    });
    expect(
      await ask({ site_id, ...VISITORS, filters: [['like', 'visit:source', ['x']]] }, own.statsKey),
    ).toEqual({
      status: 400,
      code: 'invalid_filter',
      path: 'filters[0][0]',
    });
  });

  it('is asked with POST', async () => {
    const response = refused(new Request('http://portal.example/api/v1/query'));
    expect(response.headers.get('allow')).toBe('POST');
    expect(await outcome(response)).toMatchObject({ status: 405, code: 'method_not_allowed' });
  });

  it('tells nothing of an error of ours', async () => {
    const lost = { ...portal.reportStore, read: () => Promise.reject(new Error('SELECT secret')) };
    const { provideServices } = await import('#runtime/services.ts');
    provideServices({ ...portal, reportStore: lost as typeof portal.reportStore });
    const response = await query(request({ site_id: own.site.id, ...VISITORS }, own.statsKey));
    provideServices(portal);
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).toContain('internal');
    expect(text).not.toContain('SELECT');
  });
});

describe('a site over HTTP', () => {
  const get = (path: string, key = own.statsKey) =>
    new Request(`http://portal.example/api/v1/sites/x/${path}`, {
      headers: { authorization: `Bearer ${key}` },
    });
  const context = (id: string) => ({ params: Promise.resolve({ id }) });

  it('has the visitors of the last five minutes', async () => {
    const response = await getRealtime(get('realtime'), context(own.site.id));
    expect(await response.json()).toEqual({ visitors: 1 });
  });

  it('has a ledger in which what waits in the log is pending', async () => {
    const { id: siteId, timezone } = own.site;
    expect(timezone).toBe('Europe/Berlin');
    await portal.others.eventLog.append([
      {
        topic: 'events',
        key: 'k',
        value: '{}',
        receivedAt: Date.now(),
        tally: { siteId, day: '2026-01-07' },
      },
      {
        topic: 'rejected',
        key: 'k',
        value: '{}',
        receivedAt: Date.now(),
        tally: { siteId, day: '2026-01-08' },
      },
    ]);
    const ledger = async (days: string) => (await getLedger(get(`ledger?${days}`), context(siteId))).json();
    expect(await ledger('')).toEqual({
      received: 2,
      stored: 0,
      duplicate: 0,
      rejected: {},
      pending: 2,
      bots: 0,
    });
    expect(await ledger('from=2026-01-08')).toMatchObject({ received: 1, pending: 1 });

    // What was counted waits no longer, and is not counted twice.
    const lags = await portal.eventLog.lag('processor', ['events']);
    const { partition, end } = lags.find((lag) => lag.end > 0) ?? { partition: 0, end: 0 };
    const line = { offset: end - 1, siteId, day: '2026-01-07', outcome: 'stored' } as const;
    await applyLedger(portal.others.pool, {
      stream: 'events',
      partition,
      lines: [line],
      lastOffset: end - 1,
    });
    expect(await ledger('')).toMatchObject({ received: 2, stored: 1, pending: 1 });
  });

  it('refuses days that are none, and the key of another tenant', async () => {
    const { id } = own.site;
    expect(await outcome(await getLedger(get('ledger?from=today'), context(id)))).toEqual({
      status: 400,
      code: 'invalid_parameter',
      path: 'from',
    });
    expect(await outcome(await getLedger(get('ledger', other.statsKey), context(id)))).toMatchObject({
      status: 403,
    });
    expect(await outcome(await getRealtime(get('realtime'), context('site_none')))).toMatchObject({
      status: 404,
    });
  });
});
