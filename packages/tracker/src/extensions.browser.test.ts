import { describe, expect, test } from 'vitest';
import { browserSite, html, STUB, snippet } from './browser-site.fixture.ts';
import { PARTS } from './part-names.ts';

// Links are told, and followed nowhere: the test goes on on the same page.
const STAY = `<script>addEventListener('click', (event) => event.target.closest?.('a, #host') && event.preventDefault());
  addEventListener('submit', (event) => event.preventDefault())</script>`;

const LINKS = `${STAY}
  <a id="out" href="https://other.example/a?b=c#d"><b id="inner">Out</b></a>
  <a id="own" href="/product">Own</a>
  <a id="mail" href="mailto:shop@shop.example">Mail</a>
  <a id="pdf" href="/files/Price%20List.PDF?v=2">Prices</a>
  <a id="given" href="/invoice/7" download="invoice-7.txt">Invoice</a>
  <a id="blob" download="basket.csv">Basket</a>
  <a id="dotless" href="/zip">Not a file</a>
  <div id="host"></div>
  <script>
    blob.href = URL.createObjectURL(new Blob(['a;b']));
    host.attachShadow({ mode: 'open' }).innerHTML = '<a id="shadowed" href="https://shadow.example/">Shadow</a>';
  </script>`;

const FORMS = `${STAY}
  <form id="newsletter" action="/subscribe?token=secret"><input name="id" value="x"><button>Go</button></form>
  <form name="search"><input name="q" required><button id="search">Search</button></form>`;

const CLICKS = `${STAY}
  <button data-track-event="Size chosen" data-track-size="XL" data-track-in-stock="true"><i id="icon">XL</i></button>
  <button id="paid" data-track-event="Donation" data-track-amount="5.00" data-track-currency="EUR"
    data-track-interactive="false">Give</button>
  <form data-track-event="Survey" data-track-kind="exit"><button id="survey">Send</button></form>
  <p id="plain" data-track-size="XL">no event</p>`;

/** A page that has every short name there is for itself, for good. */
const LETTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ$_'];
const CROWD = `<script>const ${LETTERS.map((letter) => `${letter} = '${letter}'`).join()};
  const own = Object.keys(window);</script>`;

const BROKEN = `<button id="twice">Break</button><script src="/broken.js?v=1"></script><img src="/missing.png" alt="">
  <script>
    Promise.reject(new TypeError('no stock'));
    twice.onclick = () => { throw new Error('loop') };
  </script>`;

const PAGES = {
  '/links': html('Links', snippet('.links'), LINKS),
  '/downloads': html('Downloads', snippet('.downloads'), LINKS),
  '/own-types': html(
    'Own types',
    snippet('.downloads', 'data-downloads="step, stl"'),
    `${STAY}
    <a id="step" href="/x.step">STEP</a><a id="pdf" href="/x.pdf">PDF</a>`,
  ),
  '/forms': html('Forms', snippet('.forms'), FORMS),
  '/clicks': html('Clicks', snippet('.clicks'), CLICKS),
  '/errors': html('Errors', snippet('.errors'), BROKEN),
  '/broken.js': { html: 'throw new Error("broken")', headers: { 'content-type': 'text/javascript' } },
  '/lost': { html: html('Lost', snippet('.404')), status: 404 },
  '/found': html('Found', snippet('.404')),
  '/soft': html('Soft', snippet('.404', 'data-not-found')),
  '/shop': html(
    'Shop',
    STUB + snippet('.ecommerce'),
    '<script>AnalyticsService.q.push((s) => s.viewItem({sku: "E1"}))</script>',
  ),
  '/user': html('User', snippet('.identify', 'data-user="customer-7"')),
  '/asking': html('Asking', STUB + snippet('.consent'), '<script>AnalyticsService.track("early")</script>'),
  '/agreed': html('Agreed', snippet('.consent', 'data-consent="granted"')),
  '/hook': html('Hook', snippet('.before-send', 'data-before-send="scrub"')),
  '/private': html('Private', snippet('.privacy')),
  '/gpc': html('GPC only', snippet('.privacy', 'data-respect="gpc"')),
  '/admin/orders': html('Admin', snippet('.exclude', 'data-exclude="/admin/**, /cart"')),
  '/none': html('None', snippet('.sample', 'data-sample="0"')),
  '/some': html('Some', snippet('.sample', 'data-sample="50"')),
  '/debug': html('Debug', snippet('.exclude.debug', 'data-exclude="/secret" data-debug')),
  '/everything': html('Everything', STUB + snippet('.links.downloads.forms.clicks'), LINKS),
  '/crowded': html('Crowded', CROWD + STUB + snippet(`.${PARTS.join('.')}`, 'data-consent="granted"'), FORMS),
  '/two': html('Two', snippet('.consent', 'data-consent="granted"') + snippet('.consent')),
};

const here = browserSite(PAGES);
const props = (name: string) => here.named(name).map((event) => event.props);
const click = (selector: string, options = {}) => here.page.click(selector, options);
/** Long enough for what must not come. */
const pause = () => here.page.waitForTimeout(200);
/** So many events, engagement apart, and no more. */
async function sentExactly(count: number): Promise<void> {
  const sent = () => here.site.events().filter(({ name }) => name !== 'engagement').length;
  await expect.poll(sent).toBe(count);
  await pause();
  expect(sent()).toBe(count);
}

describe('links', () => {
  test('followed to another host are counted, by click, key and middle button, from within and from a shadow root', async () => {
    await here.open('/links');
    await click('#inner');
    await here.page.focus('#out');
    await here.page.keyboard.press('Enter');
    await click('#inner', { button: 'middle' });
    await click('#inner', { button: 'right' });
    await click('#own');
    await click('#mail');
    await click('#shadowed');
    await here.mark();
    const url = 'https://other.example/a?b=c#d';
    expect(props('outbound_click')).toEqual([{ url }, { url }, { url }, { url: 'https://shadow.example/' }]);
  });

  test('that really leave the page are counted too', async () => {
    await here.context.route('https://other.example/**', (route) => route.fulfill({ body: 'Other' }));
    await here.open('/links');
    await here.page.evaluate(() => {
      const link = document.createElement('a');
      Object.assign(link, { href: 'https://other.example/gone', id: 'gone', textContent: 'Gone' });
      link.addEventListener('click', (event) => event.stopPropagation());
      document.body.append(link);
    });
    await click('#gone');
    await here.page.waitForURL('https://other.example/gone');
    await here.site.waitFor(({ name }) => name === 'outbound_click');
  });
});

describe('downloads', () => {
  test('files by their ending, and whatever has the attribute download', async () => {
    await here.open('/downloads');
    for (const link of ['#pdf', '#given', '#blob', '#dotless', '#own', '#out']) await click(link);
    await here.mark();
    expect(props('file_download')).toEqual([
      { file: 'Price%20List.PDF', url: `${here.site.shop}/files/Price%20List.PDF?v=2` },
      { file: 'invoice-7.txt', url: `${here.site.shop}/invoice/7` },
      { file: 'basket.csv', url: null },
    ]);
  });

  test('data-downloads names the endings that count', async () => {
    await here.open('/own-types');
    await click('#step');
    await click('#pdf');
    await here.mark();
    expect(props('file_download')).toEqual([{ file: 'x.step', url: `${here.site.shop}/x.step` }]);
  });
});

test('forms: a submit is counted by its name, never with what was entered; one that is not valid is none', async () => {
  await here.open('/forms');
  await click('#newsletter button');
  await click('#search');
  await here.page.fill('[name=q]', 'a secret');
  await click('#search');
  await here.mark();
  expect(props('form_submit')).toEqual([
    { form: 'newsletter', action: '/subscribe' },
    { form: 'search', action: '/forms' },
  ]);
  expect(JSON.stringify(here.site.requests)).not.toContain('secret');
});

test('clicks: elements with data-track-event count under their name, with their properties', async () => {
  await here.open('/clicks');
  await click('#icon');
  await click('#paid');
  await click('#survey');
  await click('#plain');
  await here.mark();
  expect(here.site.events().map(({ name }) => name)).toEqual([
    'pageview',
    'Size chosen',
    'Donation',
    'Survey',
    'mark',
  ]);
  expect(here.named('Size chosen')[0]).toMatchObject({ props: { size: 'XL', in_stock: 'true' } });
  expect(here.named('Donation')[0]).toMatchObject({
    props: {},
    interactive: false,
    revenue: { amount: '5.00', currency: 'EUR' },
  });
  expect(here.named('Survey')[0]).toMatchObject({ props: { kind: 'exit' } });
});

test('errors: what nobody caught is counted, each once, and missing pictures are none', async () => {
  await here.open('/errors');
  await click('#twice');
  await click('#twice');
  await here.mark();
  // The page's first errors come before a deferred script.
  await here.page.evaluate(() => {
    setTimeout(() => Promise.reject(new TypeError('no stock')));
    const script = document.createElement('script');
    script.src = '/broken.js?v=2';
    document.body.append(script);
  });
  await here.site.waitFor(({ props: said }) => JSON.stringify(said ?? '').includes('broken'));
  await here.site.waitFor(({ props: said }) => JSON.stringify(said ?? '').includes('no stock'));
  const told = here
    .named('error')
    .map((event) => [(event.props as { message: string }).message, event.interactive]);
  expect(told.sort()).toEqual([
    ['Uncaught Error: broken', false],
    ['Uncaught Error: loop', false],
    ['no stock', false],
  ]);
  expect(props('error')).toContainEqual({
    message: 'Uncaught Error: broken',
    source: `${here.site.shop}/broken.js`,
    line: 1,
  });
  // The page's own errors stay its own; the browser may tell of the last one later than the collector was told.
  const own = ['broken', 'broken', 'loop', 'loop', 'no stock', 'no stock'];
  await expect.poll(() => here.errors.toSorted()).toEqual(own);
  here.errors.length = 0;
});

describe('404', () => {
  test.each([
    ['/lost', [{ path: '/lost' }]],
    ['/soft', [{ path: '/soft' }]],
    ['/found', []],
  ])('%s', async (path, expected) => {
    await here.open(path);
    await here.mark();
    expect(props('404')).toEqual(expected);
    expect(here.site.events()[0]?.name).toBe('pageview');
  });
});

test('ecommerce: each helper says what the contract names, money as text', async () => {
  await here.open('/shop');
  await here.page.evaluate(() => {
    const shop = window.AnalyticsService;
    const mug = { sku: 'S1', name: 'Mug', category: 'Kitchen', price: 6.17, quantity: 2 };
    shop?.addToCart?.(mug);
    shop?.beginCheckout?.([mug]);
    shop?.purchase?.({ order: 1001, total: 12.34, currency: 'EUR', items: [mug], coupon: 'SPRING' });
    shop?.refund?.({ order: 1001, amount: '6.17', currency: 'EUR' });
    shop?.purchase?.(undefined as never);
  });
  await here.mark();
  const items = [{ sku: 'S1', name: 'Mug', category: 'Kitchen', price: '6.17', quantity: 2 }];
  const said = Object.fromEntries(here.site.events().map((event) => [event.name, event]));
  expect(said).toMatchObject({
    view_item: { items: [{ sku: 'E1' }] },
    add_to_cart: { items },
    begin_checkout: { items },
    purchase: {
      order: '1001',
      revenue: { amount: '12.34', currency: 'EUR' },
      items,
      props: { coupon: 'SPRING' },
    },
    refund: { order: '1001', revenue: { amount: '6.17', currency: 'EUR' }, items: [] },
  });
});

test('identify: nobody is named unless the shop says who it is, and until it says nobody', async () => {
  await here.open('/user');
  await here.page.evaluate(() => window.AnalyticsService?.identify?.('customer-8'));
  await here.page.evaluate(() => window.AnalyticsService?.track('as_8'));
  await here.page.evaluate(() => window.AnalyticsService?.identify?.(undefined));
  await here.mark();
  expect(here.site.events().map(({ name, user }) => [name, user])).toEqual([
    ['pageview', 'customer-7'],
    ['as_8', 'customer-8'],
    ['mark', undefined],
  ]);
});

describe('consent', () => {
  const say = (state: string) =>
    here.page.evaluate((said) => window.AnalyticsService?.consent?.(said as 'granted'), state);

  test('pending: nothing is sent until it is granted; then all of it, with its own time', async () => {
    await here.page.goto(`${here.site.shop}/asking`);
    await pause();
    expect(here.site.requests).toEqual([]);
    const at = await here.page.evaluate(() => Date.now());
    await say('granted');
    await here.mark();
    expect(here.site.events().map(({ name }) => name)).toEqual(['pageview', 'early', 'mark']);
    expect(here.site.events()[0]?.ts).toBeLessThan(at - 100);
  });

  test('denied: what waited is forgotten and nothing follows, callbacks are told', async () => {
    await here.page.goto(`${here.site.shop}/asking`);
    const told = here.page.evaluate(
      () =>
        new Promise((callback) =>
          window.AnalyticsService?.track('waiting', { callback: (taken) => callback(taken) }),
        ),
    );
    await say('denied');
    expect(await told).toBe(false);
    await here.page.evaluate(() => window.AnalyticsService?.track('late'));
    await here.page.goto('about:blank');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(here.site.requests).toEqual([]);
  });

  test('a page that is left undecided sends nothing', async () => {
    await here.page.goto(`${here.site.shop}/asking`);
    await here.page.goto(`${here.site.shop}/agreed`);
    await here.site.waitFor(({ title }) => title === 'Agreed');
    expect(here.urls('pageview')).toEqual(['/agreed']);
  });

  test('withdrawn on a page that had it, nothing more is sent', async () => {
    await here.open('/agreed');
    await say('denied');
    await here.page.evaluate(() => window.AnalyticsService?.track('late'));
    await pause();
    expect(here.site.events().map(({ name }) => name)).toEqual(['pageview']);
  });

  test('of two scripts on a page, the switch works on the one that counts', async () => {
    await here.open('/two');
    await say('denied');
    await here.page.evaluate(() => window.AnalyticsService?.track('late'));
    await pause();
    expect(here.site.events().map(({ name }) => name)).toEqual(['pageview']);
  });
});

describe('before-send', () => {
  const hook = (body: string) => here.page.addInitScript(`window.scrub = (event) => { ${body} }`);

  test('changes events, and drops those for which it gives nothing', async () => {
    await hook(
      `return event.name !== 'internal' && { ...event, url: event.url.replace(/token=\\w+/, 'token=x') }`,
    );
    await here.open('/hook?token=secret');
    await here.page.evaluate(() => window.AnalyticsService?.track('internal'));
    await here.mark();
    expect(here.site.events().map(({ name, url }) => [name, url])).toEqual([
      ['pageview', `${here.site.shop}/hook?token=x`],
      ['mark', `${here.site.shop}/hook?token=x`],
    ]);
  });

  test.each([
    ['one that throws', `throw new Error('a bug')`],
    ['one that gives nothing', ''],
  ])('%s sends nothing, and the page sees no error', async (_, body) => {
    await hook(body);
    await here.page.goto(`${here.site.shop}/hook`);
    await pause();
    expect(here.site.requests).toEqual([]);
  });

  test('one that is missing sends nothing, since it was there to keep something back', async () => {
    await here.page.goto(`${here.site.shop}/hook`);
    await pause();
    expect(here.site.requests).toEqual([]);
  });
});

describe('privacy', () => {
  const signal = (name: string, value: unknown) =>
    here.page.addInitScript(
      ([key, said]) => Object.defineProperty(navigator, key as string, { value: said }),
      [name, value],
    );

  test.each([
    ['/private', 'doNotTrack', '1', 0],
    ['/private', 'globalPrivacyControl', true, 0],
    ['/private', 'doNotTrack', '0', 1],
    ['/private', 'doNotTrack', null, 1],
    ['/gpc', 'doNotTrack', '1', 1],
    ['/gpc', 'globalPrivacyControl', true, 0],
  ])('%s with %s %s: %i events', async (path, name, value, count) => {
    await signal(name, value);
    await here.page.goto(here.site.shop + path);
    await sentExactly(count);
  });

  test('optOut keeps this browser out on later pages too, and counts it again when asked', async () => {
    await here.open('/private');
    expect(await here.page.evaluate(() => window.AnalyticsService?.optOut?.())).toBe(true);
    await here.page.goto(`${here.site.shop}/found`);
    await pause();
    expect(here.urls('pageview')).toEqual(['/private']);
    await here.page.goto(`${here.site.shop}/private`);
    await here.page.evaluate(() => window.AnalyticsService?.optOut?.(false));
    await here.mark();
    expect(await here.page.evaluate(() => localStorage.length)).toBe(0);
  });
});

test('exclude: pages that a pattern matches are not counted, nor their engagement; the next page is', async () => {
  await here.page.goto(`${here.site.shop}/admin/orders`);
  await here.page.evaluate(() => history.pushState({}, '', '/cart'));
  await here.page.evaluate(() => history.pushState({}, '', '/cart/open'));
  await here.mark();
  expect(here.site.events().map(({ name, url }) => `${name} ${new URL(url).pathname}`)).toEqual([
    'pageview /cart/open',
    'mark /cart/open',
  ]);
});

describe('sample', () => {
  test('of none, nothing is sent', async () => {
    await here.page.goto(`${here.site.shop}/none`);
    await pause();
    expect(here.site.requests).toEqual([]);
  });

  test.each([
    [0.49, 3],
    [0.51, 0],
  ])('of a half, a load that drew %d sends %i events, all or none of it', async (drawn, count) => {
    await here.page.addInitScript((random) => {
      // Later draws say the contrary: it is decided once.
      let first = true;
      Math.random = () => {
        const value = first ? random : 1 - random;
        first = false;
        return value;
      };
    }, drawn);
    await here.page.goto(`${here.site.shop}/some`);
    await here.page.evaluate(() => {
      history.pushState({}, '', '/some/more');
      window.AnalyticsService?.track('Signup');
    });
    await sentExactly(count);
  });
});

describe('debug', () => {
  const lines = () => here.page.locator('[aria-label="Footfall events"] > div').allTextContents();

  test('shows each event and what became of it, kept back ones too', async () => {
    await here.open('/debug');
    await here.page.evaluate(() => {
      window.AnalyticsService?.track('Signup', { props: { plan: '<b>pro</b>' } });
      window.AnalyticsService?.track('hidden', { url: '/secret' });
      const props = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [i, 'x'.repeat(9_000)]));
      window.AnalyticsService?.track('huge', { props });
    });
    await here.site.waitFor(({ name }) => name === 'Signup');
    await expect
      .poll(lines)
      .toEqual([
        '✓ pageview /debug ',
        '✓ Signup /debug {"plan":"<b>pro</b>"}',
        '✗ hidden /secret ',
        expect.stringMatching(/^✗ too large huge/),
      ]);
    await here.page.getByRole('button', { name: 'close' }).click();
    expect(await lines()).toEqual([]);
  });
});

test('all parts in one script share no name with the page or with each other', async () => {
  await here.open('/crowded');
  await click('#newsletter button');
  await here.mark();
  expect(here.site.events().map(({ name }) => name)).toEqual(['pageview', 'form_submit', 'mark']);
  expect(props('form_submit')).toEqual([{ form: 'newsletter', action: '/subscribe' }]);
  const names = await here.page.evaluate(
    `({ kept: [${LETTERS.join()}].join(''), added: Object.keys(window).filter((name) => !own.includes(name)) })`,
  );
  expect(names).toMatchObject({ kept: LETTERS.join('') });
  // Ids of the page's elements are not keys of the window.
  expect((names as { added: string[] }).added).toEqual(['AnalyticsService']);
});

test('several parts in one script each do their work', async () => {
  await here.open('/everything');
  await click('#out');
  await click('#pdf');
  await here.mark();
  expect(here.site.events().map(({ name }) => name)).toEqual([
    'pageview',
    'outbound_click',
    'file_download',
    'mark',
  ]);
});
