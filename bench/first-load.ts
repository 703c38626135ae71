/**
 * What the first load of a page costs a browser that has nothing in its cache: `npm run bench:first-load [-- times]`. The portal as it is built, on loopback; Chromium
 * opens each page in a context of its own, each several times (3), the median is told: kB of scripts as they come over the wire, of all that comes, the largest
 * contentful paint in ms, and how far things have moved (layout shift). A page that takes more than its budget makes it fail.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sessionStore } from '@footfall/db/account/session';
import { connectControlPlane } from '@footfall/db/prisma';
import { inTenant } from '@footfall/db/tenant/scope';
import { createTenant } from '@footfall/db/tenant/tenant';
import { initStores } from '@footfall/installation/stores';
import { freePort } from '@footfall/postgres/free-port';
import { installedChromium } from '@footfall/testkit/chromium';
import { type Browser, chromium } from 'playwright-core';
import { sealSession, sessionCookie } from '../apps/web/src/auth/token.ts';
import { benchPostgres } from './own-postgres.ts';
import { startService } from './services.ts';

const TIMES = Number(process.argv[2] ?? 3);
/** What a first load may take: kB of scripts (React and Next alone are 138: docs/performance.md), ms to the largest paint, layout shift. */
const BUDGET = { scripts: 170, paint: 1_500, shift: 0.02 };
/** So long after its load event a page has settled. */
const SETTLED_MS = 700;
const SECRET = 'bench'.repeat(10);
const HOUR_MS = 3_600_000;

const folder = await mkdtemp(path.join(tmpdir(), 'footfall-bench-first-load-'));
const postgres = await benchPostgres();
const { url } = postgres;
await initStores({ database: url, eventLog: url, eventStore: url, reportStore: url });
const port = await freePort();
const webUrl = `http://127.0.0.1:${port}`;

/** A merchant with a site that is being set up, and their cookie. */
async function makeMerchant() {
  const { db, close } = connectControlPlane(url, { name: 'bench', max: 1 });
  const owner = { name: 'Shop', email: 'owner@shop.example', password: 'correct horse', isVerified: true };
  const { tenantId, userId } = await createTenant(db, owner);
  const { sites } = inTenant(db, tenantId);
  const { id } = await sites.create({ domain: 'shop.example', actor: 'bench' });
  await sites.setUp(id, { platform: 'shopify', step: 'snippet', actor: 'bench' });
  const sessions = sessionStore(db, { afterMs: HOUR_MS, idleMs: HOUR_MS });
  const session = { id: await sessions.begin(userId), userId, epoch: 0 };
  const { name } = sessionCookie({ webUrl, sessionMaxMs: HOUR_MS });
  await close();
  return { id, cookie: { name, value: await sealSession(session, SECRET), url: webUrl } };
}

const merchant = await makeMerchant();
const portal = await startService('web', {
  DATABASE_URL: url,
  FOOTFALL_SECRET: SECRET,
  FOOTFALL_DATA_DIR: folder,
  WEB_PORT: String(port),
  WEB_URL: webUrl,
});

type Entry = { startTime: number; value?: number };
type Load = { scripts: number; all: number; paint: number; shift: number };

/** Opens a page in a browser that has nothing of it yet. */
async function load(browser: Browser, address: string, isSignedIn: boolean): Promise<Load> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
  });
  if (isSignedIn) await context.addCookies([merchant.cookie]);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const kinds = new Map<string, string>();
  const bytes = { scripts: 0, all: 0 };
  devtools.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes.all += encodedDataLength;
    if (kinds.get(requestId) === 'Script') bytes.scripts += encodedDataLength;
  });
  await devtools.send('Network.enable');
  const response = await page.goto(webUrl + address, { waitUntil: 'load' });
  if (response?.status() !== 200) throw new Error(`${address} answers ${response?.status()}`);
  await sleep(SETTLED_MS);
  const painted = await page.evaluate(
    () =>
      new Promise<{ paint: number; shift: number }>((resolve) => {
        const seen = { paint: 0, shift: 0 };
        const watch = (type: 'largest-contentful-paint' | 'layout-shift', note: (entry: Entry) => void) =>
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) note(entry as unknown as Entry);
          }).observe({ type, buffered: true } as never);
        watch('largest-contentful-paint', ({ startTime }) => {
          seen.paint = startTime;
        });
        watch('layout-shift', ({ value = 0 }) => {
          seen.shift += value;
        });
        setTimeout(() => resolve(seen), 100);
      }),
  );
  await context.close();
  return { scripts: bytes.scripts / 1_000, all: bytes.all / 1_000, ...painted };
}

const PAGES: readonly (readonly [name: string, address: string, isSignedIn: boolean])[] = [
  ['sign-in', '/sign-in', false],
  ['sign-up', '/sign-up', false],
  ['new site', '/sites/new', true],
  ['setting up: system', `/sites/${merchant.id}/install?step=platform`, true],
  ['setting up: snippet', `/sites/${merchant.id}/install?step=snippet`, true],
  ['setting up: check', `/sites/${merchant.id}/install?step=check`, true],
  ['site settings', `/sites/${merchant.id}/settings`, true],
  ['account', '/account', true],
  ['team', '/team', true],
];

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const executablePath = installedChromium();
const browser = await chromium.launch({
  args: ['--no-sandbox'],
  ...(executablePath === undefined ? {} : { executablePath }),
});
console.log(
  '| page | scripts, kB | all, kB | largest paint, ms | layout shift |\n| --- | --- | --- | --- | --- |',
);
for (const [name, address, isSignedIn] of PAGES) {
  // The first asks the server to get its own code ready.
  await load(browser, address, isSignedIn);
  const loads: Load[] = [];
  for (let time = 0; time < TIMES; time += 1) loads.push(await load(browser, address, isSignedIn));
  const of = (what: keyof Load) => median(loads.map((one) => one[what]));
  const [scripts, all, paint, shift] = [of('scripts'), of('all'), of('paint'), of('shift')];
  const isOver = scripts > BUDGET.scripts || paint > BUDGET.paint || shift > BUDGET.shift;
  console.log(
    `| ${name}${isOver ? ' (over)' : ''} | ${scripts.toFixed(1)} | ${all.toFixed(1)} | ${Math.round(paint)} | ${shift.toFixed(3)} |`,
  );
  if (isOver) process.exitCode = 1;
}

await browser.close();
await portal.stop();
await postgres.stop();
await rm(folder, { recursive: true, force: true });
