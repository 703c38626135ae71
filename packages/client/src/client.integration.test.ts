import { setTimeout as sleep } from 'node:timers/promises';
import { type Installation, startInstallation } from '@footfall/testkit/installation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient } from './client.ts';

/** A whole installation, and a client of a merchant on it. */
let installation: Installation;
let footfall: Client;

const DOMAIN = 'shop.example';
const dayAgo = (days: number) => new Date(Date.now() - days * 24 * 3_600_000).toISOString().slice(0, 10);
const YESTERDAY = dayAgo(1);
const QUERY = { site_id: DOMAIN, date_range: [YESTERDAY, YESTERDAY] } as const;

const revenue = { amount: '12.34', currency: 'EUR' };
const EVENTS = [
  { visitor: 'v1', path: '/p/mug', user: 'customer-77' },
  { visitor: 'v1', path: '/cart' },
  { visitor: 'v1', path: '/checkout', name: 'purchase', order: 'A-1', revenue },
  { visitor: 'v2', path: '/p/mug' },
  { visitor: 'v2', path: '/cart' },
  { visitor: 'v3', path: '/', props: { text: 'a "quoted"\nline' } },
].map(({ path, ...event }, index) => ({
  id: `e${index}`,
  name: 'pageview',
  url: `https://${DOMAIN}${path}`,
  timestamp: `${YESTERDAY}T10:00:0${index}Z`,
  ...event,
}));

async function newMerchant() {
  const admin = (line: string) => installation.admin(line.split(' ')) as Promise<Record<string, string>>;
  const { tenant_id } = await admin(
    'create-tenant --name Shop --email a@shop.example --password correct-horse',
  );
  const { site_id } = await admin(`create-site --tenant ${tenant_id} --domain ${DOMAIN}`);
  await admin(`create-goal --site ${site_id} --name Order --event purchase`);
  const { api_key: apiKey = '' } = await admin(`create-api-key --tenant ${tenant_id} --scopes ingest,stats`);
  return { site_id, apiKey };
}

async function untilCounted(): Promise<void> {
  for (;;) {
    const { results } = await footfall.query({ ...QUERY, metrics: ['events'] });
    if (results[0]?.metrics[0] === EVENTS.length) return;
    await sleep(200);
  }
}

beforeAll(async () => {
  installation = await startInstallation();
  const { site_id: site, apiKey } = await newMerchant();
  footfall = createClient({ url: installation.webUrl, apiKey });
  const sent = await fetch(`${installation.collectorUrl}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}` },
    body: JSON.stringify({ site, events: EVENTS }),
  });
  expect(await sent.json()).toEqual({ accepted: EVENTS.length, rejected: [] });
  await untilCounted();
}, 600_000);
afterAll(() => installation.stop());

const all = <Item>(items: AsyncIterable<Item>) => Array.fromAsync(items);

describe('against a portal', () => {
  it('asks for metrics, with their types', async () => {
    const { results, meta } = await footfall.query({
      ...QUERY,
      metrics: ['visitors', 'bounce_rate', 'total_revenue', 'average_revenue'],
    });
    expect(results).toEqual([{ dimensions: [], metrics: [3, 33, '12.34', '12.34'] }]);
    expect(Date.parse(meta.data_through)).toBeGreaterThan(Date.now() - 60_000);
  });

  it('follows pages to the end', async () => {
    const query = {
      ...QUERY,
      metrics: ['pageviews'],
      dimensions: ['event:page'],
      filters: [['is', 'event:name', ['pageview']]],
      pagination: { limit: 2 },
    } as const;
    expect(await all(footfall.rows(query))).toEqual([
      { 'event:page': '/cart', pageviews: 2 },
      { 'event:page': '/p/mug', pageviews: 2 },
      { 'event:page': '/', pageviews: 1 },
    ]);
    expect(await all(footfall.pages(query))).toHaveLength(2);
  });

  it('asks what visitors did one after the other', async () => {
    const { results: steps } = await footfall.funnel({
      ...QUERY,
      steps: [{ page: '/p/*' }, { page: '/cart' }, 'Order'],
    });
    expect(steps.map(({ name, visitors, dropoff }) => [name, visitors, dropoff])).toEqual([
      ['/p/*', 2, 0],
      ['/cart', 2, 0],
      ['Order', 1, 1],
    ]);
    const { results: cohorts } = await footfall.retention({ ...QUERY, period: 'day' });
    expect(cohorts).toEqual([{ cohort: YESTERDAY, users: 1, returned: [1], rates: [100] }]);
    const { results: ways } = await footfall.flow({ ...QUERY, page: '/cart' });
    expect(ways.before).toEqual([{ page: '/p/mug', pageviews: 2, share: 100 }]);
    expect(ways.after).toEqual([{ page: '(exit)', pageviews: 2, share: 100 }]);
  });

  it('takes all events, whatever stands in them', async () => {
    const days = { from: YESTERDAY, to: YESTERDAY };
    const exported = await all(footfall.export(DOMAIN, days));
    expect(exported.map(({ id }) => id).sort()).toEqual(EVENTS.map(({ id }) => id));
    expect(exported.find(({ id }) => id === 'e5')?.props).toEqual({ text: 'a "quoted"\nline' });
    expect(exported.find(({ id }) => id === 'e2')).toMatchObject({ revenue_amount: '12.34', order: 'A-1' });
    const [names, ...records] = await all(footfall.exportCsv(DOMAIN, days));
    expect(names).toMatch(/^id,name,occurred_at,/);
    expect(records).toHaveLength(EVENTS.length);
  });

  it('asks about the site', async () => {
    expect(await footfall.realtime(DOMAIN)).toEqual({ visitors: 0 });
    expect(await footfall.ledger(DOMAIN)).toMatchObject({ received: EVENTS.length, stored: EVENTS.length });
    expect(await footfall.ledger(DOMAIN, { to: dayAgo(2) })).toMatchObject({ received: 0 });
  });

  it('is made from a document that the portal shows to anyone', async () => {
    const response = await fetch(`${installation.webUrl}/api/v1/openapi.json`);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toMatchObject({
      openapi: '3.1.0',
      servers: [{ url: installation.webUrl }],
    });
  });

  it('is told what is wrong, and where', async () => {
    const query = { ...QUERY, metrics: ['conversion_rate'] } as const;
    await expect(footfall.query(query)).rejects.toMatchObject({
      name: 'FootfallError',
      code: 'invalid_metrics',
      status: 400,
      path: 'metrics[0]',
    });
    await expect(footfall.realtime('nowhere.example')).rejects.toMatchObject({
      code: 'unknown_site',
      status: 404,
    });
    const stranger = createClient({ url: installation.webUrl, apiKey: 'ffk_unknown' });
    await expect(stranger.realtime(DOMAIN)).rejects.toMatchObject({ code: 'unauthorized', status: 401 });
  });
});
