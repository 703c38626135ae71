import { randomUUID } from 'node:crypto';
import { freePort } from '@footfall/postgres/free-port';
import type { Installation } from '@footfall/testkit/installation';
import { type Browser, expect, type Page } from '@playwright/test';
import { newMerchant } from './support/merchant.ts';
import { type ProxyKind, type ProxyPorts, type RunningProxy, sendFrom, startProxy } from './support/proxy.ts';
import { type Shop, startShop } from './support/shop.ts';
import { test } from './support/test.ts';

// What docs/operating.md says of proxies, with real ones in front of one installation.

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';

/** Servers as people write them who do not know the docs: no header at all, and a proxy that nobody has named as trusted. */
const CARELESS = `
server {
    listen 443 ssl;
    server_name bare.example.com;
    ssl_certificate /etc/ssl/example.com/fullchain.pem;
    ssl_certificate_key /etc/ssl/example.com/privkey.pem;
    location / { proxy_pass http://127.0.0.1:3000; }
}
server {
    listen 443 ssl;
    server_name forgotten.example.com;
    ssl_certificate /etc/ssl/example.com/fullchain.pem;
    ssl_certificate_key /etc/ssl/example.com/privkey.pem;
    location / {
        proxy_pass http://127.0.0.1:3001;
        proxy_bind 127.0.0.9;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }
}`;

let ports: ProxyPorts;
let installation: Installation;
let merchant: Awaited<ReturnType<typeof newMerchant>>;
let shop: Shop;
let browser: Browser;
let proxy: RunningProxy | undefined;

const host = (name: string) => `https://${name}.example.com:${ports.proxy}`;

test.beforeAll(async ({ install, playwright, launchOptions }) => {
  const port = await freePort();
  installation = await install({
    WEB_URL: `https://stats.example.com:${port}/`,
    COLLECTOR_URL: `https://shop.example.com:${port}/f/`,
    TRUSTED_PROXIES: '127.0.0.1',
  });
  const [portal, collector] = [installation.webUrl, installation.collectorUrl].map((url) =>
    Number(new URL(url).port),
  );
  merchant = await newMerchant(installation);
  shop = await startShop({ siteKey: merchant.siteKey, collectorUrl: `https://shop.example.com:${port}/f` });
  ports = {
    proxy: port,
    portal: portal as number,
    collector: collector as number,
    shop: Number(new URL(shop.url).port),
  };
  browser = await playwright.chromium.launch({
    ...launchOptions,
    args: [...(launchOptions.args ?? []), '--host-resolver-rules=MAP *.example.com 127.0.0.1'],
  });
});
test.afterAll(async () => {
  await browser?.close();
  await shop?.stop();
  await installation?.stop();
});
test.afterEach(async () => {
  await proxy?.stop();
  proxy = undefined;
});

async function openPage(): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB' });
  return context.newPage();
}

async function signIn(page: Page, at: string): Promise<void> {
  await page.goto(`${at}/sign-in`);
  await page.getByLabel('Email').fill(merchant.owner.email);
  await page.getByLabel('Password').fill(merchant.owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const pageview = (siteKey: string) =>
  JSON.stringify({
    site: siteKey,
    events: [{ id: randomUUID(), name: 'pageview', url: `${host('shop')}/` }],
  });

/** One client comes by each of these ways; it stays one visitor. */
async function comeFrom(address: string, siteKey: string): Promise<void> {
  const headers = { 'user-agent': AGENT };
  const url = `${host('shop')}/`;
  const plausible = JSON.stringify({ n: 'pageview', u: url, d: siteKey });
  const sent = [
    await sendFrom(address, new URL(`${host('shop')}/f/collect`), { body: pageview(siteKey), headers }),
    await sendFrom(address, new URL(`${host('in')}/collect`), { body: pageview(siteKey), headers }),
    await sendFrom(address, new URL(`${host('shop')}/f/api/event`), { body: plausible, headers }),
    await sendFrom(address, new URL(`${host('shop')}/f/pixel.gif?site=${siteKey}&u=${url}`), { headers }),
  ];
  expect(sent.map(({ status }) => status)).toEqual([202, 202, 202, 200]);
}

const readCounts = async ({ client }: Pick<typeof merchant, 'client'>) => {
  const { results } = (await client.query({ metrics: ['visitors', 'pageviews'], date_range: 'day' })) as {
    results: { metrics: number[] }[];
  };
  return results[0]?.metrics;
};

for (const kind of ['nginx', 'caddy'] satisfies ProxyKind[]) {
  test(`${kind} as the docs have it carries portal, collector and a path of the shop`, async () => {
    proxy = await startProxy(kind, ports);
    const page = await openPage();
    await signIn(page, host('stats'));
    await page.waitForURL(({ pathname }) => pathname !== '/sign-in');
    await page.goto(`${host('stats')}/sites/${merchant.siteId}/install`);
    await expect(page.locator('pre')).toContainText(`src="${host('shop')}/f/a.js"`);
    await expect(page.locator('[data-problem]')).toHaveCount(0);

    const counted = page.waitForResponse((response) => response.url() === `${host('shop')}/f/collect`);
    await page.goto(`${host('shop')}/`);
    expect((await counted).status()).toBe(202);
    await page.context().close();

    const other = await newMerchant(installation);
    for (const address of ['127.0.0.2', '127.0.0.3', '127.0.0.4']) await comeFrom(address, other.siteKey);
    await expect.poll(() => readCounts(other), { timeout: 15_000 }).toEqual([3, 12]);
  });
}

test('a proxy that nobody has named makes one visitor of three, and status and install page say so', async () => {
  proxy = await startProxy('nginx', ports, CARELESS);
  const other = await newMerchant(installation);
  const headers = { 'user-agent': AGENT };
  for (const address of ['127.0.0.2', '127.0.0.3', '127.0.0.4'])
    await sendFrom(address, new URL(`${host('forgotten')}/collect`), {
      body: pageview(other.siteKey),
      headers,
    });
  await expect.poll(() => readCounts(other), { timeout: 15_000 }).toEqual([1, 3]);

  const { warnings } = await installation.admin(['status']);
  expect(warnings).toEqual([
    expect.stringMatching(/^collector: X-Forwarded-For .* set TRUSTED_PROXIES=127\.0\.0\.9 /),
  ]);
  const page = await openPage();
  await signIn(page, host('stats'));
  await page.waitForURL(({ pathname }) => pathname !== '/sign-in');
  await page.goto(`${host('stats')}/sites/${merchant.siteId}/install`);
  await expect(page.locator('[data-problem="proxyUntrusted"]')).toContainText('TRUSTED_PROXIES');
  await page.screenshot({ path: '../artifacts/screenshots/install-proxy.png', fullPage: true });
  await page.context().close();
});

test('behind a bare proxy_pass a form says which header is missing, and no redirect leads inside', async () => {
  proxy = await startProxy('nginx', ports, CARELESS);
  const { status, location = '' } = await sendFrom('127.0.0.1', new URL(`${host('bare')}/sites/new`));
  expect(status).toBe(307);
  expect(new URL(location, host('bare')).host).toBe(new URL(host('bare')).host);
  const page = await openPage();
  await signIn(page, host('bare'));
  await expect(page.getByText('The proxy does not pass on the address')).toBeVisible();
  await expect(page.getByText('proxy_set_header Host $host;')).toBeVisible();
  await page.screenshot({ path: '../artifacts/screenshots/address-lost.png', fullPage: true });
  await page.context().close();
});
