import type { RawEvent } from '@footfall/core/raw-event';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startCollector, type TestCollector } from '../collector.fixture.ts';
import { openChromium, type Pages, servePages } from './page.fixture.ts';

let collector: TestCollector;
let pages: Pages;
let browser: Browser;
let page: Page;

/** The page that a merchant has: its one changed line is where the events go. */
const official = (more = '') => `<title>Official</title><body style="height: 4000px">
  <a id="out" href="https://elsewhere.example/">Out</a>
  <button id="tagged" class="plausible-event-name=Tagged plausible-event-plan=pro">Tagged</button>
  <script type="module">
    import { init, track } from '/official/plausible.js';
    init({ domain: 'shop.example', endpoint: '${collector.url}/api/event', captureOnLocalhost: true, outboundLinks: true ${more} });
    window.plausible = track;
  </script>`;
const community = () => `<title>Community</title><script type="module">
    import Plausible from '/community/lib/tracker.js';
    const { trackPageview, trackEvent, enableAutoPageviews } = Plausible({ domain: 'shop.example', apiHost: '${collector.url}', trackLocalhost: true });
    enableAutoPageviews();
    window.trackEvent = trackEvent;
  </script>`;

beforeAll(async () => {
  collector = await startCollector();
  pages = await servePages({
    '/official': official(),
    '/hash': official(', hashBasedRouting: true'),
    '/community': community(),
  });
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await pages?.close();
  await collector?.stop();
});
beforeEach(async () => {
  page = await browser.newPage();
});
afterEach(() => page.close());

const MAX_MS = 20_000;

/** The event in the log that fits, once it is there. */
async function waitFor(fits: (event: RawEvent) => boolean): Promise<RawEvent> {
  let found: RawEvent | undefined;
  await expect
    .poll(
      async () => {
        found = (await collector.logged<RawEvent>('events')).find(fits);
        return found !== undefined;
      },
      { timeout: MAX_MS },
    )
    .toBe(true);
  return found as RawEvent;
}
const of = (path: string, name: string) =>
  waitFor((event) => event.name === name && event.url.startsWith(pages.origin + path));

describe('@plausible-analytics/tracker', () => {
  test('page views, also those that a script makes, and the referrer', async () => {
    await page.goto(`${pages.origin}/official?utm_source=mail#secret`, {
      referer: 'https://search.example/',
    });
    const first = await of('/official?utm_source=mail', 'pageview');
    expect(first).toMatchObject({
      url: `${pages.origin}/official?utm_source=mail`,
      referrer: 'https://search.example/',
    });
    expect(first.userAgent).toContain('Chrome');
    await page.evaluate("history.pushState({}, '', '/official/next')");
    expect((await of('/official/next', 'pageview')).visitor).toBe(first.visitor);
  });

  test('events with properties and money; the script hears that they were taken', async () => {
    await page.goto(`${pages.origin}/official`);
    const answer = await page.evaluate(`new Promise((callback) => {
      const revenue = { amount: 12.34, currency: 'EUR' };
      plausible('Order', { props: { plan: 'pro' }, revenue, interactive: false, callback });
    })`);
    expect(answer).toEqual({ status: 202 });
    expect(await of('/official', 'Order')).toMatchObject({
      props: { plan: 'pro' },
      revenue: { amount: '12.34', currency: 'EUR' },
      interactive: false,
    });
    await page.click('#tagged');
    expect(await of('/official', 'Tagged')).toMatchObject({ props: { plan: 'pro' } });
  });

  test('links that lead away', async () => {
    await page.route('https://elsewhere.example/**', (route) => route.fulfill({ body: 'elsewhere' }));
    await page.goto(`${pages.origin}/official`);
    await page.click('#out');
    const clicked = await of('/official', 'Outbound Link: Click');
    expect(clicked.props).toEqual({ url: 'https://elsewhere.example/' });
  });

  test('engagement, as a visitor reads on', async () => {
    await page.goto(`${pages.origin}/official?utm_content=read`);
    await of('/official?utm_content=read', 'pageview');
    await page.bringToFront();
    await page.mouse.wheel(0, 5_000);
    await page.waitForFunction('scrollY > 2000');
    await page.goto('about:blank');
    const engaged = await of('/official?utm_content=read', 'engagement');
    expect(engaged.scroll).toBeGreaterThan(50);
    expect(engaged.engagedMs).toBeGreaterThanOrEqual(0);
  });

  test('with hash routing what is behind the # is part of the page', async () => {
    await page.goto(`${pages.origin}/hash#/cart`);
    expect((await of('/hash', 'pageview')).url).toBe(`${pages.origin}/hash#/cart`);
  });
});

describe('plausible-tracker', () => {
  test('page views and events with properties', async () => {
    await page.goto(`${pages.origin}/community`);
    await of('/community', 'pageview');
    await page.evaluate(`new Promise((callback) => {
      trackEvent('Signup', { props: { plan: 'pro', steps: 3 }, callback });
    })`);
    expect(await of('/community', 'Signup')).toMatchObject({ props: { plan: 'pro', steps: '3' } });
  });
});
