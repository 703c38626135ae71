import AxeBuilder from '@axe-core/playwright';
import type { Installation } from '@footfall/testkit/installation';
import { type Browser, expect, type Page } from '@playwright/test';
import { test } from './support/test.ts';

const PASSWORD = 'correct horse battery';

let installation: Installation;
test.beforeAll(({ shared }) => {
  installation = shared;
});

const picture = (page: Page, name: string) =>
  page.screenshot({ path: `../artifacts/screenshots/${name}.png`, fullPage: true });

async function openPage(browser: Browser, width = 1280): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  return context.newPage();
}

async function addSite(page: Page, domain: string): Promise<string> {
  await page.goto(`${installation.webUrl}/sites/new`);
  await page.getByLabel('Domain').fill(domain);
  await page.getByLabel('Time zone').selectOption('Etc/UTC');
  await page.getByRole('button', { name: 'Add site' }).click();
  await expect(page.getByText(/waiting for your first visit/i)).toBeVisible();
  return /\/sites\/([^/]+)/.exec(page.url())?.[1] ?? '';
}

async function signUp(page: Page): Promise<void> {
  await page.goto(`${installation.webUrl}/sign-up`);
  await page.getByLabel('Name').fill('Wool & Yarn');
  await page.getByLabel('Email').fill('owner@wool.example');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByLabel('Domain')).toBeVisible();
}

/** Opens every kind of element that a page of the portal has, without a fault of accessibility. */
async function expectAccessible(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

async function statusAt(page: Page, path: string): Promise<number | undefined> {
  return (await page.goto(installation.webUrl + path))?.status();
}

test('an owner invites somebody to one site, who joins, sees that one alone, gets another role and leaves', async ({
  browser,
}) => {
  const owner = await openPage(browser);
  await owner.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await signUp(owner);
  const shown = await addSite(owner, 'wool.example');
  const hidden = await addSite(owner, 'yarn.example');

  await owner.goto(`${installation.webUrl}/team`);
  await owner.getByLabel('Email').fill('Ann@Wool.example');
  await owner.getByLabel('Role').selectOption('viewer');
  await owner.getByRole('radio', { name: 'Only these' }).check();
  await owner.getByRole('checkbox', { name: 'wool.example' }).check();
  await owner.getByRole('button', { name: 'Send invitation' }).click();
  await expect(owner.getByText('ann@wool.example is invited.')).toBeVisible();
  await picture(owner, 'team-invited');
  await expectAccessible(owner);
  await owner.getByRole('button', { name: 'Copy link' }).click();
  const link = await owner.evaluate(() => navigator.clipboard.readText());

  const ann = await openPage(browser, 360);
  // A scanner of mails opens the link first: nothing is used up.
  expect((await ann.request.get(link)).status()).toBe(200);
  await ann.goto(link);
  await expect(ann.getByRole('heading', { name: 'Join Wool & Yarn' })).toBeVisible();
  await picture(ann, 'invitation-phone');
  await expectAccessible(ann);
  await ann.getByLabel('Your name').fill('Ann');
  await ann.getByLabel('Password', { exact: true }).fill('short');
  await ann.getByRole('button', { name: 'Accept invitation' }).click();
  await expect(ann.getByText('A password has 10 to 200 characters.')).toBeVisible();
  await expect(ann.getByLabel('Your name')).toHaveValue('Ann');
  await ann.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await ann.getByRole('button', { name: 'Accept invitation' }).click();
  await expect(ann).toHaveURL(new RegExp(`/sites/${shown}$`));

  expect(await statusAt(ann, `/sites/${hidden}`)).toBe(404);
  expect(await statusAt(ann, `/sites/${shown}/settings`)).toBe(403);
  expect(await statusAt(ann, '/team')).toBe(403);
  await ann.goto(link);
  await expect(ann.getByText('This invitation is not valid any more')).toBeVisible();

  await owner.reload();
  await owner.getByRole('button', { name: 'Change Ann' }).click();
  const dialog = owner.getByRole('dialog', { name: 'Ann' });
  await dialog.getByLabel('Role').selectOption('admin');
  await dialog.getByRole('radio', { name: 'All sites' }).check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Saved.')).toBeVisible();
  await expect(dialog.getByRole('radio', { name: 'All sites' })).toBeChecked();
  await expect(dialog.getByLabel('Role')).toHaveValue('admin');
  await picture(owner, 'team-change');
  expect(await statusAt(ann, '/team')).toBe(200);
  await picture(ann, 'team-phone');
  // An admin decides about everybody but owners.
  await expect(ann.getByRole('button', { name: 'Change Ann' })).toBeVisible();
  await expect(ann.getByRole('button', { name: 'Change Wool & Yarn' })).toHaveCount(0);

  await owner.goto(`${installation.webUrl}/audit?action=member.`);
  await expect(owner.getByRole('cell', { name: 'member.change' })).toBeVisible();
  await picture(owner, 'audit');
  await expectAccessible(owner);

  // The last owner stays.
  await owner.goto(`${installation.webUrl}/account`);
  await owner.getByRole('button', { name: 'Leave Wool & Yarn' }).click();
  await owner.getByRole('dialog').getByRole('button', { name: 'Leave', exact: true }).click();
  await expect(owner.getByText('A team has one owner at least.')).toBeVisible();

  await ann.goto(`${installation.webUrl}/account`);
  await picture(ann, 'account-phone');
  await expectAccessible(ann);
  await ann.getByRole('button', { name: 'Leave Wool & Yarn' }).click();
  await ann.getByRole('dialog').getByRole('button', { name: 'Leave', exact: true }).click();
  await expect(ann.getByRole('heading', { name: 'Your teams' })).toHaveCount(0);
  expect(await statusAt(ann, `/sites/${shown}`)).toBe(403);
});

test('a session is ended from another browser', async ({ browser }) => {
  const signIn = async (page: Page) => {
    await page.goto(`${installation.webUrl}/sign-in?next=/account`);
    await page.getByLabel('Email').fill('owner@wool.example');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/account');
  };
  const [desk, phone] = [await openPage(browser), await openPage(browser, 360)];
  await signIn(desk);
  await signIn(phone);
  await desk.reload();
  await picture(desk, 'account');
  await desk.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(desk.getByRole('button', { name: 'Sign out everywhere else' })).toHaveCount(0);
  await phone.reload();
  await expect(phone.getByRole('button', { name: 'Sign in' })).toBeVisible();
});
