import type { RawEvent } from '@footfall/core/raw-event';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AGENT, startCollector, type TestCollector } from '../collector.fixture.ts';
import { Rates } from '../rates.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startCollector();
});
afterAll(() => collector.stop());

const view = (more: object = {}) => ({
  name: 'pageview',
  url: 'https://shop.example/p/1',
  domain: 'shop.example',
  ...more,
});
const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${collector.url}/api/event`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'user-agent': AGENT, 'content-type': 'text/plain', ...headers },
  });
const told = async (response: Response) => ({
  status: response.status,
  dropped: response.headers.get('x-plausible-dropped'),
  reason: response.headers.get('x-footfall-reason'),
  body: await response.text(),
});
const logged = async (url: string, siteId?: string) =>
  (await collector.logged<RawEvent>('events', siteId)).filter((event) => event.url === url);
/** A site of its own, of the tenant of another site or of one that has none yet. */
async function newSite(domain: string, tenantOf?: string): Promise<string> {
  const id = `site_${crypto.randomUUID().slice(0, 8)}`;
  await collector.pool.query(
    `INSERT INTO site (id, tenant_id, site_key, domain)
     SELECT $1, t.id, $2, $3 FROM tenant t
     WHERE (t.id = (SELECT tenant_id FROM site WHERE id = $4)) = $5 LIMIT 1`,
    [id, `ff_${id}`, domain, tenantOf ?? collector.site.id, tenantOf !== undefined],
  );
  return id;
}

describe('POST /api/event', () => {
  test('answers 202 "ok" when the event is in the log', async () => {
    const url = `https://shop.example/${crypto.randomUUID()}`;
    const response = await post(view({ url }));
    expect([
      response.headers.get('content-type'),
      response.headers.get('access-control-allow-origin'),
    ]).toEqual(['text/plain; charset=utf-8', '*']);
    expect(await told(response)).toEqual({ status: 202, dropped: null, reason: null, body: 'ok' });
    expect(await logged(url)).toMatchObject([{ name: 'pageview', userAgent: AGENT }]);
  });

  test('who it was is said by address and agent, through proxies that are known', async () => {
    const url = `https://shop.example/${crypto.randomUUID()}`;
    for (const address of ['203.0.113.1', '203.0.113.1', '203.0.113.2'])
      await post(view({ url }), { 'x-forwarded-for': address });
    const events = await logged(url);
    expect(new Set(events.map(({ visitor }) => visitor)).size).toBe(2);
    expect(events.map(({ ip }) => ip)).toEqual(['203.0.113.0', '203.0.113.0', '203.0.113.0']);
  });

  test('a site is named by domain, however it is written, by key or by id', async () => {
    const url = `https://shop.example/${crypto.randomUUID()}`;
    const { siteKey, id } = collector.site;
    for (const domain of ['shop.example', 'www.Shop.example', siteKey, id])
      expect(await told(await post(view({ url, domain })))).toMatchObject({ status: 202, dropped: null });
    expect(await logged(url)).toHaveLength(4);
  });

  test('an event may be for several sites, for each once; the unknown among them is told', async () => {
    const other = await newSite('rollup.example', collector.site.id);
    const url = `https://shop.example/${crypto.randomUUID()}`;
    const domain = 'shop.example,rollup.example, shop.example,www.shop.example,nobody.example';
    expect(await told(await post(view({ url, domain })))).toEqual({
      status: 202,
      dropped: '1',
      reason: 'unknown_site',
      body: 'ok',
    });
    expect([await logged(url), await logged(url, other)]).toMatchObject([[{ url }], [{ url }]]);
  });

  test('where one of two sites is at its rate the other has the event and it is not asked for again; 429 when none has it', async () => {
    const limited = await newSite('limited.example');
    const ownTenant = (
      await collector.pool.query('SELECT tenant_id FROM site WHERE id = $1', [collector.site.id])
    ).rows[0]?.tenant_id;
    const { url: busy } = await collector.serve({
      allowanceOf: async (tenant) => ({
        eventsPerMonth: null,
        eventsPerSecond: tenant === ownTenant ? null : 0.1,
      }),
      rates: new Rates(),
    });
    const send = async (url: string, domain: string) => {
      const init = {
        method: 'POST',
        body: JSON.stringify(view({ url, domain })),
        headers: { 'user-agent': AGENT },
      };
      const response = await fetch(`${busy}/api/event`, init);
      return { after: response.headers.get('retry-after'), ...(await told(response)) };
    };
    const url = `https://shop.example/${crypto.randomUUID()}`;
    expect(await send(url, `limited.example,shop.example`)).toMatchObject({ status: 202, dropped: null });
    expect(await send(url, `limited.example,shop.example`)).toMatchObject({
      status: 202,
      dropped: '1',
      reason: 'rate_limited',
      after: null,
    });
    expect(await send(url, 'limited.example')).toMatchObject({
      status: 429,
      after: expect.stringMatching(/^\d+$/),
    });
    expect(await send(url, 'limited.example,nobody.example')).toMatchObject({ status: 429 });
    expect([(await logged(url)).length, (await logged(url, limited)).length]).toEqual([2, 1]);
  });

  test('a domain that two tenants have is nobody’s: each is named by its key then', async () => {
    const own = await newSite('contested.example', collector.site.id);
    const rival = await newSite('contested.example');
    const url = `https://contested.example/${crypto.randomUUID()}`;
    expect(await told(await post(view({ url, domain: 'contested.example' })))).toMatchObject({
      status: 202,
      dropped: '1',
      reason: 'unknown_site',
    });
    expect(await told(await post(view({ url, domain: `ff_${own}` })))).toMatchObject({ dropped: null });
    expect([(await logged(url, own)).length, (await logged(url, rival)).length]).toEqual([1, 0]);
  });

  test('an event that is wrong in itself: 400 names the field, and the ledger has it', async () => {
    const before = await collector.count('rejected');
    const postErrors = async (more: object) => {
      const { status, dropped, body } = await told(await post(view(more)));
      return [status, dropped, Object.keys((JSON.parse(body) as { errors: object }).errors)];
    };
    expect(await postErrors({ url: 'nowhere' })).toEqual([400, '1', ['url']]);
    expect(await postErrors({ name: '' })).toEqual([400, '1', ['event_name']]);
    expect(await postErrors({ revenue: { amount: 'free' } })).toEqual([400, '1', ['revenue_source']]);
    expect(await postErrors({ $: { amount: 1, currency: 'EURO' } })).toEqual([400, '1', ['revenue_source']]);
    expect(await collector.count('rejected')).toBe(before + 4);
  });

  test('an event that the site does not want is dropped as there, and the reason told', async () => {
    const dropped = (reason: string) => ({ status: 202, dropped: '1', reason, body: 'ok' });
    const { choosySite, disabledSite } = collector;
    expect(await told(await post(view({ domain: 'nobody.example' })))).toEqual(dropped('unknown_site'));
    expect(await told(await post(view({ domain: disabledSite.siteKey })))).toEqual(dropped('site_disabled'));
    const from = (origin: string) => post(view({ domain: choosySite.siteKey }), { origin });
    expect(await told(await from('https://evil.example'))).toEqual(dropped('origin_not_allowed'));
    expect(await told(await from('https://shop.example'))).toMatchObject({ status: 202, dropped: null });
  });

  test.each([
    ['no JSON', '{', 'request'],
    ['nothing', '', 'request'],
    ['no object', '[]', 'request'],
    ['no domain', {}, 'domain'],
    ['a domain that is not text', { domain: {} }, 'domain'],
    [
      'too many sites',
      { domain: Array.from({ length: 21 }, (_, index) => `d${index}.example`).join() },
      'domain',
    ],
    // A body must not pass for an answer of ours.
    ['the shape of an answer', { status: 200, headers: { 'set-cookie': 'a=b' }, body: 'x' }, 'domain'],
  ])('%s: 400 with errors by field', async (_, body, field) => {
    const response = await post(body);
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { errors: { [field]: [expect.any(String)] } },
    ]);
  });

  test('more than 256 KiB are not read', async () => {
    expect((await post(view({ props: { long: 'x'.repeat(256 * 1024) } }))).status).toBe(413);
  });
});
