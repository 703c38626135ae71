import AxeBuilder from '@axe-core/playwright';
import { codeAt } from '@footfall/db/account/totp.fixture';
import { expect, type Page } from '@playwright/test';
import { newMerchant } from './support/merchant.ts';
import { test } from './support/test.ts';

const STEP_MS = 30_000;

const picture = (page: Page, name: string) =>
  page.screenshot({ path: `../artifacts/screenshots/${name}.png`, fullPage: true });

test('an owner sets up a second factor and signs in with it', async ({ browser, shared }) => {
  const { owner } = await newMerchant(shared);
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  const password = async () => {
    await page.goto(`${shared.webUrl}/sign-in?next=/account`);
    await page.getByLabel('Email').fill(owner.email);
    await page.getByLabel('Password', { exact: true }).fill(owner.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  const typeCode = async (code: string) => {
    await page.getByLabel('Code', { exact: true }).fill(code);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  const signOut = () => page.context().clearCookies();

  await password();
  const panel = page.getByRole('region', { name: 'Second factor' });
  await panel.getByRole('button', { name: 'Set up' }).click();
  await expect(panel.getByRole('img', { name: /QR code/ })).toBeVisible();
  const secret = ((await panel.locator('code').textContent()) ?? '').replaceAll(' ', '');
  await picture(page, 'second-factor-set-up');
  await panel.getByLabel('Code', { exact: true }).fill('12345');
  await panel.getByRole('button', { name: 'Turn on' }).click();
  await expect(panel.getByText(/This code is not right/)).toBeVisible();
  await panel.getByLabel('Code', { exact: true }).fill(codeAt(secret, Date.now()));
  await panel.getByRole('button', { name: 'Turn on' }).click();
  const codes = panel.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  const recovery = await codes.allTextContents();
  await picture(page, 'second-factor-codes');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await signOut();
  await password();
  await expect(page).toHaveURL(/\/sign-in\/second-factor/);
  await picture(page, 'second-factor-sign-in');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  // The code of the set-up is used up; the next one is right already.
  await typeCode(codeAt(secret, Date.now() + STEP_MS));
  await expect(page).toHaveURL(/\/account/);

  await signOut();
  await password();
  await typeCode(recovery[0] ?? '');
  await expect(panel.getByText('9 recovery codes are left.')).toBeVisible();

  await signOut();
  await password();
  for (let tried = 0; tried < 10; tried += 1) {
    await typeCode(recovery[0] ?? '');
    await expect(page.getByText(/This code is not right/)).toBeVisible();
  }
  await typeCode(recovery[1] ?? '');
  await expect(page.getByText(/Too many attempts/)).toBeVisible();
});
