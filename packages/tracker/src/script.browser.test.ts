import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openAlone } from './browser.fixture.ts';
import { browserSite, html, STUB, snippet } from './browser-site.fixture.ts';

const VIEW_TRANSITION = '<style>@view-transition { navigation: auto }</style>';
const TALL = '<div style="height:5000px"></div>';

/** The script as a proxy passes it on, in a folder of the shop's own. */
const inFolder = (tag: string) => tag.replace('{collector}/', '{collector}/first/');

const PAGES = {
  '/': html('Home', snippet(), `${TALL}<a id="product" href="/product">Product</a>`),
  '/product': html('Product', snippet(), '<a id="home" href="/">Home</a>'),
  '/early': html(
    'Early',
    STUB + snippet(),
    `<script>const {track} = AnalyticsService; track('view_item', {props: {sku: 'S1'}})</script>`,
  ),
  // Tells of itself, since a page of the back-forward cache cannot be asked through the debugger.
  '/kept': html(
    'Kept',
    snippet(),
    `<a id="product" href="/product">Product</a>
     <script>addEventListener('pageshow', ({ persisted }) => persisted && AnalyticsService.track('back'))</script>`,
  ),
  '/twice': html('Twice', snippet() + snippet()),
  '/hash': html('Hash', snippet('', 'data-hash')),
  '/manual': html('Manual', snippet('', 'data-manual')),
  '/elsewhere': html('Elsewhere', snippet('', 'data-endpoint="{collector}/collect?via=own"')),
  '/folder/page': html('Folder', inFolder(snippet('.links'))),
  '/versioned': html('Versioned', inFolder(snippet()).replace('a.js', 'a.js?v=2/3')),
  '/inline/page': html('Inline', ''),
  '/keyless': html('Keyless', snippet().replace('data-site="{key}"', '')),
  '/speculating': html(
    'Speculating',
    '<script type="speculationrules">{"prerender":[{"urls":["/prepared"],"eagerness":"immediate"}]}</script>',
    `<a id="go" href="/prepared">Go</a><script>
      setInterval(async () => (await (await fetch('/may-go')).text()) === 'yes' && go.click(), 50);
    </script>`,
  ),
  '/may-go': 'no',
  '/prepared': html(
    'Prepared',
    snippet(),
    `<script>addEventListener('load', () => fetch('{collector}/a.js?unseen=' + document.prerendering))</script>`,
  ),
  // Hides itself behind another tab, which closes after a while, and measures what the tracker should have.
  '/tabs': html(
    'Tabs',
    snippet(),
    `<script>
      const start = performance.now();
      let hidden = 0;
      let since = 0;
      let behind;
      addEventListener('load', () => setTimeout(() => { behind = open('/behind'); }, 300));
      document.addEventListener('visibilitychange', () => {
        if (document.hidden) {
          since = performance.now();
          const closed = setInterval(() => {
            if (!behind.closeSoon) return;
            clearInterval(closed);
            behind.closeSoon();
          }, 20);
        } else {
          hidden = performance.now() - since;
          setTimeout(() => {
            const seen = Math.round(performance.now() - start - hidden);
            history.pushState({}, '', '/tabs/next');
            AnalyticsService.track('back', { props: { seen, hidden: Math.round(hidden) } });
          }, 300);
        }
      });
    </script>`,
  ),
  '/behind': html('Behind', '', '<script>window.closeSoon = () => setTimeout(close, 1000)</script>'),
  '/from': html('From', VIEW_TRANSITION + snippet(), '<a id="to" href="/to">To</a>'),
  '/to': html('To', VIEW_TRANSITION + snippet()),
};

const here = browserSite(PAGES);

describe('pageviews', () => {
  test('the first load is one request as the contract has it, without preflight and cookies', async () => {
    await here.page.goto(`${here.site.shop}/?utm_source=x#part`, { referer: 'https://search.example/' });
    const event = await here.site.waitFor(({ name }) => name === 'pageview');
    expect(event).toMatchObject({
      url: `${here.site.shop}/?utm_source=x`,
      referrer: 'https://search.example/',
      title: 'Home',
      screen: [1000, 500],
      lang: 'de-DE',
    });
    expect(Math.abs(event.ts - Date.now())).toBeLessThan(10_000);
    expect(here.site.requests).toHaveLength(1);
    expect(here.site.requests[0]).toMatchObject({
      site: here.site.key,
      headers: { 'content-type': 'text/plain;charset=UTF-8' },
    });
    expect(here.site.requests[0]?.headers.cookie).toBeUndefined();
  });

  test('pushState, replaceState, back and forward count when path or query change, a hash does not', async () => {
    await here.open('/');
    await here.page.evaluate(() => {
      history.pushState({}, '', '/c/bowls');
      history.pushState({}, '', '/c/bowls');
      history.replaceState({ open: true }, '', '/c/bowls#reviews');
      history.replaceState({}, '', '/c/bowls?sort=price');
      history.pushState({}, '', '/p/1');
    });
    await here.page.evaluate(() => history.back());
    await here.site.waitFor(() => here.urls('pageview').length === 5);
    await here.page.evaluate(() => history.forward());
    await here.site.waitFor(() => here.urls('pageview').length === 6);
    await here.page.evaluate(() => {
      location.hash = 'details';
    });
    await here.mark();
    expect(here.urls('pageview')).toEqual([
      '/',
      '/c/bowls',
      '/c/bowls?sort=price',
      '/p/1',
      '/c/bowls?sort=price',
      '/p/1',
    ]);
  });

  test('with data-hash the part behind # counts, once for each change', async () => {
    await here.open('/hash');
    await here.page.evaluate(() => {
      location.hash = '/cart';
    });
    await here.site.waitFor(() => here.urls('pageview').length === 2);
    await here.mark();
    expect(here.urls('pageview')).toEqual(['/hash', '/hash#/cart']);
    // So it says that routes stand there.
    expect(here.named('pageview').map(({ hash }) => hash)).toEqual([true, true]);
  });

  test('with data-manual nothing counts by itself', async () => {
    await here.page.goto(`${here.site.shop}/manual`);
    await here.page.evaluate(() => {
      history.pushState({}, '', '/p/4711');
      window.AnalyticsService?.track('pageview', { url: '/p/any' });
    });
    await here.mark();
    expect(here.urls('pageview')).toEqual(['/p/any']);
  });

  test('the script twice on a page counts once', async () => {
    await here.open('/twice');
    await here.mark();
    expect(here.urls('pageview')).toEqual(['/twice']);
  });

  test('a page that comes back from the back-forward cache counts again, without a referrer', async () => {
    await here.open('/kept');
    await here.page.click('#product');
    await here.site.waitFor(({ name, title }) => name === 'pageview' && title === 'Product');
    // Not here.page.goBack(): it waits for a load, and a kept page is not loaded.
    await here.page.evaluate(() => {
      setTimeout(() => history.back());
    });
    await here.site.waitFor(({ name }) => name === 'back');
    await here.site.waitFor(() => here.urls('pageview').length > 2);
    expect(here.urls('pageview')).toEqual(['/kept', '/product', '/kept']);
    expect(here.site.events().findLast(({ name }) => name === 'pageview')).not.toHaveProperty('referrer');
  });

  test('a page that is prepared unseen counts when it is shown, with what it had tracked until then', async () => {
    await here.page.addInitScript(() => {
      let prerendering = true;
      Object.defineProperty(document, 'prerendering', { get: () => prerendering });
      Object.assign(window, {
        show() {
          prerendering = false;
          document.dispatchEvent(new Event('prerenderingchange'));
        },
      });
    });
    await here.page.goto(`${here.site.shop}/early`);
    await here.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
    expect(here.site.requests).toEqual([]);
    await here.page.evaluate('show()');
    await here.site.waitFor(({ name }) => name === 'view_item');
    expect(here.site.events().map(({ name }) => name)).toEqual(['pageview', 'view_item']);
  });
});

describe('ways from page to page', () => {
  test('a page that Chromium has really prepared counts when it is gone to, not before', async () => {
    const close = await openAlone(`${here.site.shop}/speculating`);
    try {
      await here.site.waitForScript('/a.js?unseen=true');
      expect(here.site.events()).toEqual([]);
      PAGES['/may-go'] = 'yes';
      await here.site.waitFor(({ title }) => title === 'Prepared');
      expect(here.urls('pageview')).toEqual(['/prepared']);
    } finally {
      await close();
    }
  });

  test('a router on the Navigation API counts, once for each page', async () => {
    await here.open('/');
    await here.page.evaluate(async () => {
      navigation.addEventListener('navigate', (event) => {
        if (event.canIntercept && event.destination.url.includes('/c/')) event.intercept();
      });
      await navigation.navigate('/c/bowls').finished;
      await navigation.navigate('/c/plates').finished;
      await navigation.back().finished;
    });
    await here.mark();
    expect(here.urls('pageview')).toEqual(['/', '/c/bowls', '/c/plates', '/c/bowls']);
  });

  test('a browser without the Navigation API counts the same, and with data-hash what is behind # too', async () => {
    await here.page.addInitScript(() => Object.defineProperty(window, 'navigation', { value: undefined }));
    await here.open('/hash');
    await here.page.evaluate(() => {
      history.pushState({}, '', '/hash?page=2');
      location.hash = '/cart';
    });
    await here.site.waitFor(() => here.urls('pageview').length === 3);
    await here.page.evaluate(() => history.back());
    await here.site.waitFor(() => here.urls('pageview').length === 4);
    await here.mark();
    expect(here.urls('pageview')).toEqual(['/hash', '/hash?page=2', '/hash?page=2#/cart', '/hash?page=2']);
  });

  test('a view transition within the page counts once, with the engagement of the page before', async () => {
    await here.open('/');
    await here.page.evaluate(async () => {
      await document.startViewTransition(() => history.pushState({}, '', '/c/bowls')).finished;
    });
    await here.mark();
    expect(here.urls('pageview')).toEqual(['/', '/c/bowls']);
    expect(here.urls('engagement')).toEqual(['/']);
  });

  test('a view transition from document to document counts each of them once', async () => {
    await here.open('/from');
    await here.page.click('#to');
    await here.site.waitFor(({ title }) => title === 'To');
    await here.mark();
    expect(here.urls('pageview')).toEqual(['/from', '/to']);
    expect(here.urls('engagement')).toEqual(['/from']);
  });
});

describe('a network that comes and goes', () => {
  test('what happens offline arrives once when the page is online again, with its own time', async () => {
    await here.open('/');
    await here.context.setOffline(true);
    const [before, after] = await here.page.evaluate(async () => {
      const start = Date.now();
      window.AnalyticsService?.track('view_item');
      await new Promise((resolve) => setTimeout(resolve, 200));
      window.AnalyticsService?.track('add_to_cart');
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      return [start, Date.now()] as const;
    });
    expect(here.site.events().map(({ name }) => name)).toEqual(['pageview']);
    await here.context.setOffline(false);
    await here.site.waitFor(({ name }) => name === 'add_to_cart');
    await here.mark();
    expect(here.site.events().map(({ name }) => name)).toEqual([
      'pageview',
      'view_item',
      'add_to_cart',
      'mark',
    ]);
    for (const { ts } of here.site.events().slice(1, 3)) {
      expect(ts).toBeGreaterThanOrEqual(before);
      expect(ts).toBeLessThanOrEqual(after);
    }
  });

  test('an event of the very moment in which the page is left arrives', async () => {
    await here.open('/');
    await here.page.evaluate(() => {
      addEventListener('pagehide', () => window.AnalyticsService?.track('add_to_cart'));
    });
    await here.page.goto(`${here.site.shop}/product`);
    await here.site.waitFor(({ title }) => title === 'Product');
    await here.site.waitFor(({ name }) => name === 'add_to_cart');
    expect(here.urls('add_to_cart')).toEqual(['/']);
  });
});

describe('events', () => {
  test('calls before the script has loaded are counted after its pageview, in the same request', async () => {
    await here.open('/early');
    expect(here.site.requests).toHaveLength(1);
    expect(here.site.events().map(({ name, props }) => [name, props])).toEqual([
      ['pageview', undefined],
      ['view_item', { sku: 'S1' }],
    ]);
    // The page took this function from the stub.
    await here.page.evaluate(`track('later')`);
    await here.site.waitFor(({ name }) => name === 'later');
  });

  test('props, revenue, order and items arrive as the shop said them; the callback is told', async () => {
    await here.open('/');
    const said = {
      props: { coupon: 'SPRING', first: true },
      revenue: { amount: '12.34', currency: 'EUR' },
      order: 'A-1001',
      items: [{ sku: 'S1', name: 'Mug', category: 'Kitchen', price: '6.17', quantity: 2 }],
      interactive: false,
    };
    const taken = await here.page.evaluate(
      (options) =>
        new Promise((resolve) => {
          window.AnalyticsService?.track('purchase', { ...options, callback: resolve });
        }),
      said,
    );
    expect(taken).toBe(true);
    expect(here.site.events().find(({ name }) => name === 'purchase')).toMatchObject({
      ...said,
      url: `${here.site.shop}/`,
    });
  });

  test('a retry has the same id, and the callback waits for it', async () => {
    await here.open('/');
    here.site.answers.push(503);
    const taken = await here.page.evaluate(
      () =>
        new Promise((resolve) => {
          window.AnalyticsService?.track('purchase', { order: '7', callback: resolve });
        }),
    );
    const tries = here.site.events().filter(({ name }) => name === 'purchase');
    expect(taken).toBe(true);
    expect(tries).toHaveLength(2);
    expect(tries[1]).toEqual(tries[0]);
  });

  test('data-endpoint sends them elsewhere', async () => {
    await here.page.route('**/collect?via=own', (route) => route.fulfill({ status: 202 }));
    const request = here.page.waitForRequest('**/collect?via=own');
    await here.page.goto(`${here.site.shop}/elsewhere`);
    expect((await request).postDataJSON()).toMatchObject({
      site: here.site.key,
      events: [{ name: 'pageview' }],
    });
  });

  test.each(['/folder/page', '/versioned'])(
    'they go to the folder that the script of %s came from',
    async (path) => {
      await here.open(path);
      expect(here.site.requests.map(({ path: to }) => to)).toEqual(['/first/collect']);
    },
  );

  test('a script that stands in the page itself sends to the origin of the page', async () => {
    await here.page.goto(`${here.site.shop}/inline/page`);
    const request = here.page.waitForRequest(`${here.site.shop}/collect`);
    const code = await readFile(join(here.folder, 'a.js'), 'utf8');
    await here.page.evaluate((text) => {
      const script = document.createElement('script');
      script.dataset.site = 'key';
      script.textContent = text;
      document.head.append(script);
    }, code);
    expect((await request).postDataJSON()).toMatchObject({ events: [{ name: 'pageview' }] });
  });

  test('a script without a key does nothing, and track() harms no page', async () => {
    await here.page.goto(`${here.site.shop}/keyless`);
    await here.page.evaluate(() => window.AnalyticsService?.track('purchase'));
    await here.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
    expect(here.site.requests).toEqual([]);
  });
});

describe('engagement', () => {
  test('leaving the page tells how far and how long it was read', async () => {
    await here.open('/');
    await here.page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('scroll', () => setTimeout(resolve, 300), { once: true });
          scrollTo(0, 2000);
        }),
    );
    await here.page.click('#product', { noWaitAfter: true });
    const told = await here.site.waitFor(({ name }) => name === 'engagement');
    expect(told.url).toBe(`${here.site.shop}/`);
    // The click scrolls to the link at the very end.
    expect(told.scroll).toBe(100);
    expect(told.engaged_ms).toBeGreaterThanOrEqual(300);
    expect(told.engaged_ms).toBeLessThan(10_000);
    expect(told.since_ms).toBe(Number(told.ts) - Number(here.named('pageview')[0]?.ts));
    await here.site.waitFor(({ title }) => title === 'Product');
    await here.mark();
    expect(here.urls('engagement')).toEqual(['/']);
  });

  test('a client-side navigation tells it of the page before', async () => {
    await here.open('/');
    await here.page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('scroll', () => setTimeout(resolve, 50), { once: true });
          scrollTo(0, 2000);
        }),
    );
    await here.page.evaluate(() => history.pushState({}, '', '/next'));
    const told = await here.site.waitFor(({ name }) => name === 'engagement');
    expect(told).toMatchObject({ url: `${here.site.shop}/` });
    expect(told.scroll).toBeGreaterThan(45);
    expect(told.scroll).toBeLessThan(55);
    expect(here.site.requests.at(-1)?.events.map(({ name }) => name)).toEqual(['engagement', 'pageview']);
  });

  test('who shows no sign of life is taken as gone after a minute, and comes back with the next', async () => {
    await here.page.clock.install();
    await here.open('/');
    await here.page.clock.runFor(30_000);
    await here.page.mouse.move(10, 10);
    await here.page.clock.runFor(600_000);
    await here.page.mouse.move(20, 20);
    await here.page.clock.runFor(5_000);
    await here.page.evaluate(() => history.pushState({}, '', '/next'));
    await here.page.clock.runFor(10);
    const told = await here.site.waitFor(({ name }) => name === 'engagement');
    expect(told.engaged_ms).toBeGreaterThanOrEqual(95_000);
    expect(told.engaged_ms).toBeLessThan(100_000);
  });

  test('a tab that is really hidden behind another says so at once, and its time hidden counts nothing', async () => {
    const close = await openAlone(`${here.site.shop}/tabs`);
    try {
      const { props } = await here.site.waitFor(({ name }) => name === 'back');
      const { seen, hidden } = props as { seen: number; hidden: number };
      expect(hidden).toBeGreaterThan(500);
      expect(here.site.events().map(({ name }) => name)).toEqual([
        'pageview',
        'engagement',
        'engagement',
        'pageview',
        'back',
      ]);
      const told = here.named('engagement').reduce((sum, { engaged_ms }) => sum + Number(engaged_ms), 0);
      expect(told).toBeGreaterThan(300);
      expect(told).toBeLessThanOrEqual(seen + 2);
    } finally {
      await close();
    }
  });

  test('hiding the tab sends it, and closing it afterwards does not send it again', async () => {
    await here.open('/');
    await here.page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    });
    await here.site.waitFor(({ name }) => name === 'engagement');
    await here.page.close({ runBeforeUnload: true });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(here.urls('engagement')).toEqual(['/']);
  });
});

describe('calls', () => {
  test("a function in the queue is given the global once it counts, and what it throws is the page's error", async () => {
    await here.page.addInitScript(() => {
      window.AnalyticsService = {
        q: [
          () => {
            throw new Error('a bug of the page');
          },
          (service) => service.track('from_queue'),
        ],
        track: () => undefined,
      };
    });
    await here.open('/product');
    await here.site.waitFor(({ name }) => name === 'from_queue');
    await here.page.evaluate(() => window.AnalyticsService?.q.push((service) => service.track('later')));
    await here.site.waitFor(({ name }) => name === 'later');
    await expect.poll(() => here.errors).toEqual(['a bug of the page']);
    here.errors.length = 0;
  });
});

test('calls that make no sense throw nothing into the page, and later ones count', async () => {
  await here.open('/product');
  const thrown = await here.page.evaluate(() => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const options = [
      null,
      undefined,
      7,
      'text',
      true,
      [],
      () => undefined,
      { callback: 5 },
      { url: 'http://[' },
    ];
    const odd = [...options, { props: circle }, { props: { big: 1n } }, { props: null }, { revenue: null }];
    return odd.flatMap((one) => {
      try {
        window.AnalyticsService?.track('odd', one as object);
        return [];
      } catch (error) {
        return [String(error)];
      }
    });
  });
  expect(thrown).toEqual([]);
  await here.page.evaluate(() => window.AnalyticsService?.track('mark'));
  await here.site.waitFor(({ name }) => name === 'mark');
});

describe('what stays on the device', () => {
  test('no cookie, no storage', async () => {
    await here.open('/early');
    await here.page.goto(`${here.site.shop}/product`);
    await here.site.waitFor(({ title }) => title === 'Product');
    const kept = await here.page.evaluate(async () => ({
      cookie: document.cookie,
      local: localStorage.length,
      session: sessionStorage.length,
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
    }));
    expect(kept).toEqual({ cookie: '', local: 0, session: 0, databases: 0, caches: 0 });
    expect(await here.context.cookies()).toEqual([]);
  });

  test('localStorage.footfall_ignore keeps the owner out, from the next event on', async () => {
    await here.open('/product');
    await here.page.evaluate(() => localStorage.setItem('footfall_ignore', 'true'));
    await here.page.evaluate(() => window.AnalyticsService?.track('purchase'));
    await here.page.goto(`${here.site.shop}/`);
    await here.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
    expect(here.site.events().map(({ name }) => name)).toEqual(['pageview']);
  });
});
