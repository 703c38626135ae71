import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connectControlPlane } from '../packages/db/src/prisma.ts';
import { inTenant } from '../packages/db/src/tenant/scope.ts';
import { createTenant } from '../packages/db/src/tenant/tenant.ts';
import { runningEngines } from '../packages/engines/src/engine-set.ts';
import { holdEngines } from '../packages/engines/src/holder.ts';
import { openEventLog } from '../packages/eventlog/src/open.ts';
import { initStores } from '../packages/installation/src/stores.ts';
import { freePort } from '../packages/postgres/src/free-port.ts';
import { openReportStore } from '../packages/reportstore/src/open.ts';
import { benchPostgres } from './own-postgres.ts';
import { cpuSeconds } from './process-cost.ts';
import { seededRandom, unevenly } from './random.ts';
import { type BenchService, type ServiceName, startService } from './services.ts';
import { createShoppers } from './shoppers.ts';

// npm run bench:pipeline -- [--events 200000] [--sites 50] [--rate 1000] [--seconds 60] [--engines postgres] [--profile folder] [--until processor]
// Each part alone first: the collector fills the log, the processor empties it into the event store, the aggregator folds what was
// touched. Then all at once under a steady load: how long until an event is in a report. CPU is what the part's own process used;
// that of the engines stands apart.
const { values: given } = parseArgs({
  options: {
    events: { type: 'string', default: '200000' },
    sites: { type: 'string', default: '50' },
    rate: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '60' },
    /** `postgres`: one machine instead of the cluster's engines. */
    engines: { type: 'string', default: 'cluster' },
    /** Where each part leaves a CPU profile. */
    profile: { type: 'string' },
    /** The last part that is measured: `processor`, or all. */
    until: { type: 'string' },
  },
});
const [EVENTS, SITES, RATE, SECONDS] = [given.events, given.sites, given.rate, given.seconds].map(Number) as [
  number,
  number,
  number,
  number,
];
const BATCH = 500;
const SENDERS = 4;
const LOOK_MS = 200;

type Site = { id: string; apiKey: string };

const folder = await mkdtemp(path.join(tmpdir(), 'footfall-bench-'));
const postgres = await benchPostgres();
const engines = given.engines === 'postgres' ? null : await holdEngines(process.pid);
const space = `bench${randomBytes(4).toString('hex')}`;

function storeUrls() {
  const own = { eventLog: postgres.url, eventStore: postgres.url, reportStore: postgres.url };
  if (engines === null) return { database: postgres.url, ...own };
  const url = (name: string) => runningEngines(engines.folder).find((one) => one.name === name)?.url ?? '';
  return {
    database: postgres.url,
    eventLog: `${url('kafka')}?prefix=${space}.`,
    eventStore: url('cassandra').replace('?', `/${space}?`),
    reportStore: `${url('elasticsearch')}?prefix=${space}-`,
  };
}

const urls = storeUrls();
await initStores(urls);
const variables = {
  DATABASE_URL: urls.database,
  EVENT_LOG_URL: urls.eventLog,
  EVENT_STORE_URL: urls.eventStore,
  REPORT_STORE_URL: urls.reportStore,
  FOOTFALL_SECRET: 'bench'.repeat(10),
  FOOTFALL_DATA_DIR: folder,
};

/** CPU seconds of each engine so far. */
const engineCpu = () =>
  new Map(
    (engines === null ? [] : runningEngines(engines.folder)).map(({ name, pid }) => [name, cpuSeconds(pid)]),
  );

async function makeSites(): Promise<Site[]> {
  const { db, close } = connectControlPlane(urls.database, { name: 'bench' });
  const owner = { name: 'Bench', email: 'bench@shop.example', password: 'correct horse' };
  const { tenantId } = await createTenant(db, owner);
  const scope = inTenant(db, tenantId);
  const { apiKey } = await scope.apiKeys.create({ scopes: ['ingest'], actor: 'bench' });
  const sites: Site[] = [];
  for (let n = 0; n < SITES; n += 1)
    sites.push({ id: (await scope.sites.create({ domain: `s${n}.example`, actor: 'bench' })).id, apiKey });
  await close();
  return sites;
}

async function send(port: number, { id, apiKey }: Site, events: readonly object[]): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ site: id, events }),
  });
  const answer = await response.text();
  if (response.status !== 202) throw new Error(`${response.status}: ${answer}`);
}

const log = openEventLog(urls.eventLog, { name: 'bench' });
const waiting = async (group: 'processor' | 'aggregator') => {
  const topics = group === 'processor' ? (['events', 'rejected'] as const) : (['touched'] as const);
  return (await log.lag(group, topics)).reduce((sum, { end, committed }) => sum + end - committed, 0);
};

type Measured = {
  part: string;
  events: number;
  seconds: number;
  cpu: number;
  memory: number;
  engines: Map<string, number>;
};

const rows: Measured[] = [];
function tell({ part, events, seconds, cpu, memory, engines: used }: Measured): void {
  const perEvent = (cpuUsed: number) => `${((cpuUsed / events) * 1e6).toFixed(1)} µs`;
  const apart = [...used].map(([name, cpuUsed]) => `${name} ${perEvent(cpuUsed)}`).join(', ');
  console.log(
    `${part.padEnd(12)} ${Math.round(events / seconds)
      .toString()
      .padStart(7)} events/s  CPU ${perEvent(cpu).padStart(9)} an event = ` +
      `${Math.round(events / cpu)
        .toString()
        .padStart(6)} events a CPU second  ${Math.round(memory / 1e6)} MB` +
      (apart === '' ? '' : `  engines' CPU apart: ${apart}`),
  );
}

/** Measures one part while `work` runs; `service` has been started. */
async function measure(
  part: string,
  service: BenchService,
  events: number,
  work: () => Promise<void>,
): Promise<void> {
  const [before, cpuBefore, began] = [engineCpu(), service.cpu(), performance.now()];
  await work();
  const seconds = (performance.now() - began) / 1000;
  const used = new Map([...engineCpu()].map(([name, cpu]) => [name, cpu - (before.get(name) ?? 0)]));
  const row = {
    part,
    events,
    seconds,
    cpu: service.cpu() - cpuBefore,
    memory: service.memory(),
    engines: used,
  };
  rows.push(row);
  tell(row);
}

async function untilDrained(group: 'processor' | 'aggregator'): Promise<void> {
  while ((await waiting(group)) > 0) await sleep(LOOK_MS);
}

/** Stops after the work is done, so that start-up and shut-down are no part of the figure. */
async function emptied(part: ServiceName & ('processor' | 'aggregator'), events: number): Promise<void> {
  const service = await startService(part, variables, given.profile);
  await measure(part, service, events, () => untilDrained(part));
  await service.stop();
}

const random = seededRandom(7);
const sites = await makeSites();
const pick = unevenly(sites);
const shoppers = new Map(sites.map(({ id }, index) => [id, createShoppers(index)]));
const nextEvents = (site: Site, count: number) => shoppers.get(site.id)?.events(count, Date.now()) ?? [];

async function fill(port: number): Promise<void> {
  let left = EVENTS;
  const sender = async () => {
    while (left > 0) {
      const count = Math.min(BATCH, left);
      left -= count;
      const site = pick(random);
      await send(port, site, nextEvents(site, count));
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
}

/** Events of the first site that reports show today. */
function shown(reports: ReturnType<typeof openReportStore>): Promise<number> {
  const today = new Date().toISOString().slice(0, 10);
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  return reports.read(async (reader) => {
    const counted = await reader.run({
      source: 'facts',
      relation: 'counts',
      siteId: sites[0]?.id ?? '',
      generation: 1,
      days: [{ from: yesterday, to: today }],
      groupBy: [],
      parts: ['events'],
      filter: null,
      between: null,
    });
    return counted.reduce((sum, { counts }) => sum + (counts.events ?? 0), 0);
  });
}

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.floor((sorted.length - 1) * share)] ?? 0;

/** Sends a steady load; every event of the first site is timed from its answer until a report shows it. */
async function freshness(port: number): Promise<void> {
  const reports = openReportStore(urls.reportStore, { name: 'bench', filesDir: path.join(folder, 'facts') });
  const before = await shown(reports);
  const sentAt: number[] = [];
  const ages: number[] = [];
  const [probe] = sites as [Site];
  const every = 1_000 / (RATE / 50);
  const end = performance.now() + SECONDS * 1_000;
  const sending = (async () => {
    const inFlight = new Set<Promise<void>>();
    for (let next = performance.now(); next < end; next += every) {
      await sleep(Math.max(0, next - performance.now()));
      const site = inFlight.size % 5 === 0 ? probe : pick(random);
      const events = nextEvents(site, 50);
      const counted = events.filter((event) => (event as { name: string }).name !== 'engagement').length;
      const sent = send(port, site, events).then(() => {
        if (site.id === probe.id) sentAt.push(...Array.from({ length: counted }, () => performance.now()));
        inFlight.delete(sent);
      });
      inFlight.add(sent);
    }
    await Promise.all(inFlight);
  })();
  let isSending = true;
  sending.then(() => {
    isSending = false;
  });
  while (isSending || ages.length < sentAt.length) {
    const visible = (await shown(reports)) - before;
    const now = performance.now();
    while (ages.length < visible && ages.length < sentAt.length)
      ages.push(now - (sentAt[ages.length] as number));
    await sleep(LOOK_MS);
  }
  await sending;
  await reports.close();
  const sorted = ages.toSorted((a, b) => a - b);
  const at = (share: number) => `${(percentile(sorted, share) / 1_000).toFixed(1)} s`;
  console.log(
    `freshness    ${sorted.length} events timed under ${RATE} events/s for ${SECONDS} s: p50 ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)} (looked every ${LOOK_MS} ms)`,
  );
}

const collectorVariables = { ...variables, COLLECTOR_PORT: String(await freePort()) };
console.log(`${EVENTS} events of ${SITES} sites, ${given.engines}`);
const collector = await startService('collector', collectorVariables, given.profile);
await fill(collector.port);
await log.lag('processor', ['events']);
// The first pass warmed the collector up; the processor has not run yet.
await measure('collector', collector, EVENTS, () => fill(collector.port));
const touched = 2 * EVENTS;
await emptied('processor', touched);
if (given.until !== 'processor') {
  await emptied('aggregator', touched);
  const running = await Promise.all([
    startService('processor', variables),
    startService('aggregator', variables),
  ]);
  await freshness(collector.port);
  await Promise.all(running.map((service) => service.stop()));
}
await collector.stop();
await log.close();
await engines?.release();
await postgres.stop();
await rm(folder, { recursive: true, force: true });
