import AxeBuilder from '@axe-core/playwright';
import { CARDS } from '@footfall/billing/stripe/simulator/card.fixture';
import { expect, type Page } from '@playwright/test';
import { newMerchant } from './support/merchant.ts';
import { keptIn, liveIn, openTill, type Till } from './support/shop-till.ts';
import { test } from './support/test.ts';

// Of a click that finds nothing, half a minute is enough.
test.use({ actionTimeout: 30_000 });

let till: Till;
test.beforeAll(async ({ install }) => {
  till = await openTill(install);
});
test.afterAll(() => till.close());

type Merchant = Awaited<ReturnType<typeof newMerchant>>;

const HOUR_S = 3_600;

async function enter(page: Page, { owner }: Merchant): Promise<void> {
  await page.goto(`${till.installation.webUrl}/sign-in?next=%2Fbilling`);
  await page.getByLabel('Email').fill(owner.email);
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Plan and billing' })).toBeVisible();
}

const toBilling = (page: Page) =>
  page.goto(`${till.installation.webUrl}/billing?interval=month&currency=EUR`);

/** Database, stand-in and page say the same. */
async function agree(
  page: Page,
  { tenant }: Merchant,
  want: { plan: string; status: string; badge: string },
) {
  const { plan, status, badge } = want;
  await expect
    .poll(async () => keptIn(till, tenant), { timeout: 30_000 })
    .toMatchObject({ plan: `${plan}-v1`, status });
  const [one, ...others] = liveIn(till, tenant);
  expect([others.length, one?.status, one?.price]).toEqual([0, status, `price_${plan}_month`]);
  await toBilling(page);
  const panel = page.getByRole('region', { name: new RegExp(`Plan ${plan}`, 'i') });
  await expect(panel).toContainText(badge);
  return panel;
}

async function payWith(page: Page, card: keyof typeof CARDS): Promise<void> {
  await page.getByLabel('Card number').fill(CARDS[card].number);
  await page.getByRole('button', { name: /^(Subscribe|Pay)$/ }).click();
}

async function buy(page: Page, title: string): Promise<void> {
  await toBilling(page);
  await page.getByRole('button', { name: `Choose ${title}` }).click();
  await expect(page.getByRole('heading', { name: 'Subscribe' })).toBeVisible();
}

/** The card is another from now on; the next period begins, and is paid for or not. */
async function renewWith(page: Page, { tenant }: Merchant, card: keyof typeof CARDS): Promise<void> {
  await toBilling(page);
  await page.getByRole('button', { name: 'Open the page at Stripe' }).click();
  await page.getByLabel('New card number').fill(CARDS[card].number);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toHaveText('Saved.');
  const [one] = liveIn(till, tenant);
  till.stripe.advance((one?.periodEnd ?? 0) + 2 * HOUR_S);
}

async function payOpenInvoice(page: Page): Promise<void> {
  await toBilling(page);
  await page.getByRole('link', { name: 'Pay the invoice' }).click();
  await payWith(page, 'works');
  await expect(page.getByText(/^paid/)).toBeVisible();
}

test('a merchant buys with 3-D Secure, changes the plan up and down, cancels and stays', async ({ page }) => {
  const merchant = await newMerchant(till.installation);
  await enter(page, merchant);
  await buy(page, 'Starter');
  await payWith(page, 'declined');
  await expect(page.getByRole('alert')).toHaveText('Your card was declined.');
  await payWith(page, 'authenticates');
  await page.getByRole('button', { name: 'Fail' }).click();
  await expect(page.getByRole('alert')).toContainText('unable to authenticate');
  await payWith(page, 'authenticates');
  await page.getByRole('button', { name: 'Complete' }).click();
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
  await agree(page, merchant, { plan: 'starter', status: 'active', badge: 'Active' });
  await expect(page.getByRole('region', { name: 'Invoices and payment' })).toContainText('€9.00Paid');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.getByRole('link', { name: 'Change to Growth' }).click();
  // Less for the seconds that have passed.
  await expect(page.getByText(/^€(20\.00|19\.9\d)$/)).toBeVisible();
  await page.getByRole('button', { name: 'Change now' }).click();
  await expect(page).toHaveURL(/\/billing$/);
  await agree(page, merchant, { plan: 'growth', status: 'active', badge: 'Active' });

  const downgrade = async () => {
    await page.getByRole('link', { name: 'Change to Starter' }).click();
    await page.getByRole('button', { name: 'Change at the end of the period' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'it changes to Starter' })).toBeVisible();
  };
  await downgrade();
  await page.getByRole('button', { name: 'Keep the present plan' }).click();
  await expect(page.getByText('it changes to Starter')).toBeHidden();
  await toBilling(page);

  await page.getByRole('link', { name: 'Cancel the plan' }).click();
  await page.getByLabel('Why do you cancel?').selectOption('unused');
  await page.getByRole('button', { name: 'Cancel the plan' }).click();
  await expect(page.getByRole('button', { name: 'Keep the plan after all' })).toBeVisible();
  await agree(page, merchant, { plan: 'growth', status: 'active', badge: 'Cancelled' });
  expect(liveIn(till, merchant.tenant)[0]?.cancel_at_period_end).toBe(true);
  await page.getByRole('button', { name: 'Keep the plan after all' }).click();
  await expect(page.getByRole('link', { name: 'Cancel the plan' })).toBeVisible();
  await agree(page, merchant, { plan: 'growth', status: 'active', badge: 'Active' });

  await downgrade();
  till.stripe.advance((liveIn(till, merchant.tenant)[0]?.periodEnd ?? 0) + 2 * HOUR_S);
  await agree(page, merchant, { plan: 'starter', status: 'active', badge: 'Active' });
});

test('a payment that fails locks nothing for two weeks, and all is as before when it is paid', async ({
  page,
}) => {
  const merchant = await newMerchant(till.installation);
  await enter(page, merchant);
  await buy(page, 'Starter');
  await payWith(page, 'works');
  await renewWith(page, merchant, 'expires');
  await agree(page, merchant, { plan: 'starter', status: 'past_due', badge: 'Payment failed' });
  await payOpenInvoice(page);
  await agree(page, merchant, { plan: 'starter', status: 'active', badge: 'Active' });

  await renewWith(page, merchant, 'expires');
  await agree(page, merchant, { plan: 'starter', status: 'past_due', badge: 'Payment failed' });
  await till.pool.query(
    `UPDATE subscription SET failing_since = failing_since - interval '15 days' WHERE tenant_id = $1`,
    [merchant.tenant],
  );
  await agree(page, merchant, { plan: 'starter', status: 'past_due', badge: 'Reports are locked' });
  await payOpenInvoice(page);
  await agree(page, merchant, { plan: 'starter', status: 'active', badge: 'Active' });
});

test('two tabs that both try to pay pay once', async ({ page, context }) => {
  const merchant = await newMerchant(till.installation);
  await enter(page, merchant);
  const other = await context.newPage();
  await buy(page, 'Starter');
  await buy(other, 'Growth');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'This page has expired' })).toBeVisible();
  await payWith(other, 'works');
  await expect(other.getByRole('heading', { name: 'Thank you' })).toBeVisible();
  await agree(other, merchant, { plan: 'growth', status: 'active', badge: 'Active' });
  await toBilling(page);
  await expect(page.getByRole('button', { name: /^Choose / })).toHaveCount(0);
});
