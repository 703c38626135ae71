import type { RawEvent } from '@footfall/core/raw-event';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollector, type TestCollector } from '../collector.fixture.ts';
import { openChromium, type Pages, servePages } from './page.fixture.ts';

let collector: TestCollector;
let pages: Pages;
let browser: Browser;
let page: Page;

/** Segment's library for browsers, told where to send instead of asking Segment's servers. */
function html(delivery: string): string {
  const { url, site } = collector;
  return `<title>Shop</title><script src="/segment/index.js"></script><script>
    window.analytics = AnalyticsNext.AnalyticsBrowser.load({
      writeKey: '${site.siteKey}',
      cdnSettings: { integrations: { 'Segment.io': {
        apiKey: '${site.siteKey}', apiHost: '${new URL(url).host}/v1', protocol: 'http', ${delivery}
      } } },
    });
  </script>`;
}

beforeAll(async () => {
  collector = await startCollector();
  pages = await servePages({
    '/one': html(''),
    '/batch': html("deliveryStrategy: { strategy: 'batching', config: { size: 3, timeout: 200 } }"),
  });
  browser = await openChromium();
  page = await browser.newPage();
});
afterAll(async () => {
  await browser?.close();
  await pages?.close();
  await collector?.stop();
});

const MAX_MS = 20_000;

test.each(['/one', '/batch'])(
  'a page view, an order and an identity, as a shop sends them (%s)',
  async (path) => {
    const order = `Order ${path}`;
    await page.goto(`${pages.origin}${path}?utm_source=mail`, { referer: 'https://search.example/' });
    await page.evaluate(`(async () => {
    analytics.page('Home', { plan: 'pro' });
    analytics.identify('customer-7', { email: 'somebody@shop.example' });
    await analytics.track('Order Completed', {
      order_id: '${order}', total: 12.34, currency: 'USD',
      products: [{ product_id: 'P1', name: 'Mug', price: 6.17, quantity: 2 }],
    });
  })()`);
    const logged = async () =>
      (await collector.logged<RawEvent>('events')).filter(({ url }) => url.startsWith(pages.origin + path));
    await expect.poll(async () => (await logged()).length, { timeout: MAX_MS }).toBe(2);
    const events = await logged();
    const view = events.find(({ name }) => name === 'pageview');
    expect(view).toMatchObject({
      url: `${pages.origin}${path}?utm_source=mail`,
      referrer: 'https://search.example/',
      title: 'Shop',
      props: { name: 'Home', plan: 'pro' },
    });
    expect(events.find(({ name }) => name === 'purchase')).toMatchObject({
      visitor: view?.visitor,
      user: 'customer-7',
      order,
      revenue: { amount: '12.34', currency: 'USD' },
      items: [{ sku: 'P1', name: 'Mug', price: '6.17', quantity: 2 }],
    });
    expect(events.every(({ userAgent, lang }) => userAgent?.includes('Chrome') && lang !== undefined)).toBe(
      true,
    );
    expect(JSON.stringify(events)).not.toContain('somebody@');
  },
);
