import AxeBuilder from '@axe-core/playwright';
import type { Installation } from '@footfall/testkit/installation';
import { expect, type Page } from '@playwright/test';
import { newMerchant } from './support/merchant.ts';
import { signIn } from './support/sign-in.ts';
import { test } from './support/test.ts';

// What a site does not take: said by the merchant in the portal, or by the plan; told in the answer, in the ledger and in the portal.

const HOUR = 3_600_000;

let installation: Installation;
let merchant: Awaited<ReturnType<typeof newMerchant>>;

const admin = (...args: string[]) => installation.admin(args) as Promise<Record<string, string>>;

test.beforeAll(async ({ shared }) => {
  installation = shared;
  merchant = await newMerchant(installation);
});

const picture = (page: Page, name: string) =>
  page.screenshot({ path: `../artifacts/screenshots/${name}.png`, fullPage: true });

const view = (more: object = {}) => ({
  name: 'pageview',
  url: 'https://choosy.example/',
  visitor: 'v',
  ...more,
});

const collect = (origin: string, events: readonly object[]) =>
  fetch(`${installation.collectorUrl}/collect`, {
    method: 'POST',
    headers: { origin },
    body: JSON.stringify({ site: merchant.siteKey, events }),
  });

test('a merchant says what is not counted, and every refusal is in the ledger', async ({ page }) => {
  const { client } = merchant;
  await page.setViewportSize({ width: 1280, height: 900 });
  await signIn(page, installation.webUrl, merchant.owner, `/sites/${merchant.siteId}/settings`);
  const rules = page.getByRole('region', { name: 'What is counted' });
  await rules.getByLabel('Pages that may send').fill('https://choosy.example\nhttps://*.choosy.example');
  await rules.getByLabel('Addresses to leave out').fill('198.51.100.0/24, the office');
  await rules.getByLabel('Pages to leave out').fill('/account/**');
  await rules.getByLabel('Hosts to leave out').fill('staging.choosy.example');
  await rules.getByRole('button', { name: 'Save rules' }).click();
  await expect(rules.getByText(/.the office. is not an IP address or a network/)).toBeVisible();
  await expect(rules.getByLabel('Pages to leave out')).toHaveValue('/account/**');
  await picture(page, 'intake-rules-error');
  await rules.getByLabel('Addresses to leave out').fill('198.51.100.0/24');
  await rules.getByRole('button', { name: 'Save rules' }).click();
  await expect(rules.getByText(/Saved/)).toBeVisible();
  await picture(page, 'intake-rules');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 360, height: 740 });
  await picture(page, 'intake-rules-phone-dark');
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0);

  const now = Date.now();
  const { visitor: _, ...nobody } = view({ timestamp: now - 72 * HOUR });
  const refused: Record<string, object> = {
    invalid_event: { ...view(), screen: 'large' },
    invalid_url: view({ url: 'choosy.example' }),
    invalid_name: view({ name: ' ' }),
    invalid_timestamp: view({ timestamp: 'yesterday' }),
    too_old: view({ timestamp: now - 4_000 * 24 * HOUR }),
    in_future: view({ timestamp: now + 2 * HOUR }),
    visitor_required: nobody,
    too_many_props: view({ props: Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`p${n}`, n])) }),
    prop_too_long: view({ props: { a: 'x'.repeat(2_001) } }),
    invalid_revenue: view({ revenue: { amount: 'much', currency: 'EUR' } }),
    unknown_currency: view({ revenue: { amount: '1.00', currency: 'XYQ' } }),
    blocked_ip: view({ ip: '198.51.100.9' }),
    blocked_page: view({ url: 'https://choosy.example/account/orders/7' }),
    excluded_hostname: view({ url: 'https://www.staging.choosy.example/' }),
  };
  // The rules are heard of at once.
  const answer = await client.send([view(), ...Object.values(refused)]);
  expect(answer.rejected.map(({ reason }) => reason)).toEqual(Object.keys(refused));
  const foreign = await collect('https://evil.example', [view(), view()]);
  expect([foreign.status, await foreign.json()]).toMatchObject([
    403,
    { error: { code: 'origin_not_allowed' } },
  ]);
  expect((await collect('https://www.choosy.example', [view()])).status).toBe(202);
  const each = Object.fromEntries(Object.keys(refused).map((reason) => [reason, 1]));
  await expect
    .poll(() => client.ledger(), { timeout: 60_000 })
    .toEqual({
      received: 2 + Object.keys(refused).length + 2,
      stored: 2,
      duplicate: 0,
      rejected: { ...each, origin_not_allowed: 2 },
      pending: 0,
      bots: expect.any(Number),
    });
});

test('a site that is switched off takes nothing and says so, until it is switched on again', async () => {
  const { client, siteId } = merchant;
  const answers = async () => (await client.send([view()])).rejected.map(({ reason }) => reason);
  await admin('update-site', '--site', siteId, '--enabled', 'false');
  await expect.poll(answers, { timeout: 30_000 }).toEqual(['site_disabled']);
  await expect
    .poll(async () => (await client.ledger()).rejected.site_disabled ?? 0, { timeout: 30_000 })
    .toBeGreaterThan(0);
  await admin('update-site', '--site', siteId, '--enabled', 'true');
  await expect.poll(answers, { timeout: 30_000 }).toEqual([]);
});

test('a plan has an end: what is beyond it is told to the sender, in the ledger and in the portal', async ({
  page,
}) => {
  const { client } = merchant;
  const { stored: before } = await client.ledger();
  await admin('set-plan', '--name', 'tiny', '--events-per-month', String(before + 10));
  await admin('assign-plan', '--tenant', merchant.tenant, '--plan', 'tiny');
  // A plan is heard of within ten seconds.
  let sent = 0;
  const overQuota = async () => {
    const { rejected } = await client.send([view()]);
    if (rejected.length === 0) sent += 1;
    return rejected.map(({ reason }) => reason);
  };
  await expect.poll(overQuota, { timeout: 60_000, intervals: [1_000] }).toEqual(['over_quota']);
  await expect
    .poll(async () => (await client.ledger()).rejected.over_quota ?? 0, { timeout: 30_000 })
    .toBeGreaterThan(0);
  expect(sent).toBeGreaterThan(0);
  await page.setViewportSize({ width: 1280, height: 900 });
  await signIn(page, installation.webUrl, merchant.owner, `/sites/${merchant.siteId}`);
  await expect(page.getByText(/events of .* are used up/)).toBeVisible({ timeout: 30_000 });
  await picture(page, 'over-quota');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 360, height: 740 });
  await picture(page, 'over-quota-phone-dark');
  await page.goto(`${installation.webUrl}/sites/${merchant.siteId}/settings`);
  await expect(page.getByText(/Events in .*, all sites/)).toBeVisible();

  await admin('set-plan', '--name', 'tiny', '--events-per-month', 'none', '--events-per-second', '1');
  const slowed = async () => {
    const response = await collect(
      'https://choosy.example',
      Array.from({ length: 11 }, () => view()),
    );
    return [response.status, Number(response.headers.get('retry-after')) > 0];
  };
  await expect.poll(slowed, { timeout: 60_000, intervals: [500] }).toEqual([429, true]);
  await expect
    .poll(async () => (await client.ledger()).rejected.rate_limited ?? 0, { timeout: 30_000 })
    .toBeGreaterThanOrEqual(11);
});
