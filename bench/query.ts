/**
 * Reports over 90 days of a shop with 70 % of so many events: `node bench/query.ts [events] [dashboards]` (1,000,000 and 200 unless
 * said). Loads an installation of its own through event store, fold and sealing, then asks each report of query-reports.ts without
 * any answer remembered: median wall time, and CPU time of this process and of Postgres together. At the end so many dashboards
 * at once, the bytes on the disk, and what loading took.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sealDays } from '../apps/aggregator/src/seal.ts';
import { createSealBudget } from '../apps/aggregator/src/seal-budget.ts';
import { answerQuery } from '../packages/core/src/query/answer.ts';
import { parseQuery } from '../packages/core/src/query/parse.ts';
import { openEventStore, prepareEventStore } from '../packages/eventstore/src/open.ts';
import { connectPool } from '../packages/postgres/src/pool.ts';
import { openReportStore, prepareReportStore } from '../packages/reportstore/src/open.ts';
import { benchPostgres } from './own-postgres.ts';
import { BUSY_SITE, queryData } from './query-data.ts';
import { filtered, UNFILTERED } from './query-reports.ts';

const DAYS = 90;
const LAST_DAY = '2026-10-31';
const NOW = Date.parse('2026-11-02T12:00:00Z');
const ROUNDS = 9;
const CLOCK_TICK_MS = 10;

const [events, dashboards] = [Number(process.argv[2] ?? 1_000_000), Number(process.argv[3] ?? 200)];
const { url, stop } = await benchPostgres();
const filesDir = await mkdtemp(path.join(tmpdir(), 'footfall-bench-facts-'));
await Promise.all([prepareEventStore(url), prepareReportStore(url)]);
const store = openEventStore(url, { name: 'bench' });
const reports = openReportStore(url, { name: 'bench', filesDir });
const pool = connectPool(url, { name: 'bench-sizes', max: 1 });

/** CPU time of all Postgres processes of this machine, milliseconds; 0 where there is no /proc. */
function postgresCpu(): number {
  try {
    const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return ids.reduce((sum, id) => {
      try {
        const text = readFileSync(`/proc/${id}/stat`, 'utf8');
        if (!text.includes('(postgres)')) return sum;
        const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
        return sum + (Number(fields[11]) + Number(fields[12])) * CLOCK_TICK_MS;
      } catch {
        return sum;
      }
    }, 0);
  } catch {
    return 0;
  }
}

/** CPU time of this process and of Postgres, milliseconds. */
function cpuNow(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3 + postgresCpu();
}

async function load(): Promise<{ stored: number; put: number; seal: number }> {
  const days = new Map<string, { siteId: string; generation: number; day: string; receivedAt: number }>();
  let [stored, putMs] = [0, 0];
  for await (const chunk of queryData({ events, days: DAYS, lastDay: LAST_DAY })) {
    const begun = performance.now();
    for (let from = 0; from < chunk.length; from += 500) {
      const part = chunk.slice(from, from + 500);
      await store.put(part.map((event, index) => ({ event, origin: `events/0/${stored + from}/${index}` })));
    }
    for (const { raw } of chunk) {
      const day = new Date(raw.occurredAt).toISOString().slice(0, 10);
      days.set(`${raw.siteId} ${day}`, {
        siteId: raw.siteId,
        generation: 1,
        day,
        receivedAt: raw.receivedAt,
      });
    }
    stored += chunk.length;
    putMs += performance.now() - begun;
  }
  await reports.touchDays([...days.values()]);
  const begun = performance.now();
  const site = { timezone: 'Etc/UTC', generation: 1, nextTimezone: null, nextGeneration: null };
  const onError = (error: unknown) => {
    throw error;
  };
  const ports = {
    store,
    reports,
    siteOf: async () => site,
    budget: createSealBudget({ add: async () => undefined, read: async () => [] }),
    onError,
  };
  await sealDays(ports, { now: () => NOW, limit: 1_000_000 });
  return { stored, put: putMs, seal: performance.now() - begun };
}

const site = { id: BUSY_SITE, timezone: 'Etc/UTC', generation: 1, currency: 'EUR', goals: [] };
const RANGE = ['2026-08-03', LAST_DAY];

async function ask(report: object) {
  const query = parseQuery({ date_range: RANGE, ...report }, { site, now: NOW });
  return answerQuery(query, {
    read: (use) => reports.read(use),
    dataThrough: NOW,
    labels: 'footfall',
    perEuro: async () => new Map(),
    remember: async (_key, make) => (await make()).body,
  });
}

type Measured = { name: string; rows: number; median: number; cpu: number };

async function measure(name: string, report: object): Promise<Measured> {
  const { results } = await ask(report);
  const times: number[] = [];
  const before = cpuNow();
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = performance.now();
    await ask(report);
    times.push(performance.now() - begun);
  }
  const cpu = (cpuNow() - before) / ROUNDS;
  times.sort((a, b) => a - b);
  return { name, rows: results.length, median: times[ROUNDS >> 1] ?? 0, cpu };
}

function show(title: string, measured: readonly Measured[]): void {
  const cpu = measured.reduce((sum, one) => sum + one.cpu, 0);
  const slowest = Math.max(...measured.map(({ median }) => median));
  console.log(
    `\n${title}: slowest median ${slowest.toFixed(1)} ms, all together ${cpu.toFixed(0)} ms of CPU`,
  );
  for (const { name, rows, median, cpu: own } of measured)
    console.log(
      `  ${median.toFixed(1).padStart(7)} ms  ${own.toFixed(1).padStart(7)} ms CPU  ${name} (${rows} rows)`,
    );
}

async function measureAll(all: Readonly<Record<string, object>>): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const [name, report] of Object.entries(all)) measured.push(await measure(name, report));
  return measured;
}

async function folderSize(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function showDisk(stored: number): Promise<void> {
  await pool.query('VACUUM ANALYZE');
  const { rows } = await pool.query<{ schema: string; bytes: string }>(
    `SELECT nspname AS schema, sum(pg_total_relation_size(c.oid))::text AS bytes FROM pg_class c
     JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname IN ('eventstore', 'reportstore') AND relkind = 'r' GROUP BY 1`,
  );
  const parts = [
    ...rows.map(({ schema, bytes }) => [schema, Number(bytes)] as const),
    ['files', await folderSize(filesDir)] as const,
  ];
  const all = parts.reduce((sum, [, bytes]) => sum + bytes, 0);
  const perMillion = (bytes: number) => `${(bytes / stored).toFixed(0)} MB`;
  console.log(
    `\ndisk a million events: ${perMillion(all)} (${parts.map(([name, bytes]) => `${name} ${perMillion(bytes)}`).join(', ')})`,
  );
}

async function showDashboards(all: readonly object[]): Promise<void> {
  const begun = performance.now();
  const answers = await Promise.allSettled(
    Array.from({ length: dashboards }, () => Promise.all(all.map(ask))),
  );
  const failed = answers.filter(({ status }) => status === 'rejected').length;
  const seconds = (performance.now() - begun) / 1e3;
  console.log(
    `\n${dashboards} dashboards of ${all.length} reports at once, nothing remembered: ${failed} failed, ${seconds.toFixed(1)} s`,
  );
}

const loaded = await load();
const micro = (ms: number) => `${((ms * 1e3) / loaded.stored).toFixed(1)} µs`;
console.log(
  `${loaded.stored} events, put in ${micro(loaded.put)} each, sealed in ${micro(loaded.seal)} each`,
);
const common = {
  source:
    (await ask({ metrics: ['visitors'], dimensions: ['visit:source'] })).results[0]?.dimensions[0] ?? '',
  country:
    (await ask({ metrics: ['visitors'], dimensions: ['visit:country'] })).results[0]?.dimensions[0] ?? '',
  page: (await ask({ metrics: ['visitors'], dimensions: ['event:page'] })).results[0]?.dimensions[0] ?? '',
};
show('12 without a filter', await measureAll(UNFILTERED));
show('6 with a filter', await measureAll(filtered(common)));
await showDashboards(Object.values(UNFILTERED));
await showDisk(loaded.stored);
await Promise.all([store.close(), reports.close(), pool.end()]);
await stop();
await rm(filesDir, { recursive: true, force: true });
