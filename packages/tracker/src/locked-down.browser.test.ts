import { expect, test } from 'vitest';
import { openChromium } from './browser.fixture.ts';
import { browserSite, html, snippet } from './browser-site.fixture.ts';
import { PARTS } from './part-names.ts';

const ALL = `.${PARTS.join('.')}`;
/** What a part would need to be told before it lets anything through. */
const OPEN = 'data-consent="granted" data-debug';

const PAGES = {
  '/strict': {
    html: html('Strict', snippet(ALL, OPEN), '<button data-track-event="Signup">Sign up</button>'),
    headers: {
      'content-security-policy':
        `default-src 'none'; script-src {collector}; connect-src {collector}; base-uri 'none';
        require-trusted-types-for 'script'; trusted-types 'none'`.replace(/\s+/g, ' '),
    },
  },
  '/host': html('Host', '', '<iframe sandbox="allow-scripts" src="/framed"></iframe>'),
  '/framed': html(
    'Framed',
    snippet(ALL, OPEN),
    `<script>addEventListener('load', () => {
      AnalyticsService.track('storage', { props: { origin: self.origin, out: AnalyticsService.optOut() } });
    })</script>`,
  ),
  '/plain': html('Plain http', snippet(ALL, OPEN)),
  '/poor': html('Poor', snippet(ALL, OPEN), '<button data-track-event="Signup">Sign up</button>'),
};

const here = browserSite(PAGES);

test('under a strict policy with Trusted Types all of it works, and nothing is reported as a violation', async () => {
  await here.page.addInitScript(() => {
    Object.assign(window, { violations: [] });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      (window as unknown as { violations: string[] }).violations.push(`${violatedDirective} ${blockedURI}`),
    );
  });
  await here.open('/strict');
  await here.page.click('[data-track-event]');
  await here.site.waitFor(({ name }) => name === 'Signup');
  const panel = here.page.locator('[aria-label="Footfall events"]');
  expect(await panel.evaluate((element) => getComputedStyle(element).position)).toBe('fixed');
  expect(await panel.locator('div').count()).toBe(2);
  expect(await here.page.evaluate('violations')).toEqual([]);
});

test('in a sandboxed frame, which has no origin and no storage, events are counted', async () => {
  await here.page.goto(`${here.site.shop}/host`);
  const told = await here.site.waitFor(({ name }) => name === 'storage');
  expect(told.props).toEqual({ origin: 'null', out: false });
  expect(here.urls('pageview')).toEqual(['/framed']);
  expect(here.site.requests[0]?.headers.origin).toBe('null');
});

test('on plain http, where crypto.randomUUID is missing, events have ids all the same', async () => {
  const browser = await openChromium(['--host-resolver-rules=MAP shop.example 127.0.0.1']);
  try {
    const page = await browser.newPage();
    await page.goto(`${here.site.shop.replace('127.0.0.1', 'shop.example')}/plain`);
    const { id } = await here.site.waitFor(({ name }) => name === 'pageview');
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
    expect(await page.evaluate(() => [isSecureContext, typeof crypto.randomUUID])).toEqual([
      false,
      'undefined',
    ]);
  } finally {
    await browser.close();
  }
});

test.each([
  ['without crypto', `Object.defineProperty(window, 'crypto', { value: undefined })`],
  ['with a fetch that throws', `window.fetch = () => { throw new Error('blocked') }`],
  [
    'with storage that throws',
    `Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied') } })`,
  ],
  ['without its address', `Object.defineProperty(document, 'currentScript', { value: null })`],
  ['without the timing of the load', `performance.getEntriesByType = undefined`],
  ['without a URL class', `window.URL = undefined`],
])('a page %s goes on as if nothing were there', async (_, spoil) => {
  await here.page.addInitScript(spoil);
  await here.page.goto(`${here.site.shop}/poor`);
  await here.page.click('[data-track-event]');
  await here.page.evaluate(() => {
    window.AnalyticsService?.track('Signup');
    history.pushState({}, '', '/poor/next');
    dispatchEvent(new Event('pagehide'));
  });
  await here.page.goto('about:blank');
  // The hooks of this file fail the test for an error that the page has seen.
});
