import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import AxeBuilder from '@axe-core/playwright';
import { openEventLog } from '@footfall/eventlog/open';
import { openEventStore } from '@footfall/eventstore/open';
import { connectPool } from '@footfall/postgres/pool';
import { deleteDueTenants } from '@footfall/removal/delete-tenant';
import { openReportStore } from '@footfall/reportstore/open';
import type { Installation } from '@footfall/testkit/installation';
import { type Browser, expect, type Page } from '@playwright/test';
import { readConnections } from './support/connections.ts';
import { events, files, tables, type Written } from './support/everything.ts';
import { newMerchant } from './support/merchant.ts';
import { signIn } from './support/sign-in.ts';
import { test } from './support/test.ts';

// A team is deleted, had back, deleted again, and a week later there is nothing of it anywhere.

const DAY = 24 * 3_600_000;

let installation: Installation;
let merchant: Awaited<ReturnType<typeof newMerchant>>;
test.beforeAll(async ({ shared }) => {
  installation = shared;
  merchant = await newMerchant(installation);
});

const picture = (page: Page, name: string) =>
  page.screenshot({ path: `../artifacts/screenshots/${name}.png`, fullPage: true });

/** Accessible, and no wider than a phone; pictures of it in other lights and sizes. */
async function expectWellMade(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      await picture(page, `${name}-${width}-${colorScheme}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    }
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 800 });
}

async function openAs(browser: Browser, who: { email: string; password: string }, locale = 'en-GB') {
  const page = await (await browser.newContext({ locale })).newPage();
  await signIn(page, installation.webUrl, who, '/account');
  await page.waitForURL((url) => url.pathname === '/account');
  return page;
}

/** How many events of a visit the collector takes. */
async function collect(): Promise<number> {
  const response = await fetch(`${installation.collectorUrl}/collect`, {
    method: 'POST',
    headers: { origin: `https://${merchant.domain}` },
    body: JSON.stringify({
      site: merchant.siteKey,
      events: [{ name: 'pageview', url: `https://${merchant.domain}/late` }],
    }),
  });
  return ((await response.json()) as { accepted: number }).accepted;
}
const askApi = () =>
  fetch(`${installation.webUrl}/api/v1/sites/${merchant.siteId}/ledger`, {
    headers: { authorization: `Bearer ${merchant.apiKey}` },
  });

async function deleteTeam(page: Page, name: string): Promise<void> {
  await page.goto(`${installation.webUrl}/team/delete`);
  await page.getByLabel('To delete the team, type').fill(name);
  await page.getByRole('button', { name: 'Delete the team' }).click();
}

/** What the chore does a week from now: its clock is an argument. */
async function deleteDue(): Promise<void> {
  const { database, eventStore, reportStore } = await readConnections(installation);
  const as = { name: 'test', role: 'scheduler' } as const;
  const pool = connectPool(database, as);
  const store = openEventStore(eventStore, as);
  const reports = openReportStore(reportStore, { ...as, filesDir: `${installation.dataDir}/facts` });
  const heard = () => sleep(0);
  const run = { now: Date.now() + 8 * DAY, signal: new AbortController().signal };
  await deleteDueTenants({ pool, store, reports, heard }, run);
  await Promise.all([store.close(), reports.close(), pool.end()]);
}

/** The log keeps records for a week; by then those of the tenant are as old. Answers how many batches are left of what was trimmed. */
async function trimLog(): Promise<number> {
  const { database, eventLog } = await readConnections(installation);
  const log = openEventLog(eventLog, { name: 'test', role: 'aggregator' });
  await log.trim(Date.now() + DAY);
  await log.close();
  const pool = connectPool(database, { name: 'test' });
  const { rows } = await pool.query<{ left: number }>('SELECT count(*)::int AS left FROM eventlog.batch');
  await pool.end();
  return rows[0]?.left ?? 0;
}

/** Files of Postgres have rows that were deleted until it uses their room again; logs are the operator's. */
const LEFT_OUT = /^(postgres|pgdata|logs?)$/;

async function* ownFiles(): AsyncGenerator<Written> {
  for (const folder of await readdir(installation.dataDir, { withFileTypes: true })) {
    if (!folder.isDirectory() || LEFT_OUT.test(folder.name)) continue;
    for await (const { where, text } of files(path.join(installation.dataDir, folder.name)))
      yield { where: `${folder.name}/${where}`, text: `${where} ${text}` };
  }
}

/** Where anything has one of these texts in it. */
async function findIn(
  sources: readonly AsyncGenerator<Written>[],
  texts: readonly string[],
): Promise<string[]> {
  const found = new Set<string>();
  for (const source of sources)
    for await (const { where, text } of source) if (texts.some((one) => text.includes(one))) found.add(where);
  return [...found].sort();
}

test('an owner deletes their team, has it back, deletes it again, and a week later nothing of it is anywhere', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const { client, domain, siteId, siteKey, tenant, owner, apiKey } = merchant;
  const name = domain.replace('.example', '');
  const viewer = { email: `viewer@${domain.replace('.', '-')}.team`, password: owner.password };
  await installation.admin([
    'add-member',
    '--tenant',
    tenant,
    '--role',
    'viewer',
    '--email',
    viewer.email,
    '--password',
    viewer.password,
  ]);
  const earlier = Date.now() - 3 * DAY;
  const view = { name: 'pageview', url: `https://${domain}/mug`, visitor: 'v1' };
  await client.send([view, { ...view, timestamp: new Date(earlier).toISOString() }]);
  await expect.poll(async () => (await client.ledger()).stored, { timeout: 60_000 }).toBe(2);
  const texts = [tenant, siteId, siteKey, domain, apiKey.slice(0, 8)];
  // What is looked for later is there: rows, and a file of the day that is sealed. Whoever reads the log would keep it from being trimmed.
  const { database, eventStore } = await readConnections(installation);
  await expect
    .poll(() => findIn([ownFiles()], [siteId]), { timeout: 60_000 })
    .toContainEqual(expect.stringMatching(/^facts\//));
  expect((await findIn([tables(database), events(eventStore, siteId)], texts)).length).toBeGreaterThan(8);

  const page = await openAs(browser, owner);
  const other = await openAs(browser, viewer);
  await page.goto(`${installation.webUrl}/team`);
  await page.getByRole('link', { name: 'Delete the team' }).click();
  await expect(page.getByRole('heading', { name: `Delete ${name}` })).toBeVisible();
  await expectWellMade(page, 'delete-team');
  await deleteTeam(page, 'another');
  await expect(page.getByText(`This is not the name of the team. Type ${name}.`)).toBeVisible();
  expect((await askApi()).status).toBe(200);

  await deleteTeam(page, name);
  await page.waitForURL('**/team/deleted');
  await expect(page.getByText(`by ${name}.`)).toBeVisible();
  await expectWellMade(page, 'deleted-team');
  // Everybody of the team sees that, and nothing else; the way back is an owner's.
  for (const path of [`/sites/${siteId}`, '/sites/new', '/']) {
    await other.goto(installation.webUrl + path);
    await expect(other).toHaveURL(/\/team\/deleted$/);
  }
  await expect(other.getByText('An owner of the team can undo it')).toBeVisible();
  await expect(other.getByRole('button', { name: /Undo/ })).toHaveCount(0);
  await expect(other.getByText(domain)).toHaveCount(0);
  await picture(other, 'deleted-team-viewer');
  expect((await askApi()).status).toBe(401);
  await expect.poll(collect).toBe(0);

  await page.getByRole('button', { name: `Undo: keep ${name}` }).click();
  await expect(page.getByText('None of your teams is being deleted.')).toBeVisible();
  expect((await askApi()).status).toBe(200);
  await expect.poll(collect).toBe(1);
  await page.goto(`${installation.webUrl}/audit?action=tenant.`);
  await expect(page.getByRole('cell', { name: 'tenant.undo_delete' })).toBeVisible();

  await deleteTeam(page, name);
  await page.waitForURL('**/team/deleted');
  await expect.poll(collect).toBe(0);
  const german = await openAs(browser, owner, 'de-DE');
  await german.goto(`${installation.webUrl}/team/deleted`);
  await expectWellMade(german, 'deleted-team-de');
  await deleteDue();
  await expect.poll(trimLog, { timeout: 60_000 }).toBe(0);
  await page.reload();
  await expect(page.getByText('None of your teams is being deleted.')).toBeVisible();
  // That there was a tenant of this id, and a site whose events are passed over, is all that is left.
  const sources = [ownFiles(), tables(database), events(eventStore, siteId)];
  expect(await findIn(sources, texts)).toEqual(['table public.deleted_site', 'table public.deleted_tenant']);
});
