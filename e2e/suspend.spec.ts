import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import type { Installation } from '@footfall/testkit/installation';
import { type Browser, expect, type Page } from '@playwright/test';
import { newMerchant } from './support/merchant.ts';
import { test } from './support/test.ts';

// A person of staff stops a team with a reason: nothing is taken, reports are locked, settings go on; and lets it go on again.

let installation: Installation;
let merchant: Awaited<ReturnType<typeof newMerchant>>;
test.beforeAll(async ({ shared }) => {
  installation = shared;
  merchant = await newMerchant(installation);
});

const STAFF = { email: 'suspend@footfall.example', password: 'correct horse battery' };
const REASON = 'Ticket 4712: it sends spam';

async function openAs(browser: Browser, who: { email: string; password: string }, locale = 'en-GB') {
  const page = await (await browser.newContext({ locale })).newPage();
  await page.goto(`${installation.webUrl}/sign-in?next=${encodeURIComponent('/account')}`);
  await page.getByLabel(/Email|E-Mail/).fill(who.email);
  await page.locator('input[type=password]').fill(who.password);
  await page.getByRole('button', { name: /^(Sign in|Anmelden)$/ }).click();
  await page.waitForURL((url) => url.pathname === '/account');
  return page;
}

/** Accessible, and no wider than a phone; pictures of it in other lights and sizes. */
async function expectWellMade(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      await page.screenshot({
        path: `../artifacts/screenshots/${name}-${width}-${colorScheme}.png`,
        fullPage: true,
      });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    }
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** What the collector says of one event. */
const send = () =>
  merchant.client.send([{ id: randomUUID(), name: 'pageview', url: 'https://a.example/', visitor: 'v' }]);

test('staff stops a team, which sees why, and lets it go on', async ({ browser }) => {
  const { email, password } = STAFF;
  await installation.admin([
    'create-operator',
    '--email',
    email,
    '--password',
    password,
    '--role',
    'operator',
  ]);
  const staff = await openAs(browser, STAFF);
  const owner = await openAs(browser, merchant.owner);
  const reports = `${installation.webUrl}/sites/${merchant.siteId}`;
  expect((await send()).accepted).toBe(1);

  await staff.goto(`${installation.webUrl}/operator/tenants/${merchant.tenant}`);
  const panel = staff.getByRole('region', { name: 'Suspend' });
  await panel.getByLabel('Reason').fill('no');
  await panel.getByRole('button', { name: 'Suspend' }).click();
  await expect(panel.getByText(/10/)).toBeVisible();
  await panel.getByLabel('Reason').fill(REASON);
  await panel.getByRole('button', { name: 'Suspend' }).click();
  await expect(panel.getByRole('button', { name: 'Lift the suspension' })).toBeVisible();
  await expectWellMade(staff, 'suspend-operator');

  await expect.poll(async () => (await send()).rejected[0]?.reason).toBe('site_disabled');
  await expect.poll(async () => (await owner.goto(reports))?.status(), { timeout: 15_000 }).toBe(402);
  await expect(owner.getByRole('heading', { name: 'This team is suspended' })).toBeVisible();
  await expect(owner.getByText(REASON)).toBeVisible();
  await expectWellMade(owner, 'suspend-owner');
  expect((await owner.goto(`${reports}/settings`))?.status()).toBe(200);
  const german = await openAs(browser, merchant.owner, 'de-DE');
  expect((await german.goto(reports))?.status()).toBe(402);
  await expect(german.getByRole('heading', { name: 'Dieses Team ist gesperrt' })).toBeVisible();
  await expectWellMade(german, 'suspend-owner-de');

  await panel.getByRole('button', { name: 'Lift the suspension' }).click();
  await expect(panel.getByLabel('Reason')).toBeVisible();
  await expect.poll(async () => (await send()).accepted).toBe(1);
  await expect.poll(async () => (await owner.goto(reports))?.status(), { timeout: 15_000 }).toBe(200);
});
