import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { connectControlPlane } from '@footfall/db/prisma';
import { inTenant } from '@footfall/db/tenant/scope';
import { createTenant } from '@footfall/db/tenant/tenant';
import { initStores } from '@footfall/installation/stores';
import { freePort } from '@footfall/postgres/free-port';
import { ATTACKS, type Attacker } from './attacks.ts';
import { AGENT, benchSite, pageview } from './bench-site.ts';
import { benchPostgres } from './own-postgres.ts';
import { startService } from './services.ts';

// npm run bench:attack -- [--seconds 8] [--only text,text]: each attack of attacks.ts for a while on an installation of its own on loopback, and
// meanwhile a page view of another shop every 50 ms. How long does the event loop of each service stand, and how long does the other shop wait?
const { values: given } = parseArgs({
  options: { seconds: { type: 'string', default: '8' }, only: { type: 'string', default: '' } },
});
/** Parts of the names of attacks. */
const ONLY = given.only.split(',');
const SECONDS = Number(given.seconds);
const EVERY_MS = 50;
const SERVICES = ['collector', 'processor', 'aggregator', 'scheduler'] as const;
/** What comes in is worked off before the next attack begins, at most so long. */
const SETTLE_MS = 60_000;

const folder = await mkdtemp(path.join(tmpdir(), 'footfall-bench-attack-'));
const postgres = await benchPostgres();
const { url } = postgres;
const { site } = await benchSite(url);
await initStores({ database: url, eventLog: url, eventStore: url, reportStore: url });

async function makeAttacker(): Promise<Attacker> {
  const { db, close } = connectControlPlane(url, { name: 'bench', max: 1 });
  const owner = { name: 'Attacker', email: 'attacker@shop.example', password: 'correct horse' };
  const { tenantId } = await createTenant(db, owner);
  const scope = inTenant(db, tenantId);
  const own = await scope.sites.create({ domain: 'attacker.example', actor: 'bench' });
  const { apiKey } = await scope.apiKeys.create({ scopes: ['ingest'], actor: 'bench' });
  const blockedPages = Array.from({ length: 10 }, (_, n) => `/${'*a'.repeat(9)}${'b'.repeat(170)}*/${n}x`);
  await scope.sites.update(own.id, { intake: { blockedPages }, actor: 'bench' });
  await close();
  return { apiKey, siteId: own.id, siteKey: own.siteKey, domain: own.domain, victimKey: site.siteKey };
}

const attacker = await makeAttacker();
const ports = Object.fromEntries(
  await Promise.all(SERVICES.map(async (name) => [name, await freePort()] as const)),
);
const services = await Promise.all(
  SERVICES.map(async (name) => ({
    name,
    ...(await startService(name, {
      DATABASE_URL: url,
      FOOTFALL_SECRET: 'bench'.repeat(10),
      FOOTFALL_DATA_DIR: folder,
      [`${name.toUpperCase()}_PORT`]: String(ports[name]),
    })),
  })),
);
const [collector] = services;
if (collector === undefined) throw new Error('there is no collector');

/** The longest stand of each service since the last question, milliseconds. */
async function stands(): Promise<Map<string, number>> {
  const asked = services.map(async ({ name, port }) => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return [name, Number(/^nodejs_eventloop_lag_max_seconds\S* (\S+)/m.exec(text)?.[1]) * 1_000] as const;
  });
  return new Map(await Promise.all(asked));
}

/** A page view of the other shop; answers the milliseconds until it was taken, null when it was not. */
async function visit(): Promise<number | null> {
  const began = performance.now();
  const body = JSON.stringify({ site: site.siteKey, events: [pageview()] });
  try {
    const response = await fetch(`http://127.0.0.1:${collector?.port}/collect`, {
      method: 'POST',
      headers: { 'user-agent': AGENT },
      body,
    });
    await response.arrayBuffer();
    return response.status === 202 ? performance.now() - began : null;
  } catch {
    // Cut off: it was not taken.
    return null;
  }
}

async function shop(milliseconds: number): Promise<{ times: number[]; lost: number }> {
  const until = performance.now() + milliseconds;
  const visits: Promise<number | null>[] = [];
  while (performance.now() < until) {
    visits.push(visit());
    await sleep(EVERY_MS);
  }
  const times = (await Promise.all(visits)).filter((time) => time !== null);
  return { times: times.sort((a, b) => a - b), lost: visits.length - times.length };
}

/** Waits until the log is worked off; answers for how long that took, or null when it was given up. */
async function settle(): Promise<number | null> {
  const began = performance.now();
  const { db, close } = connectControlPlane(url, { name: 'bench', max: 1 });
  try {
    for (let quiet = 0; performance.now() - began < SETTLE_MS; await sleep(250)) {
      const [row] = await db.$queryRaw<{ waiting: number }[]>`
        SELECT count(*)::int AS waiting FROM eventlog.lease l JOIN eventlog.partition p USING (topic, partition)
        WHERE p.next_offset > l.committed`;
      quiet = row?.waiting === 0 ? quiet + 1 : 0;
      if (quiet === 4) return performance.now() - began - 1_000;
    }
    return null;
  } finally {
    await close();
  }
}

const at = (times: readonly number[], share: number) =>
  times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
const cell = (value: number, width = 7) => Math.round(value).toString().padStart(width);

async function measure(name: string, strike: () => Promise<Record<string, number>>): Promise<void> {
  await stands();
  const [{ times, lost }, statuses] = await Promise.all([shop(SECONDS * 1_000), strike()]);
  const settledMs = await settle();
  const stood = await stands();
  const memory = services.map((service) => cell(service.memory() / 1e6, 5)).join('');
  console.log(
    `${name.padEnd(52)}${[...stood.values()].map((ms) => cell(ms)).join('')}  ${cell(at(times, 0.5), 5)}${cell(at(times, 0.99))}${cell(times.at(-1) ?? Number.NaN)}${cell(lost, 5)}` +
      `  ${settledMs === null ? `> ${SETTLE_MS / 1_000}` : (settledMs / 1_000).toFixed(1)} s  ${memory}  ${JSON.stringify(statuses)}`,
  );
}

console.log(
  `${''.padEnd(52)}longest stand in ms of ${SERVICES.join(', ')}; the other shop: p50, p99, max in ms, lost; until all is worked off; MB; answers to the attacker`,
);
const idle = async () => {
  await sleep(SECONDS * 1_000);
  return {};
};
await measure('nobody attacks, cold', idle);
await measure('nobody attacks', idle);
for (const { name } of ATTACKS.filter((one) => ONLY.some((text) => one.name.includes(text))))
  await measure(name, async () => {
    const workerData = { name, attacker, port: collector.port, milliseconds: SECONDS * 1_000 };
    const worker = new Worker(new URL('./attacker.ts', import.meta.url), { workerData });
    const [statuses] = (await once(worker, 'message')) as [Record<string, number>];
    await worker.terminate();
    return statuses;
  });

for (const service of services) await service.stop();
await postgres.stop();
await rm(folder, { recursive: true, force: true });
