import type { Installation } from '@footfall/testkit/installation';
import { expect, type Page } from '@playwright/test';
import { clientFor } from './support/client.ts';
import { test } from './support/test.ts';

// Every string that a stranger or a member can send is markup here. Then each page of the portal is opened in a real browser, and none of
// it may have become an element, let alone have run.

let installation: Installation;
test.beforeAll(({ shared }) => {
  installation = shared;
});

const PASSWORD = 'correct horse battery';
const EMAIL = 'mallory@hostile-strings.example';

/** Markup that marks the page it breaks into; `where` says which string it was. */
const hostile = (where: string) =>
  `${where}"'><img src=x onerror="window.broken='${where}'" class="broken"><script>window.broken='${where}'</script>{{7*7}}`;

/** What an event can say, all of it markup. */
const events = (domain: string) => {
  const query = new URLSearchParams({
    utm_source: hostile('utm_source'),
    utm_medium: hostile('utm_medium'),
    utm_campaign: hostile('utm_campaign'),
    utm_term: hostile('utm_term'),
    utm_content: hostile('utm_content'),
  });
  const url = `https://${domain}/${encodeURIComponent(hostile('path'))}`;
  const all = {
    url: `${url}?${query}`,
    referrer: `https://referrer.example/${encodeURIComponent(hostile('referrer'))}`,
    title: hostile('title'),
    // A browser's: reports leave bots out.
    user_agent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 ${hostile('browser')}`,
    ip: '203.0.113.7',
    visitor: hostile('visitor'),
    lang: 'de-DE',
    props: { [hostile('prop').slice(0, 200)]: hostile('value') },
  };
  return [
    { ...all, name: 'pageview' },
    { ...all, name: hostile('event').slice(0, 120) },
    {
      ...all,
      name: 'purchase',
      order: hostile('order').slice(0, 100),
      revenue: { amount: '12.30', currency: 'EUR' },
      items: [
        {
          sku: hostile('sku').slice(0, 100),
          name: hostile('item').slice(0, 200),
          category: hostile('kind').slice(0, 200),
          price: '12.30',
          quantity: 1,
        },
      ],
    },
  ];
};

/** Nothing of a page is what a stranger has written, and nothing of it has run. */
async function expectWhole(page: Page, path: string): Promise<void> {
  const response = await page.goto(installation.webUrl + path);
  expect([path, response?.status()]).toEqual([path, 200]);
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect([
    path,
    /script-src[^;]*'nonce-/.test(policy),
    /script-src[^;]*'unsafe-inline'/.test(policy),
  ]).toEqual([path, true, false]);
  const found = await page.evaluate(() => ({
    ran: (window as { broken?: string }).broken ?? null,
    elements: document.querySelectorAll('.broken, img[src="x"]').length,
  }));
  expect([path, found]).toEqual([path, { ran: null, elements: 0 }]);
}

test('no page of the portal makes an element of what strangers and members have written', async ({
  page,
}) => {
  const admin = async (args: string[]) => (await installation.admin(args)) as Record<string, string>;
  const domain = 'hostile-strings.example';
  const team = hostile('team').slice(0, 120);
  const { tenant_id: tenant = '' } = await admin([
    'create-tenant',
    '--name',
    team,
    '--email',
    EMAIL,
    '--password',
    PASSWORD,
  ]);
  const { site_id: siteId = '' } = await admin(['create-site', '--tenant', tenant, '--domain', domain]);
  await admin([
    'create-goal',
    '--site',
    siteId,
    '--name',
    hostile('goal').slice(0, 120),
    '--event',
    hostile('event').slice(0, 120),
  ]);
  const { api_key: apiKey = '' } = await admin([
    'create-api-key',
    '--tenant',
    tenant,
    '--scopes',
    'ingest,stats',
  ]);
  const client = clientFor(installation, { siteId, apiKey });
  const { accepted } = await client.send(events(domain));
  expect(accepted).toBe(3);
  await expect.poll(async () => (await client.ledger()).stored, { timeout: 60_000 }).toBe(3);
  const counted = async () => {
    const answer = await client.query({ metrics: ['events'], date_range: 'day' });
    return (answer as { results: { metrics: number[] }[] }).results[0]?.metrics[0];
  };
  // Reports have them, too: pages show them as they are opened.
  await expect.poll(counted, { timeout: 60_000 }).toBeGreaterThan(0);

  await page.goto(`${installation.webUrl}/sign-in?next=/account`);
  await page.getByLabel('Email').fill(EMAIL);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname === '/account');
  const site = `/sites/${siteId}`;
  const PAGES = [
    ...[
      '',
      '/health',
      '/install',
      '/goals',
      '/settings',
      '/settings/domains',
      '/settings/key',
      '/settings/life',
      '/settings/remove-events',
      '/settings/visitor-data',
    ].map((one) => site + one),
    ...['/team', '/team/delete', '/audit', '/account', '/account/delete', '/sites', '/sites/new'],
    ...['/keys', '/webhooks', '/billing', '/team/sign-on', '/pricing'],
    ...['/data-processing', '/data-processing/agreement'],
    // What an address says is a stranger's, too.
    `${site}?f=${encodeURIComponent(hostile('filter'))}&period=${encodeURIComponent(hostile('period'))}`,
    `/audit?action=${encodeURIComponent(hostile('action'))}`,
  ];
  for (const path of PAGES) await expectWhole(page, path);
  // Proof that the strings were there to be shown.
  await page.goto(installation.webUrl + site);
  await expect(
    page
      .getByText('utm_source"', { exact: false })
      .or(page.getByText('path"', { exact: false }))
      .first(),
  ).toBeVisible();
});
