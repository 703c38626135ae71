import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Extension } from './extension.ts';
import { type FakePage, openFakePage } from './fake-page.fixture.ts';
import type { Track } from './options.ts';

const HOME = 'https://shop.example/';
let start: (options?: { manual?: true; hash?: true }, extensions?: Extension[]) => Track;

let page: FakePage;
const seen = () => page.events().map(({ name, url }) => `${name} ${String(url).replace(HOME, '/')}`);

beforeEach(async () => {
  vi.useFakeTimers();
  // The clock of a page has run for some time before any script runs.
  vi.advanceTimersByTime(100);
  page = openFakePage(HOME);
  vi.resetModules();
  const [{ attributes }, { begin }, { track }] = await Promise.all([
    import('./attributes.ts'),
    import('./tracker.ts'),
    import('./track.ts'),
  ]);
  start = (options, extensions) => {
    Object.assign(attributes, { site: 'key', endpoint: 'https://collector.example/collect', ...options });
    begin(extensions);
    return track;
  };
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('pageviews', () => {
  test('the page is counted at once, the next when its address changes, with the engagement of the one before', async () => {
    start();
    vi.advanceTimersByTime(2_000);
    history.pushState(null, '', '/c/bowls');
    await page.settle();
    expect(seen()).toEqual(['pageview /', 'engagement /', 'pageview /c/bowls']);
    expect(page.events()[1]).toMatchObject({ engaged_ms: 2_000, scroll: 50 });
  });

  test.each([
    ['the same address again', HOME, 0],
    ['another hash', '#reviews', 0],
    ['another query', '?sort=price', 1],
    ['another path', '/p/1', 1],
  ])('replaceState with %s', async (_, url, more) => {
    start();
    history.replaceState(null, '', url);
    await page.settle();
    expect(seen().filter((name) => name.startsWith('pageview'))).toHaveLength(1 + more);
  });

  test('the hash stays at home, since sign-in services leave secrets in it', async () => {
    page.location.href = `${HOME}callback#access_token=secret`;
    start();
    await page.settle();
    expect(seen()).toEqual(['pageview /callback']);
  });

  test('with `hash` it is part of the address, and its change a pageview', async () => {
    start({ hash: true });
    page.location.href = `${HOME}#/cart`;
    page.fire('popstate');
    page.fire('hashchange');
    await page.settle();
    expect(seen().filter((name) => name.startsWith('pageview'))).toEqual(['pageview /', 'pageview /#/cart']);
  });

  test('where the visitor came from is told with the first pageview only', async () => {
    page.document.referrer = 'https://search.example/';
    const track = start();
    track('Signup');
    vi.advanceTimersByTime(10);
    history.pushState(null, '', '/p/1');
    await page.settle();
    expect(page.events().map(({ referrer }) => referrer)).toEqual([
      'https://search.example/',
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('a page that the browser had kept is counted again when it comes back, a fresh one is not', async () => {
    start();
    page.fire('visibilitychange');
    vi.advanceTimersByTime(10);
    page.fire('pagehide');
    page.document.hidden = true;
    page.fire('visibilitychange');
    page.document.hidden = false;
    page.fire('visibilitychange');
    await page.settle();
    expect(seen()).toEqual(['pageview /', 'engagement /', 'pageview /']);
  });

  test('with `manual` only what the page asks for is counted, under the address it gives', async () => {
    const track = start({ manual: true });
    history.pushState(null, '', '/internal/4711');
    page.fire('pageshow', { persisted: true });
    track('pageview', { url: '/checkout/step-2' });
    vi.advanceTimersByTime(10);
    page.fire('pagehide');
    await page.settle();
    expect(seen()).toEqual(['pageview /checkout/step-2', 'engagement /checkout/step-2']);
  });

  test('with `manual` and no pageview there is nothing that engagement could belong to', async () => {
    start({ manual: true });
    vi.advanceTimersByTime(5_000);
    page.fire('pagehide');
    await page.settle();
    expect(page.sent).toEqual([]);
  });
});

describe('a page opened behind others', () => {
  const show = () => {
    page.document.hidden = false;
    page.document.focused = true;
    page.fire('visibilitychange');
  };

  beforeEach(() => {
    page.document.hidden = true;
    page.document.focused = false;
  });

  test('counts when it is first seen, once', async () => {
    start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(page.sent).toEqual([]);
    show();
    page.fire('focus');
    await page.settle();
    expect(seen()).toEqual(['pageview /']);
  });

  test('and closed unseen has counted nothing', async () => {
    start();
    vi.advanceTimersByTime(60_000);
    page.fire('pagehide');
    await page.settle();
    expect(page.sent).toEqual([]);
  });

  test('counts under the address that it has by then', async () => {
    start();
    history.pushState(null, '', '/c/bowls');
    history.pushState(null, '', '/c/plates');
    show();
    await page.settle();
    expect(seen()).toEqual(['pageview /c/plates']);
  });

  test('counts at once what the shop itself says: an order is one, whoever looks', async () => {
    start()('purchase', { order: '7' });
    await page.settle();
    expect(seen()).toEqual(['purchase /']);
  });
});

describe('engagement', () => {
  const told = () => page.events().filter(({ name }) => name === 'engagement');
  /** Leaves the page and gives the last report. */
  const leave = async () => {
    page.fire('pagehide');
    await page.settle();
    return told().at(-1);
  };

  test('hiding and leaving send it once; coming back goes on counting', async () => {
    start();
    vi.advanceTimersByTime(1_000);
    page.document.hidden = true;
    page.document.focused = false;
    page.fire('visibilitychange');
    vi.advanceTimersByTime(60_000);
    page.document.hidden = false;
    page.document.focused = true;
    page.fire('visibilitychange');
    vi.advanceTimersByTime(500);
    page.fire('pagehide');
    page.document.hidden = true;
    page.fire('visibilitychange');
    await page.settle();
    expect(told().map(({ engaged_ms }) => engaged_ms)).toEqual([1_000, 500]);
    // Each says how long ago its page was viewed, by the times of both.
    const [viewed] = page.events();
    for (const { ts, since_ms } of told()) expect(since_ms).toBe(Number(ts) - Number(viewed?.ts));
    expect(told()[1]?.since_ms).toBeGreaterThan(30_000);
    expect(viewed).not.toHaveProperty('since_ms');
  });

  test('it leaves with the page, not after the tick', () => {
    start();
    vi.advanceTimersByTime(1_000);
    page.fire('pagehide');
    expect(seen()).toEqual(['pageview /', 'engagement /']);
  });

  test('the depth is that of the page that is left', async () => {
    start();
    page.scrollTo(800);
    vi.advanceTimersByTime(10);
    history.pushState(null, '', '/p/1');
    page.scrollTo(0);
    vi.advanceTimersByTime(10);
    await leave();
    expect(told().map(({ url, scroll }) => [url, scroll])).toEqual([
      [HOME, 100],
      [`${HOME}p/1`, 50],
    ]);
  });

  test('time counts only with the focus', async () => {
    start();
    vi.advanceTimersByTime(3_000);
    page.document.focused = false;
    page.fire('blur');
    vi.advanceTimersByTime(60_000);
    page.document.focused = true;
    page.fire('focus');
    vi.advanceTimersByTime(2_000);
    expect(await leave()).toMatchObject({ scroll: 50, engaged_ms: 5_000 });
  });

  test('a click into a frame takes none: Firefox says for a moment that nothing has the focus', async () => {
    start();
    vi.advanceTimersByTime(3_000);
    page.document.focused = false;
    page.fire('blur');
    page.document.focused = true;
    vi.advanceTimersByTime(2_000);
    expect(await leave()).toMatchObject({ engaged_ms: 5_000 });
  });

  test('counts from a clock that still says 0', async () => {
    vi.useFakeTimers();
    start();
    vi.advanceTimersByTime(1_000);
    expect(await leave()).toMatchObject({ engaged_ms: 1_000 });
  });

  test('goes on for a minute after the last sign of life, and again with the next', async () => {
    start();
    vi.advanceTimersByTime(50_000);
    page.fire('keydown');
    vi.advanceTimersByTime(600_000);
    page.fire('pointermove');
    vi.advanceTimersByTime(5_000);
    expect(await leave()).toMatchObject({ engaged_ms: 50_000 + 60_000 + 5_000 });
  });

  test('clicks and taps are signs of life', async () => {
    start();
    for (let i = 0; i < 5; i++) {
      vi.advanceTimersByTime(20_000);
      page.fire('pointerdown');
    }
    expect(await leave()).toMatchObject({ engaged_ms: 100_000 });
  });

  test('nothing is said of a page at which nobody looked', async () => {
    page.document.focused = false;
    start();
    page.scrollTo(800);
    vi.advanceTimersByTime(60_000);
    await leave();
    expect(seen()).toEqual(['pageview /']);
  });

  test('the depth is the lowest point seen, of the height at the end', async () => {
    start();
    page.scrollTo(480);
    page.scrollTo(0);
    page.document.height = 3_200;
    vi.advanceTimersByTime(10);
    expect(await leave()).toMatchObject({ scroll: 40 });
  });

  test('the depth stays within 100 where the page bounces beyond its end', async () => {
    start();
    page.scrollTo(900);
    vi.advanceTimersByTime(10);
    expect(await leave()).toMatchObject({ scroll: 100 });
  });

  test('the page is not laid out for it while it loads, nor before it is read', async () => {
    start();
    page.fire('pointermove');
    page.scrollTo(100);
    expect(page.layouts).toBe(0);
    vi.advanceTimersByTime(10);
    await leave();
    expect(page.layouts).toBe(1);
  });
});

describe('a tracker with extensions', () => {
  test('they join before the first pageview, see whole events, and the last to join sees them first', async () => {
    const order: string[] = [];
    const noting =
      (label: string): Extension =>
      (tracker) => {
        const { send } = tracker;
        tracker.send = (event, callback) => {
          order.push(`${label} ${event.name} ${event.id.length}`);
          send({ ...event, title: label }, callback);
        };
      };
    start({}, [noting('inner'), noting('outer')]);
    await page.settle();
    expect(order).toEqual(['outer pageview 36', 'inner pageview 36']);
    expect(page.events()[0]).toMatchObject({ name: 'pageview', title: 'inner' });
  });
});

describe('events', () => {
  test('everything the shop says goes along', async () => {
    const said = {
      props: { plan: 'pro', seats: 3, trial: false },
      interactive: false,
      revenue: { amount: '12.34', currency: 'EUR' },
      order: 'A-1001',
      items: [{ sku: 'S1', name: 'Mug', category: 'Kitchen', price: '6.17', quantity: 2 }],
    };
    start()('purchase', said);
    await page.settle();
    expect(page.sent).toHaveLength(1);
    expect(page.events()[1]).toMatchObject({ name: 'purchase', url: HOME, ...said });
  });

  test('what cannot be sent is told to the callback and does not reach the page as an error', async () => {
    const track = start();
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const callback = vi.fn();
    track('a', { props: circle as never, callback });
    track('b', { url: 'https://', callback });
    track('c', { callback });
    await vi.advanceTimersByTimeAsync(10);
    expect(callback.mock.calls).toEqual([[false], [false], [true]]);
    expect(seen()).toEqual(['pageview /', 'c /']);
  });
});

describe('the owner', () => {
  test('who has set footfall_ignore is not counted, and callbacks still come', async () => {
    page.storage.footfall_ignore = 'true';
    const callback = vi.fn();
    start()('purchase', { callback });
    vi.advanceTimersByTime(1_000);
    page.fire('pagehide');
    await page.settle();
    expect(page.sent).toEqual([]);
    expect(callback.mock.calls).toEqual([[false]]);
  });

  test('a page without leave to use storage is counted', async () => {
    vi.stubGlobal(
      'localStorage',
      new Proxy(
        {},
        {
          get: () => {
            throw new DOMException('denied', 'SecurityError');
          },
        },
      ),
    );
    start();
    await page.settle();
    expect(seen()).toEqual(['pageview /']);
  });
});
