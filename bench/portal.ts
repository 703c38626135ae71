/**
 * What strangers at the portal's doors cost a shop: `npm run bench:portal [-- seconds [part of a name]]`. The portal as it is built, on
 * loopback behind a trusted proxy's header, so that attacker and shop are of different networks. Each attack goes on for some seconds (8);
 * meanwhile the shop asks for its overview and by its key, in turn, every 100 ms. How long does it wait, and how long does the event loop stand?
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { sessionStore } from '@footfall/db/account/session';
import { connectControlPlane } from '@footfall/db/prisma';
import { inTenant } from '@footfall/db/tenant/scope';
import { createTenant } from '@footfall/db/tenant/tenant';
import { initStores } from '@footfall/installation/stores';
import { freePort } from '@footfall/postgres/free-port';
import { findAction } from '../apps/web/src/access/built-action.fixture.ts';
import { sealSession, sessionCookie } from '../apps/web/src/auth/token.ts';
import { benchPostgres } from './own-postgres.ts';
import { type PublicActions, portalAttacks } from './portal-attacks.ts';
import { startService } from './services.ts';

const SECONDS = Number(process.argv[2] ?? 8);
const ONLY = process.argv[3] ?? '';
const EVERY_MS = 100;
const SECRET = 'bench'.repeat(10);
const HOUR_MS = 3_600_000;

const folder = await mkdtemp(path.join(tmpdir(), 'footfall-bench-portal-'));
const postgres = await benchPostgres();
const { url } = postgres;
await initStores({ database: url, eventLog: url, eventStore: url, reportStore: url });

const port = await freePort();
const webUrl = `http://127.0.0.1:${port}`;

/** The shop that others must not hurt: its cookie, its key, its site. */
async function makeShop() {
  const { db, close } = connectControlPlane(url, { name: 'bench', max: 1 });
  const owner = { name: 'Shop', email: 'victim@shop.example', password: 'correct horse', isVerified: true };
  const { tenantId, userId } = await createTenant(db, owner);
  const scope = inTenant(db, tenantId);
  const { id } = await scope.sites.create({ domain: 'shop.example', actor: 'bench' });
  const { apiKey } = await scope.apiKeys.create({ scopes: ['stats'], actor: 'bench' });
  const sessions = sessionStore(db, { afterMs: HOUR_MS, idleMs: HOUR_MS });
  const session = { id: await sessions.begin(userId), userId, epoch: 0 };
  const { name } = sessionCookie({ webUrl, sessionMaxMs: HOUR_MS });
  await close();
  return { id, apiKey, cookie: `${name}=${await sealSession(session, SECRET)}` };
}

const shop = await makeShop();
const portal = await startService('web', {
  DATABASE_URL: url,
  FOOTFALL_SECRET: SECRET,
  FOOTFALL_DATA_DIR: folder,
  WEB_PORT: String(port),
  WEB_URL: webUrl,
  TRUSTED_PROXIES: 'loopback',
});

const actions: PublicActions = {
  signIn: findAction('auth/actions.signIn').id,
  signUp: findAction('auth/actions.signUp').id,
  requestReset: findAction('account/password-actions.requestReset').id,
};

const QUESTION = { site_id: shop.id, metrics: ['visitors'], date_range: '7d' };
const FROM = { 'x-forwarded-for': '198.51.100.7' };

/** One request of the shop, of two kinds in turn; answers the milliseconds until its answer was whole, null when it was another. */
async function visit(n: number): Promise<number | null> {
  const began = performance.now();
  const headers = { ...FROM, authorization: `Bearer ${shop.apiKey}`, 'content-type': 'application/json' };
  try {
    const response =
      n % 2 === 0
        ? await fetch(`${webUrl}/sites/${shop.id}`, { headers: { ...FROM, cookie: shop.cookie } })
        : await fetch(`${webUrl}/api/v1/query`, { method: 'POST', headers, body: JSON.stringify(QUESTION) });
    await response.arrayBuffer();
    return response.status === 200 ? performance.now() - began : null;
  } catch {
    return null;
  }
}

async function watchShop(milliseconds: number): Promise<{ times: number[]; lost: number }> {
  const until = performance.now() + milliseconds;
  const visits: Promise<number | null>[] = [];
  while (performance.now() < until) {
    visits.push(visit(visits.length));
    await sleep(EVERY_MS);
  }
  const times = (await Promise.all(visits)).filter((time) => time !== null);
  return { times: times.sort((a, b) => a - b), lost: visits.length - times.length };
}

/** The longest stand of the portal since the last question, milliseconds. */
async function longestStand(): Promise<number> {
  const text = await (await fetch(`${webUrl}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_max_seconds\S* (\S+)/m.exec(text)?.[1]) * 1_000;
}

const at = (times: readonly number[], share: number) =>
  times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
const cell = (value: number) => Math.round(value).toString().padStart(7);

async function measure(name: string, attack: () => Promise<Record<string, number>>): Promise<void> {
  await longestStand();
  const [{ times, lost }, statuses] = await Promise.all([watchShop(SECONDS * 1_000), attack()]);
  const stood = await longestStand();
  const shown = [stood, at(times, 0.5), at(times, 0.99), times.at(-1) ?? Number.NaN, lost];
  const memory = cell(portal.memory() / 1e6);
  console.log(`${name.padEnd(46)}${shown.map(cell).join('')}${memory}  ${JSON.stringify(statuses)}`);
}

const idle = async () => {
  await sleep(SECONDS * 1_000);
  return {};
};
console.log(
  `${''.padEnd(46)}longest stand of the portal in ms; the shop: p50, p99, max in ms, lost; MB; answers to the attacker`,
);
await measure('nobody attacks, cold', idle);
await measure('nobody attacks', idle);
for (const { name } of portalAttacks(actions).filter((one) => one.name.includes(ONLY)))
  await measure(name, async () => {
    const workerData = { name, port, actions, milliseconds: SECONDS * 1_000 };
    const worker = new Worker(new URL('./portal-attacker.ts', import.meta.url), { workerData });
    const [statuses] = (await once(worker, 'message')) as [Record<string, number>];
    await worker.terminate();
    return statuses;
  });

await portal.stop();
await postgres.stop();
await rm(folder, { recursive: true, force: true });
