import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { connectControlPlane } from '@footfall/db/prisma';
import { addTeamAccount } from '@footfall/db/tenant/add-account';
import { openEventStore } from '@footfall/eventstore/open';
import { connectPool } from '@footfall/postgres/pool';
import { deleteDueSites } from '@footfall/removal/delete-due-sites';
import { openReportStore } from '@footfall/reportstore/open';
import type { Installation } from '@footfall/testkit/installation';
import { expect, type Page } from '@playwright/test';
import { readConnections } from './support/connections.ts';
import { aroundToday } from './support/counted.ts';
import { newMerchant } from './support/merchant.ts';
import { test } from './support/test.ts';

// A site is switched off and on, deleted, brought back, reset, deleted again; a week later every store is without it.

const WEEK_AND_A_BIT = 7 * 86_400_000 + 60_000;

let installation: Installation;
let merchant: Awaited<ReturnType<typeof newMerchant>>;

test.beforeAll(async ({ shared }) => {
  installation = shared;
  merchant = await newMerchant(installation);
});

/** Accessible, no wider than a phone; pictures in both lights. */
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

/** What the collector answers to a page of the shop. */
const collect = async () => {
  const { domain, siteKey } = merchant;
  const events = [{ name: 'pageview', url: `https://${domain}/kiln` }];
  const response = await fetch(`${installation.collectorUrl}/collect`, {
    method: 'POST',
    headers: { origin: `https://${domain}` },
    body: JSON.stringify({ site: siteKey, events }),
  });
  const { rejected = [] } = (await response.json()) as { rejected?: { reason: string }[] };
  return rejected[0]?.reason ?? response.status;
};

/** Runs the chore of the scheduler as it will run in a week. */
async function letAWeekPass() {
  const urls = await readConnections(installation);
  const pool = connectPool(urls.database, { name: 'test' });
  const store = openEventStore(urls.eventStore, { name: 'test' });
  const filesDir = path.join(installation.dataDir, 'facts');
  const reports = openReportStore(urls.reportStore, { name: 'test', filesDir });
  const { siteId } = merchant;
  const days = () => reports.read((reader) => reader.dayStates(siteId, 1, null, null));
  try {
    const before = { days: (await days()).length > 0, events: (await store.span(siteId)) !== null };
    const ports = { pool, store, reports, heard: async () => undefined };
    const { signal } = new AbortController();
    await deleteDueSites(ports, { now: Date.now() + WEEK_AND_A_BIT, signal });
    const counts = await pool.query('SELECT 1 FROM ledger_day WHERE site_id = $1', [siteId]);
    const rows = await pool.query('SELECT 1 FROM site WHERE id = $1', [siteId]);
    const left = [(await days()).length, await store.span(siteId), counts.rowCount, rows.rowCount];
    return { before, left };
  } finally {
    await Promise.all([pool.end(), store.close(), reports.close()]);
  }
}

test('off and on, deleted and brought back, reset, deleted for good', async ({ page, browser }) => {
  const { client, siteId, domain, owner } = merchant;
  const life = `${installation.webUrl}/sites/${siteId}/settings/life`;
  const url = `https://${domain}/kiln`;
  await client.send(['a', 'b', 'c'].map((visitor) => ({ name: 'pageview', url, visitor })));
  await expect.poll(async () => (await client.ledger()).stored, { timeout: 60_000 }).toBe(3);
  const pageviews = async () =>
    (await client.query({ metrics: ['pageviews'], date_range: aroundToday() })).results[0]?.metrics;
  await expect.poll(pageviews, { timeout: 60_000 }).toEqual([3]);

  await page.goto(life);
  await page.getByLabel('Email').fill(owner.email);
  await page.locator('input[type=password]').fill(owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Switch off' }).click();
  await expect(page.getByText('The site is switched off')).toBeVisible();
  await expect.poll(collect).toBe('site_disabled');
  expect(await pageviews()).toEqual([3]);
  await expectWellMade(page, 'site-life');
  await page.getByRole('button', { name: 'Switch on' }).click();
  await expect.poll(collect).toBe(202);

  await page.getByLabel(`To delete the site, type ${domain}`).fill('another.example');
  await page.getByRole('button', { name: 'Delete this site' }).click();
  await expect(page.getByText(`This is not the domain of the site. Type ${domain}.`)).toBeVisible();
  await page.getByLabel(`To delete the site, type ${domain}`).fill(domain);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/sites$/, { timeout: 30_000 });
  await expect(page.getByText(/^Can be brought back until/)).toBeVisible();
  await expect(page.getByRole('link', { name: domain })).toHaveCount(0);
  await expectWellMade(page, 'sites-deleted');
  await expect.poll(collect).toBe(404);
  await expect(client.query({ metrics: ['pageviews'], date_range: '7d' })).rejects.toThrow(/^404/);
  expect((await page.goto(life))?.status()).toBe(404);

  await page.goto(`${installation.webUrl}/sites`);
  await page.getByRole('button', { name: `Bring back ${domain}` }).click();
  await expect(page.getByRole('link', { name: domain, exact: true })).toBeVisible();
  await expect(page.getByText('Deleted sites')).toHaveCount(0);
  await expect.poll(collect).toBe(202);
  await expect.poll(pageviews, { timeout: 60_000 }).toEqual([3]);

  await page.goto(life);
  await page.getByLabel(`To remove all data, type ${domain}`).fill(domain);
  await page.getByRole('button', { name: 'Remove all data' }).click();
  await expect(page.getByText(/^All data was removed on/)).toBeVisible({ timeout: 60_000 });
  await expect.poll(pageviews, { timeout: 60_000 }).toEqual([0]);
  await client.send([{ name: 'pageview', url, visitor: 'd' }]);
  await expect.poll(pageviews, { timeout: 60_000 }).toEqual([1]);
  const german = await browser.newContext({
    locale: 'de-DE',
    storageState: await page.context().storageState(),
  });
  const other = await german.newPage();
  await other.goto(life);
  await expectWellMade(other, 'site-life-de');
  await german.close();

  await page.reload();
  await page.getByLabel(`To delete the site, type ${domain}`).fill(domain);
  await page.getByRole('button', { name: 'Delete this site' }).click();
  await expect(page).toHaveURL(/\/sites$/, { timeout: 30_000 });
  // Reports of the generation that the reset has left may be gone before.
  const { before, left } = await letAWeekPass();
  expect(before.events).toBe(true);
  expect(left).toEqual([0, null, 0, 0]);
  await page.reload();
  await expect(page.getByText(/^Deleted for good on .* UTC\. Events that went with it: \d\.$/)).toBeVisible();
  await expect(page.getByRole('button', { name: `Bring back ${domain}` })).toHaveCount(0);
});

test('kept for fewer months, moved to another team of its owner, and back', async ({ page }) => {
  const [own, other] = [await newMerchant(installation), await newMerchant(installation)];
  const { db, close } = connectControlPlane((await readConnections(installation)).database, {
    name: 'test',
    max: 1,
  });
  const membership = {
    ...own.owner,
    tenantId: other.tenant,
    role: 'admin',
    sites: 'all',
    actor: 'cli',
  } as const;
  await addTeamAccount(db, membership).finally(close);
  const url = `https://${own.domain}/kiln`;
  await own.client.send([{ name: 'pageview', url, visitor: 'a' }]);
  const visitors = async (apiKey: string) => {
    const body = JSON.stringify({ site_id: own.siteId, metrics: ['visitors'], date_range: aroundToday() });
    const response = await fetch(`${installation.webUrl}/api/v1/query`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}` },
      body,
    });
    const { results } = (await response.json()) as { results?: { metrics: number[] }[] };
    return results?.[0]?.metrics ?? response.status;
  };
  await expect.poll(() => visitors(own.apiKey), { timeout: 60_000 }).toEqual([1]);

  const life = `${installation.webUrl}/sites/${own.siteId}/settings/life`;
  await page.goto(life);
  await page.getByLabel('Email').fill(own.owner.email);
  await page.locator('input[type=password]').fill(own.owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Keep events for').selectOption({ index: 2 });
  await page.getByRole('button', { name: 'Save how long' }).click();
  await expect(page.getByText(/^Saved\. History will begin on 1 /)).toBeVisible();
  await expectWellMade(page, 'site-keep-and-move');

  const move = async () => {
    await page.goto(life);
    await page.getByLabel(`To move the site, type ${own.domain}`).fill(own.domain);
    await page.getByRole('button', { name: 'Move this site' }).click();
    await expect(page).toHaveURL(new RegExp(`/sites/${own.siteId}$`), { timeout: 30_000 });
  };
  const opens = () => Promise.all([own, other].map(({ apiKey }) => visitors(apiKey)));
  await move();
  await expect.poll(opens, { timeout: 10_000 }).toEqual([403, [1]]);
  const sent = (apiKey: string) =>
    fetch(`${installation.collectorUrl}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}` },
      body: JSON.stringify({ site: own.siteId, events: [{ name: 'pageview', url, visitor: 'b' }] }),
    });
  // Collectors have learnt it, too: the other team's key sends, this team's does not.
  await expect.poll(async () => (await sent(own.apiKey)).status, { timeout: 10_000 }).toBe(403);
  expect((await sent(other.apiKey)).status).toBe(202);
  await expect.poll(() => visitors(other.apiKey), { timeout: 60_000 }).toEqual([2]);
  await move();
  await expect.poll(opens, { timeout: 10_000 }).toEqual([[2], 403]);
});
