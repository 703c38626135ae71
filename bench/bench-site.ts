import { randomUUID } from 'node:crypto';
import { prepareControlPlane } from '@footfall/db/prepare';
import { connectControlPlane } from '@footfall/db/prisma';
import { inTenant } from '@footfall/db/tenant/scope';
import { createTenant } from '@footfall/db/tenant/tenant';

/** The user agent that the load sends. */
export const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0';

/** A page view as browsers send it. */
export const pageview = () => ({
  id: randomUUID(),
  name: 'pageview',
  ts: Date.now(),
  url: 'https://shop.example/p/mug?utm_source=newsletter',
  referrer: 'https://www.google.com/',
  title: 'A mug',
  screen: [1440, 900],
  lang: 'de-DE',
});

/** Prepares a control plane with a tenant, a site of it and a key that may send events. */
export async function benchSite(
  url: string,
): Promise<{ site: { id: string; siteKey: string }; apiKey: string }> {
  await prepareControlPlane(url);
  const { db, close } = connectControlPlane(url, { name: 'bench', max: 1 });
  const owner = { name: 'Bench', email: 'bench@shop.example', password: 'correct horse' };
  const { tenantId } = await createTenant(db, owner);
  const scope = inTenant(db, tenantId);
  const site = await scope.sites.create({ domain: 'shop.example', actor: 'bench' });
  const { apiKey } = await scope.apiKeys.create({ scopes: ['ingest'], actor: 'bench' });
  await close();
  return { site, apiKey };
}

/** The load of single page views: what `load` sends, but where to and how long. */
export const singles = (siteKey: string) => ({
  path: '/collect',
  headers: { 'content-type': 'text/plain', 'user-agent': AGENT },
  body: () => JSON.stringify({ site: siteKey, events: [pageview()] }),
});

/** The load of batches of 500, with ids of their own each time. */
export function batchesOf500(siteId: string, apiKey: string) {
  const batch = JSON.stringify(Array.from({ length: 500 }, pageview));
  return {
    path: '/v1/events',
    headers: { authorization: `Bearer ${apiKey}` },
    connections: 4,
    body: () =>
      `{"site":"${siteId}","events":${batch.replaceAll(/"id":"[^"]*"/g, () => `"id":"${randomUUID()}"`)}}`,
  };
}
