import type { RawEvent, RejectedEvent } from '@footfall/core/raw-event';
import { recordDomainCheck, statementsOn } from '@footfall/db/domain/proof';
import type { LogRecord } from '@footfall/eventlog/event-log';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AGENT, startCollector, type TestCollector } from '../collector.fixture.ts';
import { Refusals } from '../refusals.ts';

// A domain that several tenants have named: docs/decisions/0037.

let collector: TestCollector;
beforeAll(async () => {
  collector = await startCollector();
});
afterAll(() => collector.stop());

let sites = 0;
/** A site of a tenant, which is the first one's or another. */
async function newSite(domain: string, tenant: 'own' | 'stranger'): Promise<string> {
  sites += 1;
  const id = `site_d${sites}`;
  await collector.pool.query(
    `INSERT INTO site (id, tenant_id, site_key, domain)
     SELECT $1, t.id, $2, $3 FROM tenant t WHERE (t.id = (SELECT tenant_id FROM site WHERE id = $4)) = $5 LIMIT 1`,
    [id, `ff_d${sites}`, domain, collector.site.id, tenant === 'own'],
  );
  return id;
}

async function post(domain: string, to = collector.url) {
  const url = `https://${domain}/${crypto.randomUUID()}`;
  const response = await fetch(`${to}/api/event`, {
    method: 'POST',
    body: JSON.stringify({ name: 'pageview', url, domain }),
    headers: { 'user-agent': AGENT },
  });
  await response.arrayBuffer();
  return { url, reason: response.headers.get('x-footfall-reason') };
}

const has = async (siteId: string, url: string) =>
  (await collector.logged<RawEvent>('events', siteId)).some((event) => event.url === url);
const isProven = async (siteId: string) => {
  const { rows } = await collector.pool.query('SELECT FROM domain_proof WHERE site_id = $1', [siteId]);
  return rows.length > 0;
};

test('a stranger who names the domain of a shop that collects cuts off nothing, and hears nothing', async () => {
  const shop = await newSite('plausible.example', 'own');
  expect((await post('plausible.example')).reason).toBeNull();
  await expect.poll(() => isProven(shop)).toBe(true);
  const stranger = await newSite('plausible.example', 'stranger');
  // Until every collector has heard of it.
  await expect.poll(() => collector.findSite(stranger)).not.toBeNull();
  for (let n = 0; n < 5; n += 1) {
    const { url, reason } = await post('plausible.example');
    expect(reason).toBeNull();
    expect(await has(shop, url)).toBe(true);
  }
  expect(await collector.count('events', stranger)).toBe(0);
});

test('a stranger who came first, and sends made-up events, gives way to a record of the DNS', async () => {
  const stranger = await newSite('squatted.example', 'stranger');
  await post('squatted.example');
  await expect.poll(() => isProven(stranger)).toBe(true);
  const shop = await newSite('squatted.example', 'own');
  await recordDomainCheck(statementsOn(collector.pool), shop, { dns: true, snippet: null });
  await expect
    .poll(async () => has(shop, (await post('squatted.example')).url), { timeout: 10_000, interval: 200 })
    .toBe(true);
});

test('while nobody has proven it, what names it is dropped, and both ledgers count it', async () => {
  const both = [await newSite('open.example', 'own'), await newSite('open.example', 'stranger')];
  const told: LogRecord[] = [];
  const refusals = new Refusals({ append: async (records) => void told.push(...records) });
  const { url: to } = await collector.serve({ refusals });
  expect((await post('open.example', to)).reason).toBe('unknown_site');
  await refusals.stop();
  for (const siteId of both) expect(await collector.count('events', siteId)).toBe(0);
  expect(told.map(({ value }) => JSON.parse(value) as RejectedEvent)).toEqual(
    both.map((siteId) => expect.objectContaining({ siteId, reason: 'unknown_site', count: 1 })),
  );
});

test('events with the site key come from wherever they are sent, whosever the domain is', async () => {
  const shop = await newSite('keyed.example', 'own');
  await newSite('keyed.example', 'stranger');
  const { rows } = await collector.pool.query<{ key: string }>(
    'SELECT site_key AS key FROM site WHERE id = $1',
    [shop],
  );
  const url = 'https://keyed.example/by-key';
  const body = JSON.stringify({ site: rows[0]?.key, events: [{ name: 'pageview', url }] });
  await fetch(`${collector.url}/collect`, { method: 'POST', body, headers: { 'user-agent': AGENT } });
  expect(await has(shop, url)).toBe(true);
});

test('what nobody has is counted where the operator sees it', async () => {
  const { url: to } = await collector.serve({});
  await post('nobody.example', to);
  const metrics = await (await fetch(`${to}/metrics`)).text();
  expect(metrics).toMatch(/footfall_collector_events_total\{outcome="unknown_site"[^}]*\} 1/);
});
