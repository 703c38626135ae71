import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CATEGORIES, PRODUCTS } from './catalogue.ts';
import { LOOKS } from './look.ts';
import { openShop, type Shop } from './server.ts';

const COLLECTOR = 'https://collector.example';
const NASTY = `"><script>alert('x')</script>&`;

const PATHS = [
  '/',
  ...CATEGORIES.map(({ slug }) => `/c/${slug}`),
  ...PRODUCTS.map(({ slug }) => `/p/${slug}`),
  '/lookbook',
  ...LOOKS.map(({ slug }) => `/lookbook/${slug}`),
  '/cart',
  '/checkout',
  '/thank-you',
];

let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ port: 0, site: 'key_123', collector: COLLECTOR });
});

afterAll(() => shop.close());

const get = (path: string, cookie = '') => fetch(shop.origin + path, { headers: { cookie } });

/** Sends a form, and gives what a browser does next: where to, with which cookies. */
async function post(path: string, fields: Record<string, string>, cookie = '') {
  const response = await fetch(shop.origin + path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { cookie },
    redirect: 'manual',
  });
  const cookies = response.headers.getSetCookie().map((each) => each.split(';')[0]);
  return { status: response.status, location: response.headers.get('location'), cookie: cookies.join('; ') };
}

/** What the page tells the tracker, by event name. */
function trackedIn(page: string, name: string): Record<string, unknown> | undefined {
  const found = new RegExp(`track\\("${name}", (.*?)\\)</script>`).exec(page);
  return found === null ? undefined : (JSON.parse(found[1] as string) as Record<string, unknown>);
}

describe('every page', () => {
  test.each(PATHS)('%s answers, with the snippet and a title', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const page = await response.text();
    expect(page).toContain(`<script defer src="${COLLECTOR}/a.js" data-site="key_123"></script>`);
    expect(page).toMatch(/<title>[^<]+ · Ember &amp; Oat<\/title>/);
    expect(page.match(/<h1[ >]/g)).toHaveLength(1);
  });

  test('leads only to pages and files that are there', async () => {
    const links = new Set<string>();
    for (const path of PATHS) {
      for (const [, link] of (await (await get(path)).text()).matchAll(/(?:href|src)="(\/[^"]*)"/g)) {
        links.add(link as string);
      }
    }
    const statuses = await Promise.all([...links].map(async (link) => [link, (await get(link)).status]));
    expect(statuses.filter(([, status]) => status !== 200)).toEqual([]);
    expect(PATHS.filter((path) => path !== '/thank-you' && path !== '/checkout' && !links.has(path))).toEqual(
      [],
    );
  });

  test.each(['/nowhere', '/p/nothing', '/c/', '/lookbook/none', '/p/../../etc/passwd'])(
    '%s is not found, politely',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect(await response.text()).toContain('Not on our shelves');
    },
  );
});

describe('the snippet', () => {
  test('cannot be broken out of by a key', async () => {
    const other = await openShop({ port: 0, site: NASTY, collector: COLLECTOR });
    const page = await (await fetch(other.origin)).text();
    await other.close();
    expect(page).toContain('data-site="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;"');
    expect(page).not.toContain("alert('x')");
  });

  test('is left out without a key', async () => {
    const other = await openShop({ port: 0, site: undefined, collector: COLLECTOR });
    const page = await (await fetch(other.origin)).text();
    await other.close();
    expect(page).not.toContain('a.js');
  });
});

describe('shopping, without any script', () => {
  test('a product is looked at, put into the cart, and counted each time', async () => {
    const page = await (await get('/p/morning-mug')).text();
    const item = { sku: 'CP-01', name: 'Morning mug', category: 'Cups & pots', price: '22.00', quantity: 1 };
    expect(trackedIn(page, 'view_item')).toEqual({ items: [item] });
    expect(page).toContain('data-track="add_to_cart"');

    const first = await post('/cart', { action: 'add', product: 'morning-mug', quantity: '2' });
    expect(first).toMatchObject({ status: 303, location: '/cart', cookie: 'shop_cart=morning-mug:2' });
    const second = await post(
      '/cart',
      { action: 'add', product: 'morning-mug', quantity: '1' },
      first.cookie,
    );
    expect(second.cookie).toBe('shop_cart=morning-mug:3');
    expect(await (await get('/cart', second.cookie)).text()).toContain('€66.00');
  });

  test.each([
    ['0 takes it out', '0', 'shop_cart='],
    ['more than we have is cut', '9999', 'shop_cart=morning-mug:20'],
    ['nothing changes nothing', '', 'shop_cart=morning-mug:3'],
    ['nonsense changes nothing', '-1', 'shop_cart=morning-mug:3'],
  ])('a quantity of %s', async (_, quantity, cookie) => {
    const sent = { action: 'set', product: 'morning-mug', quantity };
    expect((await post('/cart', sent, 'shop_cart=morning-mug:3')).cookie).toBe(cookie);
  });

  test('an order empties the cart; its page tells the same order however often it is loaded', async () => {
    const cart = 'shop_cart=teapot:1.cherry-spoon:2';
    expect(trackedIn(await (await get('/checkout', cart)).text(), 'begin_checkout')?.items).toHaveLength(2);
    const bought = await post('/checkout', { name: 'Ada' }, cart);
    expect(bought).toMatchObject({ status: 303, location: '/thank-you' });
    expect(bought.cookie).toMatch(/^shop_cart=; shop_order=A-[0-9A-F]{8}~teapot:1\.cherry-spoon:2$/);

    const load = async () => trackedIn(await (await get('/thank-you', bought.cookie)).text(), 'purchase');
    const report = await load();
    expect(report).toEqual({
      order: expect.stringMatching(/^A-[0-9A-F]{8}$/),
      revenue: { amount: '102.00', currency: 'EUR' },
      items: [
        { sku: 'CP-04', name: 'Teapot', category: 'Cups & pots', price: '74.00', quantity: 1 },
        { sku: 'KI-03', name: 'Cherry spoon', category: 'Kitchen', price: '14.00', quantity: 2 },
      ],
    });
    expect(await load()).toEqual(report);
  });

  test('there is no order of an empty cart, and none of a cookie that somebody made up', async () => {
    expect(await post('/checkout', {})).toMatchObject({ location: '/cart', cookie: '' });
    const page = await (await get('/thank-you', 'shop_order=<script>~teapot:1')).text();
    expect(trackedIn(page, 'purchase')).toBeUndefined();
    expect(page).toContain('No order yet');
  });
});
