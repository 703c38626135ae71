import AxeBuilder from '@axe-core/playwright';
import type { Installation } from '@footfall/testkit/installation';
import { expect, type Page } from '@playwright/test';
import { test } from './support/test.ts';

let installation: Installation;
test.beforeAll(({ shared }) => {
  installation = shared;
});

const picture = (page: Page, name: string) =>
  page.screenshot({ path: `../artifacts/screenshots/${name}.png`, fullPage: true });

async function signUp(page: Page): Promise<void> {
  await page.goto(`${installation.webUrl}/sign-up`);
  await page.getByLabel('Name').fill('Glaze & Co');
  await page.getByLabel('Email').fill('owner@glaze.example');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByLabel('Domain').fill('glaze.example');
  await page.getByLabel('Time zone').selectOption('Etc/UTC');
  await page.getByRole('button', { name: 'Add site' }).click();
  await expect(page.getByText(/waiting for your first visit/i)).toBeVisible();
}

async function signIn(page: Page, next: string): Promise<void> {
  await page.goto(`${installation.webUrl}/sign-in?next=${next}`);
  await page.getByLabel('Email').fill('owner@glaze.example');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** A page without violations of axe, that a phone in the dark shows without sideways scrolling; leaves pictures of both. */
async function expectGood(page: Page, name: string): Promise<void> {
  await picture(page, name);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  const size = page.viewportSize();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 360, height: 740 });
  await picture(page, `${name}-phone-dark`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await page.emulateMedia({ colorScheme: 'light' });
  if (size !== null) await page.setViewportSize(size);
}

test('a merchant names goals and changes time zone and currency', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await signUp(page);
  const overview = page.url().replace(/\/install.*$/, '');
  await page.goto(`${overview}/goals`);
  const goals = page.getByRole('region', { name: 'Goals' });
  await expect(goals.getByText('No goals yet.')).toBeVisible();
  await picture(page, 'goals-empty');

  await goals.getByLabel('Name', { exact: true }).fill('Newsletter');
  await goals.getByLabel('Event name or page').fill('Signup');
  await goals.getByRole('button', { name: 'Add goal' }).click();
  await expect(goals.getByRole('listitem')).toHaveCount(1);
  await goals.getByLabel('Name', { exact: true }).fill('Thanks');
  await goals.getByLabel('Page', { exact: true }).check();
  await goals.getByLabel('Event name or page').fill('/thanks/*');
  await goals.getByRole('button', { name: 'Add goal' }).click();
  await expect(goals.getByRole('listitem')).toHaveText([
    /Newsletter.*Event.*Signup/,
    /Thanks.*Page.*\/thanks\/\*/,
  ]);

  // What is wrong is said at its field, and what was typed is still there.
  await goals.getByLabel('Name', { exact: true }).fill('Thanks');
  await goals.getByLabel('Page', { exact: true }).check();
  await goals.getByLabel('Event name or page').fill('thanks');
  await goals.getByRole('button', { name: 'Add goal' }).click();
  await expect(goals.getByText(/begins with \//)).toBeVisible();
  await expect(goals.getByLabel('Event name or page')).toHaveValue('thanks');
  await picture(page, 'goals-error');
  await goals.getByRole('button', { name: 'Remove Newsletter' }).click();
  await expect(goals.getByRole('listitem')).toHaveText([/Thanks/]);
  await goals.getByRole('button', { name: 'Rename Thanks' }).click();
  await goals.getByLabel('New name').fill('Ordered');
  await goals.getByRole('button', { name: 'Save name' }).click();
  await expect(goals.getByRole('listitem')).toHaveText([/Ordered/]);

  const funnels = page.getByRole('region', { name: 'Funnels' });
  await funnels.getByLabel('Name of the funnel').fill('To the order');
  await funnels.getByLabel('Steps, one a line').fill('/p/*\nOrdered');
  await funnels.getByRole('button', { name: 'Add funnel' }).click();
  await funnels.getByRole('link', { name: 'To the order' }).click();
  await expect(funnels.getByText('0', { exact: true })).toHaveCount(2);
  const segments = page.getByRole('region', { name: 'Segments' });
  await segments.getByLabel('Name of the segment').fill('Near');
  await segments.getByLabel('What').first().selectOption('Country');
  await segments.getByLabel('Values').first().fill('DE, AT');
  await segments.getByRole('button', { name: 'Add segment' }).click();
  await expect(segments.getByText('Country is Germany, Austria')).toBeVisible();
  await expectGood(page, 'goals');

  await page.goto(`${overview}/settings`);

  await page.getByLabel('Currency').selectOption('CHF');
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(page.getByText(/counted anew for Asia\/Tokyo/)).toBeVisible();
  await expectGood(page, 'settings');

  // Without history there is nothing to count anew: the zone changes as soon as every process has heard of it.
  await expect
    .poll(
      async () => {
        await page.reload();
        return page.getByText(/counted anew/).count();
      },
      { timeout: 120_000, intervals: [5_000] },
    )
    .toBe(0);
  await expect(page.getByLabel('Time zone')).toHaveValue('Asia/Tokyo');
  await expect(page.getByLabel('Currency')).toHaveValue('CHF');
  await context.close();
});

test('every component in every state fits both sizes and both themes', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await signIn(page, '/internal/components');
  await expect(page.getByRole('heading', { name: 'Components' })).toBeVisible();
  for (const [name, width] of [
    ['wide', 1280],
    ['phone', 360],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await picture(page, `components-${name}-${colorScheme}`);
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  }
  await context.close();
});

test('the bar on a phone is one row however long the name, with a second where there is something to choose', async ({
  browser,
}) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await signIn(page, '/sites/new');
  await page.getByLabel('Domain').fill(`${'long-name-'.repeat(6)}.example`.replace('-.', '.'));
  await page.getByRole('button', { name: 'Add site' }).click();
  await expect(page.getByText(/waiting for your first visit/i)).toBeVisible();
  const bar = page.getByRole('banner');
  await expect(bar.getByRole('button', { name: 'Site long-name' })).toBeVisible();
  const period = bar.getByRole('button', { name: 'Today' });
  const height = async () => (await bar.boundingBox())?.height;
  const row = (await height()) ?? 0;
  expect(row).toBeLessThan(70);

  await page.getByRole('link', { name: 'overview' }).click();
  await expect(period).toBeVisible();
  expect(await height()).toBeLessThan(2 * row);
  await bar.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Site settings' }).click();
  await expect(page.getByLabel('Time zone')).toBeVisible();
  await expect(period).toBeHidden();
  expect(await height()).toBe(row);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await context.close();
});
