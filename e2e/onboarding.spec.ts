import AxeBuilder from '@axe-core/playwright';
import type { Installation } from '@footfall/testkit/installation';
import { expect, type Locator, type Page } from '@playwright/test';
import { startShop } from './support/shop.ts';
import { test } from './support/test.ts';

/** A browser without a window calls itself a robot. */
const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';

let installation: Installation;
test.beforeAll(({ shared }) => {
  installation = shared;
});

const picture = (page: Page, name: string) =>
  page.screenshot({ path: `../artifacts/screenshots/${name}.png`, fullPage: true });

/** Goes to a control as somebody without a mouse does. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${control}`);
}

async function type(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.type(text);
}

async function press(page: Page, name: string): Promise<void> {
  await tabTo(page, page.getByRole('button', { name }));
  await page.keyboard.press('Enter');
}

/** A step as it should be: without a fault of accessibility, and on a phone without scrolling sideways. */
async function expectGoodStep(page: Page, name: string): Promise<void> {
  expect(
    (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
  ).toEqual([]);
  await picture(page, `onboarding-${name}`);
  await page.setViewportSize({ width: 360, height: 740 });
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBe(0);
  await picture(page, `onboarding-${name}-phone`);
  await page.setViewportSize({ width: 1280, height: 900 });
}

test('a merchant comes from sign-up to the first report by keyboard alone', async ({ browser }) => {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(`${installation.webUrl}/sign-up`);
  await expectGoodStep(page, 'sign-up');
  await type(page, 'Name', 'Töpferei');
  await type(page, 'Email', 'owner@toepferei.example');
  await type(page, 'Password', 'correct horse battery');
  await press(page, 'Create account');

  await page.getByLabel('Domain').waitFor();
  await expectGoodStep(page, 'site');
  // Of this machine, which nobody may have asked.
  await type(page, 'Domain', 'https://www.töpferei.localhost/laden');
  await press(page, 'Add site');

  await expect(page.getByRole('heading', { level: 1 })).toContainText('töpferei.localhost');
  await expect(page.getByText(/waiting for your first visit/i)).toBeVisible();
  await expectGoodStep(page, 'platform');
  await tabTo(page, page.getByRole('radio').first());
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(page.getByRole('radio', { name: /WooCommerce/ })).toBeChecked();
  await press(page, 'Continue');

  await expect(page.getByRole('heading', { name: 'Steps for WooCommerce, WordPress' })).toBeVisible();
  await expectGoodStep(page, 'snippet');
  const snippet = (await page.locator('pre').first().textContent()) ?? '';
  const siteKey = /data-site="(ff_[^"]+)"/.exec(snippet)?.[1] ?? '';
  expect(await page.locator('pre').nth(1).textContent()).toContain(`data-site="${siteKey}"`);

  // Whoever comes back goes on where they left off, in German too.
  const address = page.url();
  await context.addCookies([{ name: 'locale', value: 'de', url: installation.webUrl }]);
  await page.goto(`${installation.webUrl}/account`);
  await page.goto(address);
  await expect(page.getByRole('heading', { name: /Schritte für WooCommerce/ })).toBeVisible();
  await expectGoodStep(page, 'snippet-german');
  await context.clearCookies({ name: 'locale' });
  await page.reload();

  await press(page, 'I have pasted it');
  await page.getByRole('button', { name: 'Check my page' }).waitFor();
  await press(page, 'Check my page');
  await expect(page.locator('[data-finding="not_public"]')).toBeVisible();
  await expect(page.getByText('Looked at töpferei.localhost')).toBeVisible();
  await expectGoodStep(page, 'check');
  await type(page, 'Page', 'https://evil.example/');
  await press(page, 'Check my page');
  await expect(page.getByText('This is not a page of')).toBeVisible();

  const shop = await startShop({ siteKey, collectorUrl: installation.collectorUrl });
  try {
    const visitor = await (await browser.newContext({ userAgent: BROWSER })).newPage();
    const counted = visitor.waitForResponse(
      (response) => response.url().endsWith('/collect') && response.status() === 202,
    );
    await visitor.goto(`${shop.url}/`);
    await counted;
    await visitor.context().close();
  } finally {
    await shop.stop();
  }
  // The page turns by itself, without being touched.
  const open = page.getByRole('link', { name: 'Open the overview' });
  await expect(open).toBeVisible({ timeout: 15_000 });
  await tabTo(page, open);
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-metric="visitors"]').first()).toHaveAttribute('data-value', '1', {
    timeout: 15_000,
  });
  await expectGoodStep(page, 'report');
  await context.close();
});
