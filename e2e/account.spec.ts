import { type Browser, expect, type Page } from '@playwright/test';
import { type Mailed, test } from './support/test.ts';

// An account from its first mail on, in real browsers, with what a real mail server got.

const EMAIL = 'ann@pottery.example';
const OLD = 'correct horse battery';
const NEW = 'another horse battery';

/** The address in the last mail with this subject, when it is there. */
async function linkIn({ received }: Mailed, subject: string): Promise<string> {
  const find = () => received.findLast((mail) => mail.to === EMAIL && mail.subject === subject);
  await expect.poll(find, { timeout: 30_000 }).toBeDefined();
  return /http:\S+/.exec(find()?.text ?? '')?.[0] ?? '';
}

const newPage = async (browser: Browser): Promise<Page> => (await browser.newContext()).newPage();

test('signs up, confirms the address, gets the password back by mail, and ends a session from another browser', async ({
  browser,
  mailed,
}) => {
  const { webUrl } = mailed;
  const page = await newPage(browser);
  await page.goto(`${webUrl}/sign-up`);
  await page.getByLabel('Name').fill('Pottery');
  await page.getByLabel('Email').fill(EMAIL);
  await page.getByLabel('Password', { exact: true }).fill(OLD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page).toHaveURL(/\/sites\/new|\/start/);

  await page.goto(await linkIn(mailed, 'Confirm your email address'));
  await page.getByRole('button', { name: 'Confirm address' }).click();
  await expect(page.getByText('Your address is confirmed.')).toBeVisible();

  await page.context().clearCookies();
  await page.goto(`${webUrl}/forgot-password`);
  await page.getByLabel('Email').fill(EMAIL);
  await page.getByRole('button', { name: 'Send link' }).click();
  await expect(page.getByText(/a mail with a link is on its way/)).toBeVisible();
  await page.goto(await linkIn(mailed, 'Set a new password'));
  await page.getByLabel('New password').fill(NEW);
  await page.getByRole('button', { name: 'Save password' }).click();
  await expect(page.getByText('Your new password is saved.')).toBeVisible();

  const signIn = async (one: Page, password: string) => {
    await one.goto(`${webUrl}/sign-in?next=/account`);
    await one.getByLabel('Email').fill(EMAIL);
    await one.getByLabel('Password', { exact: true }).fill(password);
    await one.getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  const heading = (one: Page) => one.getByRole('heading', { name: 'Your account' });
  await signIn(page, OLD);
  await expect(page.getByText(/do not belong together/)).toBeVisible();
  await signIn(page, NEW);
  await expect(heading(page)).toBeVisible();

  const other = await newPage(browser);
  await signIn(other, NEW);
  await expect(heading(other)).toBeVisible();
  await linkIn(mailed, 'Your account was signed in to from a new browser');

  await page.reload();
  const sessions = page.getByRole('region', { name: 'Where you are signed in' });
  await sessions.getByRole('button', { name: /^Sign out (?!everywhere)/ }).click();
  await expect(sessions.getByRole('listitem')).toHaveCount(1);
  await expect
    .poll(
      async () => {
        await other.goto(`${webUrl}/account`);
        return new URL(other.url()).pathname;
      },
      { timeout: 15_000 },
    )
    .toBe('/sign-in');

  // By a mailed link, in the browser that asks for it.
  await other.getByRole('link', { name: 'Mail me a link' }).click();
  await expect(other.getByRole('heading', { name: 'Sign in by mail' })).toBeVisible();
  await other.getByLabel('Email').fill(EMAIL);
  await other.getByRole('button', { name: 'Send link' }).click();
  await expect(other.getByText(/a mail with a link is on its way/)).toBeVisible();
  await other.goto(await linkIn(mailed, 'Your link to sign in'));
  await other.getByRole('button', { name: 'Sign in' }).click();
  await expect(heading(other)).toBeVisible();
});
