import type { Installation } from '@footfall/testkit/installation';
import { expect } from '@playwright/test';
import { readConnections } from './support/connections.ts';
import { expectCounted } from './support/counted.ts';
import { everything } from './support/everything.ts';
import { newMerchant } from './support/merchant.ts';
import { test } from './support/test.ts';

// Whole addresses exist in the memory of the collector alone. Here they come in by every way there is, are counted, refused, spooled and
// logged; then all that was written anywhere is searched.

const ADDRESSES = ['203.0.113.77', '198.51.100.201', '2001:db8:abcd:1234:5678:9abc:def0:1'];
/** What may be kept of them: proof that what is searched is what was written. */
const NETWORKS = ['203.0.113.0', '198.51.100.0', '2001:db8:abcd::'];
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0';

let installation: Installation;
test.beforeAll(({ shared }) => {
  installation = shared;
});

test('no whole address is in any store, file or log', async () => {
  test.setTimeout(300_000);
  const { client, siteId, siteKey, apiKey } = await newMerchant(installation);
  const url = 'https://shop.example/';
  const post = async (path: string, body: string, headers: Record<string, string>) => {
    const response = await fetch(installation.collectorUrl + path, { method: 'POST', body, headers });
    expect(response.ok, `${path}: ${response.status}`).toBe(true);
  };
  const segment = `Basic ${Buffer.from(`${siteKey}:${apiKey}`).toString('base64')}`;
  const view = { name: 'pageview', url };
  for (const address of ADDRESSES) {
    const browser = { 'x-forwarded-for': address, 'user-agent': AGENT };
    await post(
      '/collect',
      JSON.stringify({ site: siteKey, events: [view, { name: 'pageview', url: 'none' }] }),
      browser,
    );
    await post('/api/event', JSON.stringify({ n: 'pageview', u: url, d: siteKey }), browser);
    const pixel = await fetch(`${installation.collectorUrl}/pixel.gif?site=${siteKey}&u=${url}`, {
      headers: browser,
    });
    expect(pixel.status).toBe(200);
    const stated = { ...view, ip: address, user_agent: AGENT };
    await post('/v1/events', JSON.stringify({ site: siteId, events: [stated] }), {
      authorization: `Bearer ${apiKey}`,
    });
    const page = {
      type: 'page',
      anonymousId: 'a',
      context: { ip: address, userAgent: AGENT, page: { url } },
    };
    await post('/v1/batch', JSON.stringify({ batch: [page] }), { authorization: segment });
    // Bodies that nobody can read are told of, without who sent them.
    await fetch(`${installation.collectorUrl}/collect`, { method: 'POST', body: '{', headers: browser });
  }
  await installation.admin(['update-site', '--site', siteId, '--block-ip', '203.0.113.0/24']);
  await expect
    .poll(async () => {
      const headers = { 'x-forwarded-for': ADDRESSES[0] ?? '', 'user-agent': AGENT };
      await post(
        '/collect',
        JSON.stringify({ site: siteKey, events: [{ ...view, id: 'blocked' }] }),
        headers,
      );
      return (await client.ledger()).rejected.blocked_ip ?? 0;
    })
    .toBeGreaterThan(0);
  const { stored } = await client.ledger();
  expect(stored).toBeGreaterThanOrEqual(15);
  await expectCounted(client, stored);

  const found = new Set<string>();
  const seen = new Map<string, Set<string>>();
  const site = { dataDir: installation.dataDir, siteId };
  for await (const { where, text } of everything(await readConnections(installation), site)) {
    const place = where.split(/[ /]/, 1)[0] ?? '';
    for (const address of ADDRESSES) if (text.includes(address)) found.add(`${address} in ${where}`);
    for (const network of NETWORKS)
      if (text.includes(network)) seen.set(network, (seen.get(network) ?? new Set()).add(place));
  }
  expect([...found]).toEqual([]);
  for (const network of NETWORKS)
    expect([...(seen.get(network) ?? [])]).toEqual(expect.arrayContaining(['log', 'event']));
});
