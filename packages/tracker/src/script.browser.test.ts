import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildScripts } from '../build.ts';
import { openChromium } from './browser.fixture.ts';
import { openRecordingSite, type RecordingSite } from './recording-site.fixture.ts';

const STUB =
  '<script>window.AnalyticsService=window.AnalyticsService||{q:[],track(...a){AnalyticsService.q.push(a)}}</script>';
const SNIPPET = '<script defer src="{collector}/a.js" data-site="{key}"></script>';
const TALL = '<div style="height:5000px"></div>';
const html = (title: string, head: string, body = '') =>
  `<!doctype html><html lang="en"><head><title>${title}</title>${head}</head><body>${body}</body></html>`;

const PAGES = {
  '/': html('Home', SNIPPET, `${TALL}<a id="product" href="/product">Product</a>`),
  '/product': html('Product', SNIPPET, '<a id="home" href="/">Home</a>'),
  '/early': html(
    'Early',
    STUB + SNIPPET,
    `<script>const {track} = AnalyticsService; track('view_item', {props: {sku: 'S1'}})</script>`,
  ),
  // Tells of itself, since a page of the back-forward cache cannot be asked through the debugger.
  '/kept': html(
    'Kept',
    SNIPPET,
    `<a id="product" href="/product">Product</a>
     <script>addEventListener('pageshow', ({ persisted }) => persisted && AnalyticsService.track('back'))</script>`,
  ),
  '/twice': html('Twice', SNIPPET + SNIPPET),
  '/hash': html('Hash', SNIPPET.replace('data-site', 'data-hash data-site')),
  '/manual': html('Manual', SNIPPET.replace('data-site', 'data-manual data-site')),
  '/elsewhere': html(
    'Elsewhere',
    SNIPPET.replace('data-site', 'data-endpoint="{collector}/collect?via=own" data-site'),
  ),
  '/keyless': html('Keyless', SNIPPET.replace('data-site="{key}"', '')),
};

let folder: string;
let site: RecordingSite;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let errors: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footfall-tracker-'));
  await buildScripts(folder);
  site = await openRecordingSite(join(folder, 'a.js'), PAGES);
  browser = await openChromium();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  site.reset();
  errors = [];
  context = await browser.newContext({ viewport: { width: 1000, height: 500 }, locale: 'de-DE' });
  page = await context.newPage();
  page.on('pageerror', (error) => errors.push(error.message));
});

afterEach(async () => {
  await context.close();
  expect(errors).toEqual([]);
});

/** Opens a page and waits until its pageview has arrived. */
async function open(path: string): Promise<void> {
  await page.goto(site.shop + path);
  await site.waitFor(({ name }) => name === 'pageview');
}

const urls = (name: string) =>
  site
    .events()
    .filter((event) => event.name === name)
    .map(({ url }) => url.replace(site.shop, ''));

/** Counts an event and waits for it, so that all that was sent before has arrived too. */
async function mark(): Promise<void> {
  await page.evaluate(() => window.AnalyticsService?.track('mark'));
  await site.waitFor(({ name }) => name === 'mark');
}

describe('pageviews', () => {
  test('the first load is one request as the contract has it, without preflight and cookies', async () => {
    await page.goto(`${site.shop}/?utm_source=x#part`, { referer: 'https://search.example/' });
    const event = await site.waitFor(({ name }) => name === 'pageview');
    expect(event).toMatchObject({
      url: `${site.shop}/?utm_source=x`,
      referrer: 'https://search.example/',
      title: 'Home',
      screen: [1000, 500],
      lang: 'de-DE',
    });
    expect(Math.abs(event.ts - Date.now())).toBeLessThan(10_000);
    expect(site.requests).toHaveLength(1);
    expect(site.requests[0]).toMatchObject({
      site: site.key,
      headers: { 'content-type': 'text/plain;charset=UTF-8' },
    });
    expect(site.requests[0]?.headers.cookie).toBeUndefined();
  });

  test('pushState, replaceState, back and forward count when path or query change, a hash does not', async () => {
    await open('/');
    await page.evaluate(() => {
      history.pushState({}, '', '/c/bowls');
      history.pushState({}, '', '/c/bowls');
      history.replaceState({ open: true }, '', '/c/bowls#reviews');
      history.replaceState({}, '', '/c/bowls?sort=price');
      history.pushState({}, '', '/p/1');
    });
    await page.evaluate(() => history.back());
    await site.waitFor(() => urls('pageview').length === 5);
    await page.evaluate(() => history.forward());
    await site.waitFor(() => urls('pageview').length === 6);
    await page.evaluate(() => {
      location.hash = 'details';
    });
    await mark();
    expect(urls('pageview')).toEqual([
      '/',
      '/c/bowls',
      '/c/bowls?sort=price',
      '/p/1',
      '/c/bowls?sort=price',
      '/p/1',
    ]);
  });

  test('with data-hash the part behind # counts, once for each change', async () => {
    await open('/hash');
    await page.evaluate(() => {
      location.hash = '/cart';
    });
    await site.waitFor(() => urls('pageview').length === 2);
    await mark();
    expect(urls('pageview')).toEqual(['/hash', '/hash#/cart']);
  });

  test('with data-manual nothing counts by itself', async () => {
    await page.goto(`${site.shop}/manual`);
    await page.evaluate(() => {
      history.pushState({}, '', '/p/4711');
      window.AnalyticsService?.track('pageview', { url: '/p/any' });
    });
    await mark();
    expect(urls('pageview')).toEqual(['/p/any']);
  });

  test('the script twice on a page counts once', async () => {
    await open('/twice');
    await mark();
    expect(urls('pageview')).toEqual(['/twice']);
  });

  test('a page that comes back from the back-forward cache counts again, without a referrer', async () => {
    await open('/kept');
    await page.click('#product');
    await site.waitFor(({ name, title }) => name === 'pageview' && title === 'Product');
    // Not page.goBack(): it waits for a load, and a kept page is not loaded.
    await page.evaluate(() => {
      setTimeout(() => history.back());
    });
    await site.waitFor(({ name }) => name === 'back');
    await site.waitFor(() => urls('pageview').length > 2);
    expect(urls('pageview')).toEqual(['/kept', '/product', '/kept']);
    expect(site.events().findLast(({ name }) => name === 'pageview')).not.toHaveProperty('referrer');
  });

  test('a page that is prepared unseen counts when it is shown, with what it had tracked until then', async () => {
    await page.addInitScript(() => {
      let prerendering = true;
      Object.defineProperty(document, 'prerendering', { get: () => prerendering });
      Object.assign(window, {
        show() {
          prerendering = false;
          document.dispatchEvent(new Event('prerenderingchange'));
        },
      });
    });
    await page.goto(`${site.shop}/early`);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
    expect(site.requests).toEqual([]);
    await page.evaluate('show()');
    await site.waitFor(({ name }) => name === 'view_item');
    expect(site.events().map(({ name }) => name)).toEqual(['pageview', 'view_item']);
  });
});

describe('events', () => {
  test('calls before the script has loaded are counted after its pageview, in the same request', async () => {
    await open('/early');
    expect(site.requests).toHaveLength(1);
    expect(site.events().map(({ name, props }) => [name, props])).toEqual([
      ['pageview', undefined],
      ['view_item', { sku: 'S1' }],
    ]);
    // The page took this function from the stub.
    await page.evaluate(`track('later')`);
    await site.waitFor(({ name }) => name === 'later');
  });

  test('props, revenue, order and items arrive as the shop said them; the callback is told', async () => {
    await open('/');
    const said = {
      props: { coupon: 'SPRING', first: true },
      revenue: { amount: '12.34', currency: 'EUR' },
      order: 'A-1001',
      items: [{ sku: 'S1', name: 'Mug', category: 'Kitchen', price: '6.17', quantity: 2 }],
      interactive: false,
    };
    const taken = await page.evaluate(
      (options) =>
        new Promise((resolve) => {
          window.AnalyticsService?.track('purchase', { ...options, callback: resolve });
        }),
      said,
    );
    expect(taken).toBe(true);
    expect(site.events().find(({ name }) => name === 'purchase')).toMatchObject({
      ...said,
      url: `${site.shop}/`,
    });
  });

  test('a retry has the same id, and the callback waits for it', async () => {
    await open('/');
    site.answers.push(503);
    const taken = await page.evaluate(
      () =>
        new Promise((resolve) => {
          window.AnalyticsService?.track('purchase', { order: '7', callback: resolve });
        }),
    );
    const tries = site.events().filter(({ name }) => name === 'purchase');
    expect(taken).toBe(true);
    expect(tries).toHaveLength(2);
    expect(tries[1]).toEqual(tries[0]);
  });

  test('data-endpoint sends them elsewhere', async () => {
    await page.route('**/collect?via=own', (route) => route.fulfill({ status: 202 }));
    const request = page.waitForRequest('**/collect?via=own');
    await page.goto(`${site.shop}/elsewhere`);
    expect((await request).postDataJSON()).toMatchObject({ site: site.key, events: [{ name: 'pageview' }] });
  });

  test('a script without a key does nothing, and track() harms no page', async () => {
    await page.goto(`${site.shop}/keyless`);
    await page.evaluate(() => window.AnalyticsService?.track('purchase'));
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
    expect(site.requests).toEqual([]);
  });
});

describe('engagement', () => {
  test('leaving the page tells how far and how long it was read', async () => {
    await open('/');
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('scroll', () => setTimeout(resolve, 300), { once: true });
          scrollTo(0, 2000);
        }),
    );
    await page.click('#product', { noWaitAfter: true });
    const told = await site.waitFor(({ name }) => name === 'engagement');
    expect(told.url).toBe(`${site.shop}/`);
    // The click scrolls to the link at the very end.
    expect(told.scroll).toBe(100);
    expect(told.engaged_ms).toBeGreaterThanOrEqual(300);
    expect(told.engaged_ms).toBeLessThan(10_000);
    await site.waitFor(({ title }) => title === 'Product');
    await mark();
    expect(urls('engagement')).toEqual(['/']);
  });

  test('a client-side navigation tells it of the page before', async () => {
    await open('/');
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('scroll', () => setTimeout(resolve, 50), { once: true });
          scrollTo(0, 2000);
        }),
    );
    await page.evaluate(() => history.pushState({}, '', '/next'));
    const told = await site.waitFor(({ name }) => name === 'engagement');
    expect(told).toMatchObject({ url: `${site.shop}/` });
    expect(told.scroll).toBeGreaterThan(45);
    expect(told.scroll).toBeLessThan(55);
    expect(site.requests.at(-1)?.events.map(({ name }) => name)).toEqual(['engagement', 'pageview']);
  });

  test('hiding the tab sends it, and closing it afterwards does not send it again', async () => {
    await open('/');
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    });
    await site.waitFor(({ name }) => name === 'engagement');
    await page.close({ runBeforeUnload: true });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(urls('engagement')).toEqual(['/']);
  });
});

describe('what stays on the device', () => {
  test('no cookie, no storage', async () => {
    await open('/early');
    await page.goto(`${site.shop}/product`);
    await site.waitFor(({ title }) => title === 'Product');
    const kept = await page.evaluate(async () => ({
      cookie: document.cookie,
      local: localStorage.length,
      session: sessionStorage.length,
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
    }));
    expect(kept).toEqual({ cookie: '', local: 0, session: 0, databases: 0, caches: 0 });
    expect(await context.cookies()).toEqual([]);
  });

  test('localStorage.footfall_ignore keeps the owner out, from the next event on', async () => {
    await open('/product');
    await page.evaluate(() => localStorage.setItem('footfall_ignore', 'true'));
    await page.evaluate(() => window.AnalyticsService?.track('purchase'));
    await page.goto(`${site.shop}/`);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
    expect(site.events().map(({ name }) => name)).toEqual(['pageview']);
  });
});
