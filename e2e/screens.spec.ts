import AxeBuilder from '@axe-core/playwright';
import { connectControlPlane } from '@footfall/db/prisma';
import { inTenant } from '@footfall/db/tenant/scope';
import type { Installation } from '@footfall/testkit/installation';
import { expect, type Page } from '@playwright/test';
import { SCREENS, type Screen } from '../apps/web/src/access/screens.ts';
import { readConnections } from './support/connections.ts';
import { newMerchant } from './support/merchant.ts';
import { signIn } from './support/sign-in.ts';
import { test } from './support/test.ts';

// Every screen of the table, wide and on a phone, light and dark: axe finds nothing, and nothing scrolls sideways.

const PASSWORD = 'correct horse battery';
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };
const FOLDER = '../artifacts/screenshots';

type Person = 'owner' | 'operator' | 'billing';
type Address = keyof typeof SCREENS;

/** What stands for the parts of addresses. */
type Parts = Readonly<Record<string, string>>;

/** Who looks at a screen; nobody needs to be signed in for those of everyone. */
function personFor({ admission, group }: Screen): Person | null {
  if (admission === 'everyone') return null;
  if (group !== 'operator') return 'owner';
  return admission === 'platform.bill' ? 'billing' : 'operator';
}

/** A plan and a mail have to be made first: the tests of their panels do. */
const NEEDS_MORE: readonly string[] = [
  '/operator/plans/[plan]',
  '/operator/plans/[plan]/move',
  '/operator/mail/[mail]',
];

/** There is none in this installation, so that the page of what is not there is looked at. */
const NOT_THERE: readonly string[] = ['/demo'];

async function makeInvitation(installation: Installation, tenant: string): Promise<string> {
  const { db, close } = connectControlPlane((await readConnections(installation)).database, {
    name: 'test',
    max: 1,
  });
  try {
    const invitation = { email: 'new@shop.example', role: 'viewer', sites: 'all', actor: 'cli' } as const;
    return (await inTenant(db, tenant).invitations.create(invitation)).token;
  } finally {
    await close();
  }
}

const findings = async (page: Page, rules?: readonly string[]) => {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules === undefined ? axe : axe.withRules([...rules])).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
};

/** What is wrong with the page that is open, by how it is looked at. */
async function faults(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  const note = (how: string, all: readonly string[]) =>
    found.push(...all.map((one) => `${name}, ${how}: ${one}`));
  note('wide', await findings(page));
  await page.screenshot({ path: `${FOLDER}/screen-${name}.png`, fullPage: true });
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  // What else axe looks for is the same in the dark.
  note('wide, dark', await findings(page, ['color-contrast']));
  await page.setViewportSize(PHONE);
  note('phone, dark', await findings(page));
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (over > 0) note('phone', [`scrolls sideways by ${over} px`]);
  await page.screenshot({ path: `${FOLDER}/screen-${name}-phone-dark.png`, fullPage: true });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  note('phone, light', await findings(page, ['color-contrast']));
  await page.setViewportSize(WIDE);
  return found;
}

test('every screen is accessible and fits a phone', async ({ browser, shared }) => {
  test.setTimeout(400_000);
  const merchant = await newMerchant(shared);
  await merchant.client.send([
    { name: 'pageview', url: `https://${merchant.domain}/`, visitor: 'v1' },
    {
      name: 'pageview',
      url: `https://${merchant.domain}/kiln`,
      visitor: 'v2',
      referrer: 'https://a.example',
    },
  ]);
  const staff = { operator: 'op@screens.example', billing: 'bill@screens.example' };
  for (const [role, email] of [
    ['operator', staff.operator],
    ['billing-admin', staff.billing],
  ] as const)
    await shared.admin(['create-operator', '--email', email, '--password', PASSWORD, '--role', role]);
  const parts: Parts = {
    '[id]': merchant.siteId,
    '[site]': merchant.siteId,
    '[tenant]': merchant.tenant,
    '[token]': await makeInvitation(shared, merchant.tenant),
    '[...slug]': 'install',
  };
  const open = async (who: { email: string; password: string } | null) => {
    const page = await (await browser.newContext({ viewport: WIDE, reducedMotion: 'reduce' })).newPage();
    if (who === null) return page;
    await signIn(page, shared.webUrl, who);
    await page.waitForURL(({ pathname }) => pathname !== '/sign-in');
    return page;
  };
  const pages: Readonly<Record<Person | 'nobody', Page>> = {
    nobody: await open(null),
    owner: await open(merchant.owner),
    operator: await open({ email: staff.operator, password: PASSWORD }),
    billing: await open({ email: staff.billing, password: PASSWORD }),
  };
  const found: string[] = [];
  for (const [address, screen] of Object.entries(SCREENS) as [Address, Screen][]) {
    if (NEEDS_MORE.includes(address)) continue;
    const page = pages[personFor(screen) ?? 'nobody'];
    const path = address.replaceAll(/\[[^\]]+\]/g, (part) => parts[part] ?? part);
    const response = await page.goto(shared.webUrl + path);
    if (response?.status() !== (NOT_THERE.includes(address) ? 404 : 200))
      found.push(`${address} answers ${response?.status()}`);
    found.push(
      ...(await faults(page, address.replaceAll(/[^a-z]+/g, '-').replaceAll(/^-|-$/g, '') || 'start')),
    );
  }
  for (const page of Object.values(pages)) await page.context().close();
  expect(found).toEqual([]);
});
