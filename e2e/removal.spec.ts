import AxeBuilder from '@axe-core/playwright';
import type { Installation } from '@footfall/testkit/installation';
import { type Browser, expect, type Page } from '@playwright/test';
import { aroundToday } from './support/counted.ts';
import { newMerchant } from './support/merchant.ts';
import { test } from './support/test.ts';

// What a stranger has put in with the public key is looked at, taken out, and accounted for.

let installation: Installation;
let merchant: Awaited<ReturnType<typeof newMerchant>>;

test.beforeAll(async ({ shared }) => {
  installation = shared;
  merchant = await newMerchant(installation);
});

const picture = (page: Page, name: string) =>
  page.screenshot({ path: `../artifacts/screenshots/${name}.png`, fullPage: true });

async function signIn(page: Page, to: string): Promise<void> {
  await page.goto(`${installation.webUrl}${to}`);
  await page.getByLabel(/Email|E-Mail/).fill(merchant.owner.email);
  await page.locator('input[type=password]').fill(merchant.owner.password);
  await page.getByRole('button', { name: /Sign in|Anmelden/ }).click();
  await page.waitForURL((url) => url.pathname === to);
}

/** Accessible, and no wider than a phone; pictures of the page as it is in other lights and sizes. */
async function expectWellMade(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      await picture(page, `${name}-${width}-${colorScheme}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      // Nor does a table stand out of its panel.
      const [table] = await page.locator('section:has(table)').all();
      const edges = await table?.evaluate((panel) =>
        [panel, ...panel.querySelectorAll('table')].map((one) => one.getBoundingClientRect().right),
      );
      if (edges !== undefined) expect(edges[1]).toBeLessThanOrEqual(edges[0] ?? 0);
    }
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 800 });
}

async function inGerman(browser: Browser, path: string, name: string): Promise<void> {
  const context = await browser.newContext({ locale: 'de-DE' });
  const page = await context.newPage();
  await signIn(page, path);
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expectWellMade(page, `${name}-de`);
  await context.close();
}

const collect = (count: number) =>
  fetch(`${installation.collectorUrl}/collect`, {
    method: 'POST',
    headers: {
      origin: `https://${merchant.domain}`,
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    },
    body: JSON.stringify({
      site: merchant.siteKey,
      events: Array.from({ length: count }, (_, n) => ({
        name: 'pageview',
        url: `https://${merchant.domain}/nonsense/${n % 12}`,
        ...(n % 10 === 0 ? { name: 'purchase', revenue: { amount: '999.99', currency: 'EUR' } } : {}),
      })),
    }),
  });

test('a merchant takes out what a stranger has put in, and the books account for it', async ({
  page,
  browser,
}) => {
  const { client, siteId, domain } = merchant;
  const remove = `/sites/${siteId}/settings/remove-events`;
  const health = `/sites/${siteId}/health`;
  await signIn(page, health);
  await expect(page.getByText('No events yet')).toBeVisible();
  await expectWellMade(page, 'health-empty');

  const own = { name: 'pageview', url: `https://${domain}/kiln`, visitor: 'customer' };
  const bad = [
    { ...own, url: 'kiln' },
    { ...own, name: ' ' },
    { ...own, props: { a: 'x'.repeat(2_001) } },
  ];
  await client.send([own, { ...own, visitor: 'another' }, ...bad]);
  expect((await collect(50)).status).toBe(202);
  await expect.poll(async () => (await client.ledger()).stored, { timeout: 60_000 }).toBe(52);

  await page.goto(`${installation.webUrl}${remove}`);
  await expect(page.getByText('Nothing has been removed from this site.')).toBeVisible();
  await expectWellMade(page, 'removal-empty');
  await page.getByLabel('Received from').fill('2999-01-01T00:00');
  await page.getByLabel('Received until').fill('2999-01-02T00:00');
  await page.getByRole('button', { name: 'Look what would go' }).click();
  await expect(page.getByText('Nothing has been received of that time yet.')).toBeVisible();
  await picture(page, 'removal-error');
  // Yesterday, too, should the day end under the test.
  await page.getByLabel('Received from').fill(`${aroundToday()[0]}T00:00`);
  await page.getByLabel('Received until').fill(`${aroundToday()[1]}T00:00`);
  await page.getByLabel('Sender').selectOption({ label: 'Public site key (browsers)' });
  await page.getByRole('button', { name: 'Look what would go' }).click();
  const open = page.getByRole('region', { name: 'This would go' });
  await expect(open).toBeVisible({ timeout: 60_000 });
  await expect(open.getByText('€4,999.95')).toBeVisible();
  await expect(open.getByText('/nonsense/0')).toBeVisible();
  await expectWellMade(page, 'removal-found');
  await inGerman(browser, remove, 'removal-found');

  await open.getByLabel(`To remove them, type ${domain}`).fill('another.example');
  await open.getByRole('button', { name: 'Remove 50 events' }).click();
  await expect(open.getByText(`This is not the domain of the site. Type ${domain}.`)).toBeVisible();
  await open.getByLabel(`To remove them, type ${domain}`).fill(domain);
  await page.keyboard.press('Enter');
  await expect(page.getByText('50 events removed')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(merchant.owner.email)).toBeVisible();
  await expectWellMade(page, 'removal-done');

  const pageviews = async () => {
    const { results } = await client.query({
      metrics: ['pageviews', 'total_revenue'],
      date_range: aroundToday(),
    });
    return results[0]?.metrics;
  };
  await expect.poll(pageviews, { timeout: 60_000 }).toEqual([2, '0.00']);
  const ledger = await client.ledger();
  expect(ledger).toMatchObject({ received: 55, stored: 52, pending: 0, removed: 50 });
  await page.goto(`${installation.webUrl}${health}`);
  await expect(page.getByRole('row', { name: /^All 55 52 0 3 0/ })).toBeVisible();
  await expect(page.getByText('50 of the stored events were removed later.')).toBeVisible();
  await expect(page.getByText('The page’s address has to begin with http:// or https://.')).toBeVisible();
  await expectWellMade(page, 'health');
  await inGerman(browser, health, 'health');
});
