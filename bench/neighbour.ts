/**
 * What one tenant's questions cost another: `npm run bench:neighbour [-- events]` (1,000,000 unless said). Loads sites of its own, then
 * asks what is heaviest while a neighbour looks at its dashboard again and again: how long that takes, alone and meanwhile, how
 * long the event loop of this process (the portal's part) stands at most, and its memory. Nothing is remembered.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { answerQuery } from '../packages/core/src/query/answer.ts';
import { answerFlow, parseFlow } from '../packages/core/src/query/flow.ts';
import { answerFunnel, parseFunnel } from '../packages/core/src/query/funnel.ts';
import { parseQuery } from '../packages/core/src/query/parse.ts';
import { answerRetention, parseRetention } from '../packages/core/src/query/retention.ts';
import { openReportStore, prepareReportStore } from '../packages/reportstore/src/open.ts';
import {
  type BenchSite,
  FLOODED,
  FLOODED_TODAY,
  loadSite,
  NEIGHBOUR,
  TODAY,
  wideOpen,
  wideSealed,
} from './neighbour-data.ts';
import { benchPostgres } from './own-postgres.ts';
import { residentBytes } from './process-cost.ts';
import { UNFILTERED } from './query-reports.ts';

const EVENTS = Number(process.argv[2] ?? 1_000_000);
/** Only scenarios whose name holds it. */
const ONLY = process.argv[3] ?? '';
const NOW = Date.parse('2026-10-31T23:00:00Z');
/** How long the neighbour is watched alone, and at least beside each attack. */
const ALONE_MS = 5_000;
const BESIDE_MS = 3_000;

const { url, stop } = await benchPostgres();
const filesDir = await mkdtemp(path.join(tmpdir(), 'footfall-bench-facts-'));
await prepareReportStore(url);
const reports = openReportStore(url, { name: 'bench', filesDir });

const open = wideOpen(EVENTS);
const sealed = wideSealed(EVENTS);

type Site = Pick<BenchSite, 'siteId' | 'days'>;
type Asker = { tenant: string; who: string };

const rangeFrom = ({ days }: Site) => [days[0] as string, TODAY];
const querySite = ({ siteId }: Site) => ({
  id: siteId,
  timezone: 'Etc/UTC',
  generation: 1,
  currency: 'EUR',
  goals: [],
});

function context(asker: Asker) {
  return {
    read: ((use) => reports.read(use, asker)) as typeof reports.read,
    dataThrough: NOW,
    labels: 'footfall' as const,
    perEuro: async () => new Map<string, string>(),
    remember: async (_key: string, make: () => Promise<{ body: never }>) => (await make()).body,
  };
}

async function ask(site: Site, report: object, asker: Asker): Promise<number> {
  const query = parseQuery({ date_range: rangeFrom(site), ...report }, { site: querySite(site), now: NOW });
  const answer = await answerQuery(query, context(asker) as never);
  return Buffer.byteLength(JSON.stringify(answer));
}

const HOSTILE: Asker = { tenant: 'hostile', who: 'key' };

/** The portal's overview, as it asks for it. */
const panel = (dimension: string) => ({
  metrics: ['visitors', 'percentage'],
  dimensions: [dimension],
  include: { total_rows: true },
  pagination: { limit: 9 },
});
const OVERVIEW = [
  { metrics: ['visitors', 'visits', 'pageviews', 'views_per_visit', 'bounce_rate', 'visit_duration'] },
  { metrics: ['visitors', 'pageviews'], dimensions: ['time:hour'] },
  ...['event:page', 'visit:source', 'visit:country', 'visit:device'].map(panel),
];
const overview = (site: Site) => () => Promise.all(OVERVIEW.map((report) => ask(site, report, HOSTILE)));

const WIDE = {
  metrics: ['visitors', 'pageviews', 'time_on_page', 'total_revenue'],
  dimensions: ['event:page', 'event:props:color'],
  include: { total_rows: true },
};
const PATTERNS = Array.from({ length: 20 }, (_, n) => `^/p/[0-9]*${n}[0-9]?$`);

type Attack = [name: string, work: () => Promise<unknown>];

/** Questions about a wide site, most of what the API can be asked. */
const QUESTIONS: Readonly<Record<string, object>> = {
  'two dimensions': WIDE,
  'two dimensions, the first 9': { ...WIDE, pagination: { limit: 9 } },
  'two dimensions of those who bought (has_done)': {
    ...WIDE,
    filters: [['has_done', ['is', 'event:name', ['purchase']]]],
  },
  'values of a property': { ...WIDE, dimensions: ['event:props:color'] },
  items: {
    metrics: ['total_revenue', 'items_sold'],
    dimensions: ['item:sku'],
    include: { total_rows: true },
  },
  'pages of 20 patterns': {
    ...WIDE,
    dimensions: ['event:page'],
    filters: [['matches', 'event:page', PATTERNS]],
  },
  'hours by pages': { metrics: ['visitors', 'visits'], dimensions: ['time:hour', 'event:page'] },
  'two dimensions, compared': {
    ...WIDE,
    date_range: ['2026-10-27', TODAY],
    include: { comparisons: { mode: 'previous_period' } },
  },
};

const heavy =
  (site: Site, report: object): Attack[1] =>
  () =>
    ask(site, report, HOSTILE);

function behaviours(site: Site): Attack[] {
  const asked = { date_range: rangeFrom(site) };
  const of = { site: querySite(site), now: NOW };
  const steps = [{ page: '/p/1*' }, { page: '/p/2*' }, { event: 'purchase' }];
  return [
    [
      'funnel of patterns',
      () => answerFunnel(parseFunnel({ ...asked, steps }, of), context(HOSTILE) as never),
    ],
    [
      'retention',
      () => answerRetention(parseRetention({ ...asked, period: 'day' }, of), context(HOSTILE) as never),
    ],
    ['flow', () => answerFlow(parseFlow({ ...asked, page: '/p/*' }, of), context(HOSTILE) as never)],
  ];
}

function attacks(): Attack[] {
  const sites: [string, Site][] = [
    ['open', open],
    ['sealed', sealed],
  ];
  return [
    ['overview, 80,000 pages in an open day', overview(FLOODED)],
    ['overview, the same after sealed days', overview(FLOODED_TODAY)],
    ...sites.flatMap(([state, site]) => [
      ...Object.entries(QUESTIONS).map(
        ([name, report]): Attack => [`${name}, ${state}`, heavy(site, report)],
      ),
      ...behaviours(site).map(([name, work]): Attack => [`${name}, ${state}`, work]),
    ]),
    [
      'eight at once, of eight keys',
      () =>
        Promise.all(
          Array.from({ length: 8 }, (_, key) =>
            ask(key % 2 === 0 ? open : sealed, WIDE, { tenant: 'hostile', who: `key ${key}` }),
          ),
        ),
    ],
  ];
}

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

type Watched = { p50: number; max: number; count: number };

/** The neighbour's dashboard, again and again, until told to stop: the time of each of its questions. */
function watchNeighbour(): { stop: () => Promise<Watched> } {
  const asker = { tenant: 'neighbour', who: 'person' };
  const times: number[] = [];
  let stopped = false;
  const timed = async (report: object) => {
    const began = performance.now();
    await ask(NEIGHBOUR, report, asker);
    times.push(performance.now() - began);
  };
  const running = (async () => {
    while (!stopped) for (const report of Object.values(UNFILTERED)) if (!stopped) await timed(report);
  })();
  return {
    stop: async () => {
      stopped = true;
      await running;
      times.sort((a, b) => a - b);
      return { p50: percentile(times, 0.5), max: times.at(-1) ?? 0, count: times.length };
    },
  };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const whole = (value: number) => String(Math.round(value)).padStart(6);

async function run([name, work]: Attack): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let peak = residentBytes(process.pid);
  const memory = setInterval(() => {
    peak = Math.max(peak, residentBytes(process.pid));
  }, 50);
  const neighbour = watchNeighbour();
  const cpu = process.cpuUsage();
  delay.enable();
  const began = performance.now();
  const failed = await work().then(
    () => '',
    (error: unknown) => ` FAILED ${String(error)}`,
  );
  const took = performance.now() - began;
  if (took < BESIDE_MS) await sleep(BESIDE_MS - took);
  delay.disable();
  const { user, system } = process.cpuUsage(cpu);
  const { p50, max } = await neighbour.stop();
  clearInterval(memory);
  console.log(
    `${name.padEnd(56)} ${whole(took)} ms  cpu ${whole((user + system) / 1e3)}  loop ${whole(delay.max / 1e6)}  rss ${whole(peak / 1e6)} MB  neighbour p50 ${whole(p50)} max ${whole(max)}${failed}`,
  );
}

for (const site of [NEIGHBOUR, FLOODED, FLOODED_TODAY, open, sealed]) {
  const began = performance.now();
  await loadSite(reports, site);
  console.log(`loaded ${site.siteId} in ${whole(performance.now() - began)} ms`);
}
const alone = watchNeighbour();
await sleep(ALONE_MS);
const { p50, max, count } = await alone.stop();
console.log(`neighbour alone: p50 ${whole(p50)} ms, max ${whole(max)} ms (${count} questions)`);
for (const attack of attacks().filter(([name]) => name.includes(ONLY))) await run(attack);
await reports.close();
await stop();
await rm(filesDir, { recursive: true, force: true });
