import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { newMerchant } from './support/merchant.ts';
import { signIn } from './support/sign-in.ts';
import { test } from './support/test.ts';

const picture = (page: Page, name: string) =>
  page.screenshot({ path: `../artifacts/screenshots/${name}.png`, fullPage: true });

test('an owner makes a key for one site, which gets another secret and is revoked', async ({
  page,
  shared,
}) => {
  const { owner, siteId, domain } = await newMerchant(shared);
  await signIn(page, shared.webUrl, owner, '/keys');

  await page.getByLabel('Name').fill('Price list');
  await page.getByRole('radio', { name: 'Only these' }).check();
  await page.getByRole('checkbox', { name: domain }).check();
  await page.getByLabel('Ends after').fill('2030-01-31');
  await page.getByRole('button', { name: 'Create key' }).click();
  const first = await page.getByRole('status').getByText(/^ffk_/).textContent();
  const row = page.getByRole('listitem').filter({ hasText: 'Price list' });
  await expect(row).toContainText('1 site');
  await expect(row).toContainText('never used');

  const ask = async (key: string | null) =>
    (
      await fetch(`${shared.webUrl}/api/v1/sites/${siteId}/realtime`, {
        headers: { authorization: `Bearer ${key}` },
      })
    ).status;
  expect(await ask(first)).toBe(200);

  await page.getByRole('button', { name: 'New secret for Price list' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'New secret' }).click();
  const second = await dialog.getByRole('status').getByText(/^ffk_/).textContent();
  await picture(page, 'keys-rotate');
  expect([await ask(first), await ask(second)]).toEqual([200, 200]);
  await page.keyboard.press('Escape');
  await expect(row).toContainText('former secret until');

  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await picture(page, 'keys-1280');
  await page.setViewportSize({ width: 360, height: 800 });
  await page.context().addCookies([{ name: 'locale', value: 'de', url: shared.webUrl }]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'API-Schlüssel' })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
  await picture(page, 'keys-360-de-dark');

  await page.getByRole('button', { name: 'Price list sperren' }).click();
  await expect(page.getByText('Price list')).toHaveCount(0);
  expect([await ask(first), await ask(second)]).toEqual([401, 401]);
});
