import type { Goal } from '@footfall/core/goal';
import { parsePage } from '@footfall/core/page';
import { answerQuery } from '@footfall/core/query/answer';
import { parseQuery } from '@footfall/core/query/parse';
import type { QuerySite } from '@footfall/core/query/query';
import type { StoredEvent } from '@footfall/core/stored-event';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { localDay } from '@footfall/core/zone';
import type { EventStore } from '@footfall/eventstore/event-store';
import type { ReportStore } from '@footfall/reportstore/report-store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foldTouched } from './fold-touched.ts';
import { type OracleQuery, type OracleSite, oracleAnswer } from './oracle/answer.fixture.ts';
import { EVERYDAY_QUESTIONS, randomQuery } from './oracle/questions.fixture.ts';
import { seededRandom } from './oracle/random.fixture.ts';
import { FIRST_DAY, randomStream } from './oracle/stream.fixture.ts';
import { type OracleEvent, type Placed, placeAll } from './oracle/visits.fixture.ts';
import { sealDays } from './seal.ts';
import { createSealBudget } from './seal-budget.ts';
import { NO_SEAL_USE } from './seal-use.fixture.ts';
import type { MakeStores, StoresUnderTest } from './stores.fixture.ts';

/** Zones with days of 23 and 25 hours, a quarter of an hour off, a clock that goes back at midnight, and one by half an hour. */
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Africa/Cairo',
  'Etc/UTC',
  'Australia/Lord_Howe',
] as const;

/** How much is sent and asked in each zone. */
export type Size = {
  /** Of each shop with many. */
  events: number;
  /** Random ones, beside those of every day. */
  questions: number;
  /** Of other streams and other questions. */
  seeds: readonly number[];
};

/** What CI runs. */
export const USUAL: Size = { events: 3_000, questions: 52, seeds: [0] };
/** What `npm run test:long` runs. */
export const FULL: Size = { events: 6_000, questions: 250, seeds: [1, 2] };

/** Events of shops with few: their groups, days and visits are mostly empty. */
const FEW = [1, 2, 7, 30, 120] as const;
/** After the last event has come. */
const NOW = Date.parse('2026-11-20T00:00:00Z');

/** Until when days are over: never, in the midst of the data, and long after it. */
const CLOCKS = {
  open: Date.parse('2026-10-20T00:00:00Z'),
  mixed: Date.parse('2026-10-28T03:30:00Z'),
  sealed: NOW,
} as const;
type Clock = keyof typeof CLOCKS;

const GOALS: readonly Goal[] = [
  { id: 'g1', name: 'Signed up', event: 'Signup', page: null, props: {} },
  { id: 'g2', name: 'Bought', event: 'purchase', page: null, props: { plan: 'pro' } },
  { id: 'g3', name: 'Paid', event: null, page: '/checkout/*', props: {} },
  { id: 'g4', name: 'Read the blog', event: null, page: '/blog/**', props: {} },
];

/** What a euro buys: of yen from the third day on only, of francs of Central Africa never. */
function perEuro(day: string, currency: string): string | undefined {
  if (currency === 'EUR') return '1';
  const number = Number(day.slice(8));
  if (currency === 'USD') return `1.${10 + number}`;
  return currency === 'JPY' && day >= '2026-10-26' ? `16${number % 10}.5` : undefined;
}

const oracleSite = (zone: string): OracleSite => ({
  zone,
  currency: 'EUR',
  perEuro,
  goals: [
    { name: 'Signed up', event: 'Signup' },
    { name: 'Bought', event: 'purchase', props: { plan: 'pro' } },
    { name: 'Paid', page: /^\/checkout\/[^/]+$/ },
    { name: 'Read the blog', page: /^\/blog\/.*$/ },
  ],
});

let store: EventStore;
let reports: ReportStore;

/** An address of a page, written in a way that changes with the event: letters as they are, or escaped in capitals or small letters. */
function writeAddress({ id, hostname, page, at }: OracleEvent): string {
  const written = Array.from(page, (letter, index) => {
    if ('/#!%'.includes(letter) || (at + index) % 3 === 0) return letter;
    // Digits behind a percent sign are an escape of the text itself.
    if (/[0-9a-f]/i.test(letter)) return letter;
    const escaped = letter === '_' ? '%5f' : encodeURIComponent(letter);
    return id.length % 2 === 0 ? escaped : escaped.replaceAll(/%../g, (one) => one.toLowerCase());
  });
  return `https://${at % 2 === 0 ? 'www.' : ''}${hostname}${at % 5 === 0 ? '.' : ''}${written.join('')}`;
}

/** An event as the processor would have stored it. */
function asStored(event: OracleEvent, siteId: string): StoredEvent {
  const { visit, page: _page, hostname: _hostname, bot, interactive, at, ...raw } = event;
  const text = (name: string) => visit[name] ?? '(none)';
  const url = writeAddress(event);
  const { path, hostname } = parsePage(url);
  return storedEvent(
    { ...raw, siteId, occurredAt: at, url },
    {
      page: path,
      hostname,
      bot,
      interactive,
      source: text('visit:source'),
      country: text('visit:country'),
      region: text('visit:region'),
      device: text('visit:device'),
      utmCampaign: text('visit:utm_campaign'),
    },
  );
}

/** Takes events through store, fold and seals as the services do, in four portions as they arrive. */
async function take(events: readonly OracleEvent[], site: QuerySite, clock: number): Promise<void> {
  // Other sites' days are not this one's to seal.
  const findSite = async (id: string) =>
    id === site.id ? { ...site, nextTimezone: null, nextGeneration: null } : null;
  const onError = (error: unknown) => {
    throw error;
  };
  const ports = {
    store,
    reports,
    siteOf: findSite,
    budget: createSealBudget(NO_SEAL_USE),
    onError,
    onRefused: onError,
    defer: onError,
    reopen: onError,
  };
  const size = Math.ceil(events.length / 4);
  for (let from = 0; from < events.length; from += size) {
    const portion = events.slice(from, from + size).map((event) => asStored(event, site.id));
    await store.put(portion.map((event, index) => ({ event, origin: `events/0/${from + index}/0` })));
    const records = portion.map(({ raw }, index) => {
      const day = localDay(site.timezone, raw.occurredAt);
      const value = JSON.stringify({ siteId: site.id, day, zone: site.timezone, visitor: raw.visitor });
      return { offset: from + index, index: 0, value, receivedAt: raw.receivedAt };
    });
    const batch = { topic: 'touched' as const, stream: 'touched', partition: 0, records };
    await foldTouched(batch, ports, { stillOwned: () => true, now: clock });
    await sealDays({ ...ports, budget: createSealBudget(NO_SEAL_USE) }, { now: () => clock, limit: 100_000 });
  }
}

async function ask(query: OracleQuery, site: QuerySite) {
  const parsed = parseQuery(
    { ...query, include: { ...query.include, total_rows: true } },
    { site, now: NOW },
  );
  const { results, meta } = await answerQuery(parsed, {
    read: (use) => reports.read(use),
    dataThrough: NOW,
    labels: 'footfall',
    perEuro: async ({ currencies, from, to }) => {
      const rates = new Map<string, string>();
      for (let day = from; day <= to; day = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10))
        for (const currency of currencies) {
          const rate = perEuro(day, currency);
          if (rate !== undefined) rates.set(`${day} ${currency}`, rate);
        }
      return rates;
    },
    remember: async (_key, make) => (await make()).body,
  });
  const leftOut = meta.warnings?.flatMap((one) => ('currencies' in one ? one.currencies : [])) ?? [];
  return { results, total: meta.total_rows, leftOut, through: meta.data_through };
}

/** What a query answers of a site is what counting by hand answers. */
async function expectCounted(
  query: OracleQuery,
  { rows, site, clock }: { rows: readonly Placed[]; site: QuerySite; clock: Clock },
): Promise<void> {
  const expected = oracleAnswer(rows, query, oracleSite(site.timezone));
  const { results, total, leftOut, through } = await ask(query, site);
  expect({ results, total }, `${clock}: ${JSON.stringify(query)}`).toEqual({
    results: expected.results,
    total: expected.total,
  });
  expect(new Set(leftOut), JSON.stringify(query)).toEqual(expected.leftOut);
  expect(through).toBe(new Date(NOW).toISOString());
}

const findSite = (id: string, timezone: string): QuerySite => ({
  id,
  timezone,
  generation: 1,
  currency: 'EUR',
  goals: GOALS,
});

/** A shop of which much is known, on each clock. */
function largeShop(timezone: string, seed: number, { events: count, questions }: Size): void {
  const events = randomStream(seed, count);
  const sites = Object.fromEntries(
    Object.keys(CLOCKS).map((clock) => [clock, findSite(`site_${seed}_${clock}`, timezone)]),
  ) as Record<Clock, QuerySite>;
  beforeAll(async () => {
    for (const clock of Object.keys(CLOCKS) as Clock[]) await take(events, sites[clock], CLOCKS[clock]);
  }, 240_000);

  test('has days that are open, sealed, and some of both', async () => {
    const sealed = async (clock: Clock) => {
      const states = await reports.read((reader) => reader.dayStates(sites[clock].id, 1, null, null));
      expect(
        states.every(({ version, sealedVersion }) => sealedVersion === null || sealedVersion === version),
      ).toBe(true);
      return states.filter(({ sealedVersion }) => sealedVersion !== null).length / states.length;
    };
    expect([await sealed('open'), await sealed('sealed')]).toEqual([0, 1]);
    expect(await sealed('mixed')).toBeGreaterThan(0.2);
    expect(await sealed('mixed')).toBeLessThan(0.8);
  });

  test('is counted as by hand, whatever is asked and wherever its days are', async () => {
    const rows = placeAll(events, timezone);
    const random = seededRandom(seed);
    const asked = [...EVERYDAY_QUESTIONS, ...Array.from({ length: questions }, () => randomQuery(random))];
    for (const query of asked)
      for (const clock of Object.keys(CLOCKS) as Clock[])
        await expectCounted(query, { rows, site: sites[clock], clock });
  }, 240_000);
}

/** A shop with few events, whose days are sealed up to a moment of its own. */
async function smallShop(timezone: string, { seed, count }: { seed: number; count: number }): Promise<void> {
  const events = randomStream(seed, count).slice(0, count);
  const site = findSite(`site_${seed}_${count}`, timezone);
  const clock = Date.parse(FIRST_DAY) + (seed % 12) * 86_400_000;
  await take(events, site, clock);
  const rows = placeAll(events, timezone);
  for (const query of EVERYDAY_QUESTIONS) await expectCounted(query, { rows, site, clock: 'mixed' });
}

/**
 * The differential test: random streams, questions and clocks against a count by hand that shares no code. Events come late and
 * twice, visits cross hours, midnights and changes of the clock, days are sealed between arrivals.
 */
export function differentialContract(name: string, make: MakeStores, size: Size): void {
  describe(name, () => {
    let under: StoresUnderTest;
    beforeAll(async () => {
      under = await make();
      ({ store, reports } = under);
    });
    afterAll(() => under.drop());

    describe.each(ZONES.flatMap((timezone) => size.seeds.map((nth) => ({ timezone, nth }))))(
      'a shop in $timezone ($nth)',
      ({ timezone, nth }) => {
        const seed = ZONES.indexOf(timezone) + 20_261_124 + nth * ZONES.length;
        largeShop(timezone, seed, size);

        test('a shop with few events is counted as by hand', async () => {
          for (const [index, count] of FEW.entries())
            await smallShop(timezone, { seed: seed * FEW.length + index, count });
        }, 120_000);
      },
    );
  });
}
