import { expect, test } from 'vitest';
import { browserSite, html, snippet } from './browser-site.fixture.ts';
import { readBlocks } from './docs.fixture.ts';

/** The blocks of a document in a language, with the collector and the key of the test. */
const blocks = (file: string, language = 'html') =>
  readBlocks(`docs/${file}`)
    .filter((block) => block.language === language)
    .map(({ code }) =>
      code.replaceAll('https://collector.example', '{collector}').replaceAll('YOUR_SITE_KEY', '{key}'),
    );

/** The one block that says this. */
const block = (file: string, words: string, language?: string) => {
  const found = blocks(file, language).filter((code) => code.includes(words));
  if (found.length !== 1) throw new Error(`${file} has ${found.length} blocks with ${words}`);
  return found[0] as string;
};

const GA4_ORDER = {
  transaction_id: 1001,
  value: 12.34,
  currency: 'EUR',
  items: [{ item_id: 'S1', item_name: 'Mug', item_category: 'Kitchen', price: 6.17, quantity: 2 }],
};

const WIX = `<script>window.wixDevelopersAnalytics = { register: (app, listener) => { window.listener = listener } }</script>
  ${block('install/wix.md', 'wixDevelopersAnalytics')}
  <script>
    const mug = { id: 'S1', name: 'Mug', category: 'Kitchen', price: 6.17, quantity: 2 };
    listener('AddToCart', mug);
    listener('InitiateCheckout', { contents: [mug] });
    listener('Purchase', { orderId: '1001', revenue: 12.34, currency: 'EUR', contents: [mug] });
  </script>`;

const VARIANT = {
  id: '42',
  sku: 'S1',
  price: { amount: 6.17, currencyCode: 'EUR' },
  product: { title: 'Mug', type: 'Kitchen' },
};
const CHECKOUT = {
  token: 'secret-token',
  order: { id: '1001' },
  totalPrice: { amount: 12.34, currencyCode: 'EUR' },
  lineItems: [{ title: 'Mug', quantity: 2, variant: VARIANT }],
};
/** What Shopify hands to a pixel, as its reference has it. */
const shopify = (name: string, data: object) => ({
  id: `sh-${name}`,
  name,
  timestamp: new Date().toISOString(),
  data,
  context: {
    document: {
      title: 'Checkout',
      location: { href: 'https://shop.example/checkouts/cn/secret-token/thank-you?key=secret' },
    },
  },
});

const PIXEL = `<script>const handlers = {}; const analytics = { subscribe: (name, handler) => { handlers[name] = handler } };</script>
  <script>${block('install/shopify.md', 'analytics.subscribe', 'js')}</script>
  <script>for (const event of ${JSON.stringify([
    shopify('product_viewed', { productVariant: VARIANT }),
    shopify('product_added_to_cart', { cartLine: { merchandise: VARIANT, quantity: 2 } }),
    shopify('checkout_started', { checkout: CHECKOUT }),
    shopify('checkout_completed', { checkout: CHECKOUT }),
  ])}) handlers[event.name](event)</script>`;

const WOO = block('install/woocommerce.md', 'woocommerce_thankyou', 'php');
const WOO_ORDER = JSON.stringify({
  order: '1001',
  revenue: { amount: '12.34', currency: 'EUR' },
  items: [{ sku: 'S1', name: 'Mug', price: '6.17', quantity: 2 }],
});
const inlineScript = (php: string) =>
  (/<script>.*<\/script>/s.exec(php)?.[0] ?? '').replace(/<\?php.*?\?>/s, WOO_ORDER);

const PAGES = {
  '/html': html(
    'HTML',
    block('install/html.md', 'a.links.downloads.forms.js') + block('install/html.md', 'purchase'),
  ),
  '/gtm': html(
    'GTM',
    block('install/google-tag-manager.md', 'createElement'),
    block('install/google-tag-manager.md', '{{Ecommerce}}').replace(
      '{{Ecommerce}}',
      JSON.stringify(GA4_ORDER),
    ),
  ),
  '/wix': html('Wix', snippet('.links.downloads'), WIX),
  '/squarespace': html(
    'Squarespace',
    '',
    block('install/squarespace.md', '{orderId}')
      .replaceAll('{orderId}', '1001')
      .replace('{orderGrandTotalCents}', '101234'),
  ),
  '/pixel': html('Pixel', '', '<iframe sandbox="allow-scripts" src="/pixel-frame"></iframe>'),
  '/pixel-frame': html('Frame', '', PIXEL),
  '/woo': html(
    'Woo',
    inlineScript(block('install/woocommerce.md', 'wp_head', 'php')) + snippet(),
    inlineScript(WOO),
  ),
  '/shop': html(
    'Shop',
    snippet('.ecommerce'),
    `${block('tracker.md', "track('Signup'")}${block('tracker.md', 'shop.viewItem')}`,
  ),
  '/clicks': html('Clicks', snippet('.clicks'), block('tracker.md', '<button data-track-event')),
  '/hook': html('Hook', block('tracker.md', 'function scrub')),
  '/consent': html('Consent', block('tracker.md', 'function onDecision')),
  '/opt-out': html('Opt out', snippet('.privacy'), block('tracker.md', 'optOut()')),
  '/lost': html('Lost', block('install/html.md', 'data-not-found')),
};

const here = browserSite(PAGES);
const purchase = async () => here.site.waitFor(({ name }) => name === 'purchase');
const MUG = { sku: 'S1', name: 'Mug', price: '6.17', quantity: 2 };
const ORDER = { order: '1001', revenue: { amount: '12.34', currency: 'EUR' } };

test.each([
  ['/html', { ...ORDER, order: 'A-1001', items: [{ ...MUG, category: 'Kitchen' }] }],
  ['/gtm', { ...ORDER, items: [{ ...MUG, category: 'Kitchen' }] }],
  ['/wix', { ...ORDER, items: [{ ...MUG, category: 'Kitchen' }] }],
  ['/squarespace', { order: '1001', revenue: { amount: '1012.34', currency: 'EUR' } }],
  ['/woo', { ...ORDER, items: [MUG] }],
])('the snippets of %s count the page and the order', async (path, order) => {
  await here.page.goto(here.site.shop + path);
  expect(await purchase()).toMatchObject(order);
  expect(here.urls('pageview')).toEqual([path]);
});

test('the pixel for Shopify counts cart, checkout and order from its sandbox, without the secrets of the address', async () => {
  await here.page.goto(`${here.site.shop}/pixel`);
  expect(await purchase()).toMatchObject({
    ...ORDER,
    id: 'sh-checkout_completed',
    url: 'https://shop.example/checkouts',
    items: [{ ...MUG, category: 'Kitchen' }],
  });
  await here.site.waitFor(({ name }) => name === 'begin_checkout');
  expect(here.named('add_to_cart')[0]).toMatchObject({ items: [MUG] });
  expect(here.named('view_item')[0]).toMatchObject({ items: [{ ...MUG, quantity: 1 }] });
  expect(JSON.stringify(here.site.events())).not.toContain('secret');
  expect(here.site.requests[0]?.headers.origin).toBe('null');
});

test('the calls of the reference: shop, clicks, hook, consent, opting out, a page that is not found', async () => {
  await here.open('/shop');
  await here.site.waitFor(({ name }) => name === 'refund');
  expect(here.site.events().map(({ name }) => name)).toEqual([
    'pageview',
    'Signup',
    'view_item',
    'add_to_cart',
    'begin_checkout',
    'purchase',
    'refund',
  ]);
  await here.page.goto(`${here.site.shop}/clicks`);
  await here.page.click('button');
  await here.site.waitFor(({ name }) => name === 'Size chosen');
  await here.page.goto(`${here.site.shop}/hook?token=secret`);
  await here.site.waitFor(({ url }) => url.endsWith('/hook?token=x'));
  await here.page.goto(`${here.site.shop}/consent`);
  await here.page.evaluate('onDecision(true)');
  await here.site.waitFor(({ title }) => title === 'Consent');
  await here.page.goto(`${here.site.shop}/lost`);
  await here.site.waitFor(({ name }) => name === '404');
  await here.page.goto(`${here.site.shop}/opt-out`);
  await here.page.click('text=Do not count me');
  expect(await here.page.evaluate(() => localStorage.footfall_ignore)).toBe('true');
});
