import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildScripts } from '../build.ts';
import { html, STUB, snippet } from './browser-site.fixture.ts';
import { ENGINES, type Engine } from './engines.fixture.ts';
import type { RealBrowser, RealTab } from './real-browser.fixture.ts';
import { openRecordingSite, type RecordingSite } from './recording-site.fixture.ts';

/** Pauses are drawn; a test wants the same ones each time: 1.5 and 6 s. */
const STEADY = '<script>Math.random = () => 0.5</script>';

const PAGES = {
  '/': html('Home', STEADY + snippet()),
  '/next': html('Next', ''),
  '/consent': html('Consent', STUB + snippet('.consent', 'data-consent="pending"')),
  '/frame': html(
    'Frame',
    snippet(),
    '<iframe src="/framed" style="position:absolute;left:0;top:0;width:300px;height:300px;border:0"></iframe>',
  ),
  '/framed': html('Framed', '', '<textarea style="width:250px;height:250px"></textarea>'),
  '/locked': {
    html: html(
      'Locked',
      `<script>window.reports = 0; addEventListener('securitypolicyviolation', () => reports++)</script>${snippet()}`,
    ),
    headers: { 'content-security-policy': "connect-src 'none'" },
  },
};

/** Tracks events, one in so many milliseconds. */
const trackEvery = (ms: number, count: number) => `new Promise((resolve) => {
  let n = 0;
  const next = () => {
    AnalyticsService.track('e' + n++);
    if (n < ${count}) setTimeout(next, ${ms});
    else resolve();
  };
  next();
})`;

/** A list of products of a shop whose names are not English. */
const ITEMS = `Array.from({ length: 150 }, (_, i) => (
  { sku: 'SKU-' + i, name: '手工陶瓷碗 ' + i, category: 'Handgefertigte Keramik für die Küche, dunkelblau glasiert, 30 cm, in der Geschenkschachtel', price: '12.34', quantity: 2 }))`;

const names = (count: number) => Array.from({ length: count }, (_, n) => `e${n}`);

/**
 * What must hold in each engine of what the docs say of sending: outages, sizes, the end of a page. No stand-ins: the browsers are those
 * of Debian, the collector answers as the real one.
 */
export function testSending(engine: Engine): void {
  let folder: string;
  let site: RecordingSite;
  let browser: RealBrowser;
  let tab: RealTab;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'footfall-tracker-'));
    [browser] = await Promise.all([ENGINES[engine](), buildScripts(folder)]);
    site = await openRecordingSite(folder, PAGES);
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await rm(folder, { recursive: true });
  });

  beforeEach(async () => {
    site.reset();
    tab = await browser.open();
    await tab.show();
  });

  afterEach(() => {
    expect(site.refused).toEqual([]);
  });

  /** Names of the events that were accepted, each once, in the order of their time. */
  const taken = (pattern: RegExp) => {
    const events = new Map(site.taken().map((event) => [event.id, event]));
    return [...events.values()]
      .filter(({ name }) => pattern.test(name))
      .sort((a, b) => a.ts - b.ts)
      .map(({ name }) => name);
  };

  const open = async (path: string) => {
    await tab.goto(site.shop + path);
    await site.waitFor(({ name }) => name === 'pageview');
  };

  test.each([
    ['3 s with 503, an event in 300 ms', 'busy', 3_000, 300],
    ['5 s without a connection, an event in 500 ms', 'dead', 5_000, 500],
  ] as const)('an outage of %s: 10 of 10 arrive', async (_, away, lasts, every) => {
    await open('/');
    site.away = away;
    setTimeout(() => {
      site.away = undefined;
    }, lasts);
    await tab.evaluate(trackEvery(every, 10));
    await expect.poll(() => taken(/^e\d/)).toEqual(names(10));
  });

  test('200 small events one after the other arrive, and the engagement as the page is left', async () => {
    await open('/');
    await tab.evaluate(`(async () => {
      for (let n = 0; n < 200; n++)
        await new Promise((callback) => AnalyticsService.track('e' + n, { callback }));
    })()`);
    expect(taken(/^e\d/)).toEqual(names(200));
    await tab.goto(`${site.shop}/next`);
    await site.waitFor(({ name }) => name === 'engagement');
  });

  test('499 events with Chinese names that waited for consent arrive, each request after the one before', async () => {
    await tab.goto(`${site.shop}/consent`);
    await tab.evaluate(`(() => {
      for (let n = 1; n < 499; n++)
        AnalyticsService.track('e' + n, { props: { name: '手工陶瓷碗'.repeat(20) } });
      AnalyticsService.consent('granted');
    })()`);
    await expect.poll(() => taken(/./).length).toBe(499);
    expect(site.taken()).toHaveLength(499);
    expect(Math.max(...site.requests.map(({ bytes }) => bytes))).toBeLessThan(32_000);
  });

  test('an order of 150 items arrives that is placed as the page is left', async () => {
    await open('/');
    await tab.evaluate(`addEventListener('pagehide', () => AnalyticsService.track('purchase', {
      order: 'A-1001', revenue: { amount: '3702.00', currency: 'EUR' }, items: ${ITEMS} }))`);
    await tab.goto(`${site.shop}/next`);
    const { items } = await site.waitFor(({ name }) => name === 'purchase');
    expect(items).toHaveLength(150);
    const request = site.requests.find(({ events }) => events.some(({ name }) => name === 'purchase'));
    expect(request?.bytes).toBeGreaterThan(20_000);
  });

  test('what an outage has held back goes out as the page is left', async () => {
    await open('/');
    site.away = 'busy';
    await tab.evaluate(trackEvery(20, 10));
    await expect.poll(() => site.events().some(({ name }) => name === 'e0')).toBe(true);
    site.away = undefined;
    await tab.goto(`${site.shop}/next`);
    await expect.poll(() => taken(/^e\d/)).toEqual(names(10));
  });

  test('a policy that forbids the collector is met once, and reported once', async () => {
    await tab.goto(`${site.shop}/locked`);
    const reports = await tab.evaluate(`(async () => {
      for (let i = 0; i < 26; i++) await new Promise((resolve) => setTimeout(resolve, 100));
      return reports;
    })()`);
    expect(reports).toBe(1);
  });

  test('a click into a frame does not stop the time', async () => {
    await open('/frame');
    await tab.click(50, 50);
    await tab.evaluate(`new Promise((resolve) => setTimeout(resolve, 1_000))`);
    await tab.evaluate(`history.pushState({}, '', '/frame/next')`);
    const { engaged_ms } = await site.waitFor(({ name }) => name === 'engagement');
    expect(engaged_ms).toBeGreaterThan(1_000);
  });

  test('a page that comes back from the back-forward cache counts again', async () => {
    await open('/');
    await tab.goto(`${site.shop}/next`);
    await tab.back();
    await expect.poll(() => taken(/pageview/)).toHaveLength(2);
  });

  test('a page that is closed tells how long it was read, in Firefox by a beacon, which is surer there', async () => {
    await open('/');
    await tab.evaluate(`new Promise((resolve) => setTimeout(resolve, 200))`);
    await tab.close();
    await site.waitFor(({ name }) => name === 'engagement');
    const mode = site.requests.at(-1)?.headers['sec-fetch-mode'];
    expect(mode).toBe(engine === 'firefox' ? 'no-cors' : 'cors');
  });
}
