import { storedEvent } from '@footfall/core/stored-event.fixture';
import { aggregate, breakdown, timeseries } from '@jackdbd/plausible-client/stats/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POST as query } from '#app/api/v1/query/route.ts';
import { GET as getAggregate } from '#app/api/v1/stats/aggregate/route.ts';
import { GET as getBreakdown } from '#app/api/v1/stats/breakdown/route.ts';
import { GET as getVisitors, POST as refused } from '#app/api/v1/stats/realtime/visitors/route.ts';
import { GET as getTimeseries } from '#app/api/v1/stats/timeseries/route.ts';
import { POST as plausibleQuery } from '#app/api/v2/query/route.ts';
import { newMerchant, openPortal, type Portal, report } from '#runtime/portal.fixture.ts';
import { faults } from '../openapi/conforming.fixture.ts';

let portal: Portal;
let own: Awaited<ReturnType<typeof newMerchant>>;
let other: Awaited<ReturnType<typeof newMerchant>>;

const at = (day: string, time: string) => Date.parse(`2026-01-${day}T${time}:00+01:00`);
const DERIVED = { os: 'macOS', browser: 'Edge', country: 'DE', region: 'DE-BY', city: 'Munich' };

beforeAll(async () => {
  portal = await openPortal();
  own = await newMerchant(portal);
  other = await newMerchant(portal);
  await own.tenant.goals.create({ siteId: own.site.id, name: 'Bought', page: '/thanks', actor: own.userId });
  await report(portal, own.site, [
    storedEvent(
      { id: 'a', visitor: 'a', occurredAt: at('07', '10:00'), url: 'https://shop.example/blog/a' },
      { ...DERIVED, page: '/blog/a', source: 'Google' },
    ),
    storedEvent(
      { id: 'a2', visitor: 'a', occurredAt: at('07', '10:05'), url: 'https://pay.example/thanks' },
      { ...DERIVED, page: '/thanks', hostname: 'pay.example' },
    ),
    storedEvent(
      { id: 'b', visitor: 'b', occurredAt: at('07', '11:00') },
      { os: 'Windows', browser: 'Firefox', country: 'US', region: 'US-CA', city: 'Oakland', source: 'Bing' },
    ),
    storedEvent({ id: 'c', visitor: 'c', occurredAt: at('06', '09:00') }, { os: 'Windows' }),
    storedEvent({ id: 'now', visitor: 'd', occurredAt: Date.now() - 60_000 }),
  ]);
});
afterAll(() => portal.close());

const ROUTES: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
  '/api/v1/stats/aggregate': getAggregate,
  '/api/v1/stats/breakdown': getBreakdown,
  '/api/v1/stats/realtime/visitors': getVisitors,
  '/api/v1/stats/timeseries': getTimeseries,
};

/** Sends a GET to the handler of its address, as the server does. */
function send(url: URL, headers: Record<string, string>): Promise<Response> {
  const route = ROUTES[url.pathname];
  if (route === undefined) throw new Error(`there is nothing at ${url.pathname}`);
  return route(new Request(url, { headers }));
}

const get = (address: string, key = own.statsKey, headers: Record<string, string> = {}) =>
  send(new URL(`http://portal.example/api/v1/stats/${address}`), {
    authorization: `Bearer ${key}`,
    ...headers,
  });

const DAY = 'period=day&date=2026-01-07';
const ask = async (kind: string, search: string) => {
  const response = await get(`${kind}?site_id=${own.site.domain}&${search}`);
  return { status: response.status, body: (await response.json()) as { results: unknown } };
};

describe('the addresses of Plausible’s Stats API v1', () => {
  it('tell totals, and how they changed', async () => {
    const search = `${DAY}&metrics=visitors,pageviews,bounce_rate&compare=previous_period`;
    const { body } = await ask('aggregate', search);
    expect(body).toEqual({
      results: {
        visitors: { value: 2, change: 100 },
        pageviews: { value: 3, change: 200 },
        bounce_rate: { value: 50, change: -50 },
      },
    });
    expect(faults('StatsTotals', body)).toEqual([]);
  });

  it('tell rows of time, hours as Plausible writes them', async () => {
    const days = await ask('timeseries', 'period=custom&date=2026-01-05,2026-01-07&metrics=visitors,visits');
    expect(days.body.results).toEqual([
      { date: '2026-01-05', visitors: 0, visits: 0 },
      { date: '2026-01-06', visitors: 1, visits: 1 },
      { date: '2026-01-07', visitors: 2, visits: 2 },
    ]);
    const hours = await ask('timeseries', DAY);
    expect(hours.body.results).toHaveLength(24);
    expect(hours.body.results).toContainEqual({ date: '2026-01-07 11:00:00', visitors: 1 });
    expect([...faults('StatsRows', days.body), ...faults('StatsRows', hours.body)]).toEqual([]);
  });

  it('tell rows of a property, page by page, named as Plausible names them', async () => {
    const rows = async (search: string) => (await ask('breakdown', `${DAY}&${search}`)).body.results;
    expect(await rows('property=visit:os')).toEqual([
      { os: 'Mac', visitors: 1 },
      { os: 'Windows', visitors: 1 },
    ]);
    expect(await rows('property=visit:os&limit=1&page=2')).toEqual([{ os: 'Windows', visitors: 1 }]);
    expect(await rows('property=visit:country_name&metrics=visitors,pageviews')).toEqual([
      { country_name: 'Germany', visitors: 1, pageviews: 2 },
      { country_name: 'United States', visitors: 1, pageviews: 1 },
    ]);
    expect(await rows('property=event:goal')).toEqual([{ goal: 'Bought', visitors: 1 }]);
  });

  it.each([
    ['visit:os==Mac', 1],
    ['visit:os==macOS', 1],
    ['visit:browser!=Microsoft Edge', 1],
    ['visit:browser==Firefox;visit:os==Mac', 0],
    ['visit:region_name==Bavaria|California', 2],
    ['event:page==/blog/*', 1],
    ['event:page==/blog/a|/nothing', 1],
    ['event:goal==Visit /thanks', 1],
    ['visit:entry_page_hostname==shop.example', 2],
    ['visit:exit_page_hostname==pay.example', 1],
  ])('keep what %s says', async (filters, visitors) => {
    const { body } = await ask('aggregate', `${DAY}&filters=${encodeURIComponent(filters)}`);
    expect(body.results).toEqual({ visitors: { value: visitors } });
  });

  it('tell who is there, as a number alone', async () => {
    const response = await get(`realtime/visitors?site_id=${own.site.id}`);
    expect([response.status, await response.text()]).toEqual([200, '1']);
  });

  it('say what is wrong in one sentence, with the status', async () => {
    const failed = async (address: string, key?: string) => {
      const response = await get(address, key);
      const body = (await response.json()) as { error: string };
      expect(faults('StatsFailure', body)).toEqual([]);
      return [response.status, body.error];
    };
    const site = `site_id=${own.site.id}`;
    expect(await failed(`aggregate?${site}&metrics=users`)).toEqual([
      400,
      expect.stringContaining('"users" is not a metric'),
    ]);
    expect(await failed(`aggregate?${site}&period=fortnight`)).toEqual([
      400,
      expect.stringContaining('is not a period'),
    ]);
    expect(await failed(`breakdown?${site}`)).toEqual([400, expect.stringContaining('property')]);
    expect(await failed('aggregate')).toEqual([400, expect.stringContaining('site_id')]);
    expect(await failed(`aggregate?${site}`, 'ffk_nobody')).toEqual([
      401,
      expect.stringContaining('unknown'),
    ]);
    expect(await failed(`aggregate?${site}`, other.statsKey)).toEqual([403, expect.any(String)]);
    expect(await failed('realtime/visitors?site_id=unknown.example')).toEqual([404, expect.any(String)]);
    const wrong = refused(new Request('http://portal.example/', { method: 'POST' }));
    expect([wrong.status, await wrong.json()]).toEqual([405, { error: expect.stringContaining('use GET') }]);
  });

  it('say that what is known still stands', async () => {
    const address = `aggregate?site_id=${own.site.id}&${DAY}`;
    const tag = (await get(address)).headers.get('etag') ?? '';
    expect((await get(address, own.statsKey, { 'if-none-match': tag })).status).toBe(304);
  });
});

it('both addresses of queries name places alike, and only Plausible’s writes Mac', async () => {
  const body = {
    site_id: own.site.id,
    metrics: ['visitors'],
    date_range: ['2026-01-07', '2026-01-07'],
    dimensions: ['visit:os', 'visit:country_name', 'visit:region_name', 'visit:city_name'],
    filters: [['is', 'visit:country_name', ['Germany']]],
  };
  const rows = async (route: typeof query) => {
    const request = new Request('http://portal.example/', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${own.statsKey}` },
    });
    const { results } = (await (await route(request)).json()) as { results: { dimensions: string[] }[] };
    return results.map(({ dimensions }) => dimensions);
  };
  expect(await rows(query)).toEqual([['macOS', 'Germany', 'Bavaria', 'Munich']]);
  expect(await rows(plausibleQuery)).toEqual([['Mac', 'Germany', 'Bavaria', 'Munich']]);
});

describe('a client that was written for Plausible', () => {
  const config = () => ({
    siteId: own.site.domain,
    // Its addresses are Plausible's, so they are sent here.
    fetchClient: async (url: string) => {
      const { pathname, search } = new URL(url);
      const response = await send(new URL(pathname + search, 'http://portal.example'), {
        authorization: `Bearer ${own.statsKey}`,
      });
      const body = (await response.json()) as { error?: string; results: never };
      if (!response.ok) throw new Error(body.error);
      return body;
    },
  });

  it('reads totals, rows of time and of pages', async () => {
    const months = { period: '12mo', metrics: 'visitors' };
    expect(await aggregate(config(), { ...months, filters: 'visit:os==Mac' })).toEqual({
      visitors: { value: expect.any(Number) },
    });
    const rows = await timeseries(config(), { ...months, interval: 'month' });
    expect(rows).toHaveLength(12);
    expect(rows[0]).toEqual({
      date: expect.stringMatching(/^\d{4}-\d{2}-01$/),
      visitors: expect.any(Number),
    });
    const pages = await breakdown(config(), { period: 'day', limit: 10 });
    expect(pages).toEqual([{ page: expect.any(String), visitors: 1 }]);
  });
});
