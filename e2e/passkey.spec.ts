import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page } from '@playwright/test';
import { newMerchant } from './support/merchant.ts';
import { test } from './support/test.ts';

const WIDE = { viewport: { width: 1280, height: 900 } };

const picture = (page: Page, name: string) =>
  page.screenshot({ path: `../artifacts/screenshots/${name}.png`, fullPage: true });

/** A page of a browser that has an authenticator of its own: it holds passkeys and makes sure who is there. */
async function withAuthenticator(browser: Browser, options: object = WIDE): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return page;
}

test('an owner adds a passkey, signs in with it alone and after the password, and not once it is removed', async ({
  browser,
  mailed,
}) => {
  const { owner } = await newMerchant(mailed);
  const page = await withAuthenticator(browser);
  const openSignIn = async () => {
    await page.context().clearCookies();
    await page.goto(`${mailed.webUrl}/sign-in?next=/account`);
  };
  const typePassword = async () => {
    await page.getByLabel('Email').fill(owner.email);
    await page.getByLabel('Password', { exact: true }).fill(owner.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  const mailsAbout = (subject: string) => () =>
    mailed.received.filter((mail) => mail.to === owner.email && mail.subject === subject).length;
  const panel = page.getByRole('region', { name: 'Passkeys' });

  await openSignIn();
  await typePassword();
  await panel.getByLabel('Name').fill('My laptop');
  await panel.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(panel.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')).toHaveCount(10);
  await expect(panel.getByText('My laptop')).toBeVisible();
  await picture(page, 'passkey-added');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await expect.poll(mailsAbout('A passkey was added to your account')).toBe(1);
  // It is not made twice.
  await panel.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(panel.getByText(/This browser could not do it/)).toBeVisible();

  await openSignIn();
  await picture(page, 'sign-in-ways');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(panel.getByText(/last used/)).toBeVisible();

  await openSignIn();
  await typePassword();
  await expect(page).toHaveURL(/\/sign-in\/second-factor/);
  await picture(page, 'passkey-second-step');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(panel.getByText(/last used/)).toBeVisible();

  await panel.getByRole('button', { name: 'Remove My laptop' }).click();
  await expect(panel.getByText('My laptop')).toHaveCount(0);
  await expect.poll(mailsAbout('A passkey was removed from your account')).toBe(1);

  await openSignIn();
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page.getByText(/This passkey could not be used/)).toBeVisible();
  await typePassword();
  await expect(panel.getByText(/A passkey signs you in/)).toBeVisible();
});

test('a portal at a bare address says that there are no passkeys, and has no button for them', async ({
  browser,
  shared,
}) => {
  const { owner } = await newMerchant(shared);
  const page = await withAuthenticator(browser);
  await page.goto(`${shared.webUrl}/sign-in?next=/account`);
  await expect(page.getByRole('button', { name: /passkey/i })).toHaveCount(0);
  await page.getByLabel('Email').fill(owner.email);
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText(/Passkeys need a portal at a domain name/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add a passkey' })).toHaveCount(0);
});
