import AxeBuilder from '@axe-core/playwright';
import type { Installation } from '@footfall/testkit/installation';
import { type Browser, expect, type Page } from '@playwright/test';
import { startShop } from './support/shop.ts';
import { test } from './support/test.ts';

const DESKTOP =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
const PHONE =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';

let installation: Installation;
test.beforeAll(({ shared }) => {
  installation = shared;
});

async function visit(browser: Browser, userAgent: string, urls: readonly string[]): Promise<void> {
  const context = await browser.newContext({ userAgent });
  const page = await context.newPage();
  for (const url of urls) {
    const counted = page.waitForResponse(
      (response) => response.url().endsWith('/collect') && response.status() === 202,
    );
    await page.goto(url);
    await counted;
  }
  await context.close();
}

const picture = (page: Page, name: string) =>
  page.screenshot({ path: `../artifacts/screenshots/${name}.png`, fullPage: true });

const figure = (page: Page, metric: string) => page.locator(`[data-metric="${metric}"]`).first();

/** How far the page can be scrolled sideways, in pixels. */
const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('a merchant signs up, adds a site, pastes the snippet and sees exactly these visits', async ({
  browser,
}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));

  await page.goto(`${installation.webUrl}/sign-up`);
  await picture(page, 'sign-up');
  await page.getByLabel('Name').fill('Kiln & Co');
  await page.getByLabel('Email').fill('owner@kiln.example');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Create account' }).click();

  await page.getByLabel('Domain').fill('kiln.example');
  await picture(page, 'new-site');
  await page.getByRole('button', { name: 'Add site' }).click();

  await expect(page.getByText(/waiting for your first visit/i)).toBeVisible();
  await page.getByRole('button', { name: 'Skip this step' }).click();
  await expect(page.getByRole('button', { name: 'Copy snippet' })).toBeVisible();
  const snippet =
    (await page.locator('pre, code').filter({ hasText: '<script' }).first().textContent()) ?? '';
  const siteKey = /data-site="([^"]+)"/.exec(snippet)?.[1] ?? '';
  expect(siteKey).toMatch(/^ff_/);
  expect(snippet).toContain(`${installation.collectorUrl}/a.js`);
  await picture(page, 'install-waiting');

  const shop = await startShop({ siteKey, collectorUrl: installation.collectorUrl });
  try {
    await visit(browser, DESKTOP, [`${shop.url}/`, `${shop.url}/cart`]);
    await visit(browser, PHONE, [`${shop.url}/`]);
  } finally {
    await shop.stop();
  }

  // The page turns by itself, without being touched.
  await expect(page.getByText(/waiting for your first visit/i)).toBeHidden({ timeout: 10_000 });
  await picture(page, 'install-done');

  await page.goto(installation.webUrl);
  await expect(figure(page, 'visitors')).toHaveAttribute('data-value', '2', { timeout: 10_000 });
  await expect(figure(page, 'pageviews')).toHaveAttribute('data-value', '3', { timeout: 10_000 });
  await expect(figure(page, 'visits')).toHaveAttribute('data-value', '2');
  await expect(page.locator('[data-panel="pages"] [data-label="/"]').first()).toHaveAttribute(
    'data-value',
    '2',
  );
  await picture(page, 'overview-wide-light');

  for (const [name, size] of [
    ['wide', { width: 1280, height: 900 }],
    ['phone', { width: 360, height: 740 }],
  ] as const) {
    await page.setViewportSize(size);
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await picture(page, `overview-${name}-${scheme}`);
      expect(await sideways(page)).toBe(0);
    }
  }
  // German words are longer.
  await context.addCookies([{ name: 'locale', value: 'de', url: installation.webUrl }]);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  expect(await sideways(page)).toBe(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
});
