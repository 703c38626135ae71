import { answerQuery } from '@footfall/core/query/answer';
import { parseQuery } from '@footfall/core/query/parse';
import type { StoredEvent } from '@footfall/core/stored-event';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { daysOf, hourLabel, hourStart, localDay } from '@footfall/core/zone';
import type { EventStore } from '@footfall/eventstore/event-store';
import type { ReportStore } from '@footfall/reportstore/report-store';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { count, type Question } from './counting.oracle.fixture.ts';
import { foldTouched } from './fold-touched.ts';
import { createPace } from './pace.ts';
import { sealDays } from './seal.ts';
import type { MakeStores, StoresUnderTest } from './stores.fixture.ts';

// Days around the autumn change of the clock in Berlin (25 hours) and New York's a week later.
const [FIRST, LAST] = ['2026-10-23', '2026-10-27'] as const;
const DAYS = daysOf(FIRST, LAST);
const ZONES = [
  'Europe/Berlin',
  'Asia/Kathmandu',
  'America/New_York',
  'Etc/UTC',
  'Australia/Lord_Howe',
] as const;
const METRICS = ['visitors', 'visits', 'pageviews', 'events', 'bounce_rate', 'visit_duration'] as const;

let store: EventStore;
let reports: ReportStore;

const at = (text: string) => Date.parse(text);

const anEvent = fc
  .record({
    id: fc.integer({ min: 0, max: 400 }),
    name: fc.constantFrom('pageview', 'pageview', 'pageview', 'Signup', 'Play', 'engagement'),
    visitor: fc.constantFrom('ann', 'ben', 'cat', 'dan'),
    // Crowded into a few stretches of 100 minutes, so that visits have many events, cross hours, midnights and the change of the clock.
    occurredAt: fc
      .tuple(fc.nat(4), fc.constantFrom(0, 1, 6, 13, 18, 22), fc.nat(20))
      .map(
        ([day, hour, step]) =>
          at(`${FIRST}T00:20:00Z`) + day * 86_400_000 + hour * 3_600_000 + step * 300_000,
      ),
    path: fc.constantFrom('/', '/p/mug', '/p/bowl', '/über'),
    source: fc.constantFrom('Google', 'Bing', 'Direct / None', 'a%_b'),
    country: fc.constantFrom('DE', 'US', '(none)'),
    bot: fc.boolean().map((bot) => bot),
    interactive: fc.boolean(),
  })
  .map(({ id, name, visitor, occurredAt, path, source, country, bot, interactive }) => ({
    id: `e${id}`,
    name,
    visitor,
    occurredAt,
    url: `https://shop.example${path}`,
    source,
    country,
    bot: bot && visitor === 'dan',
    interactive,
  }));

type Plan = { dimensions: string[]; filters: unknown[]; ask: (zone: string) => Omit<Question, 'days'> };

const everything = () => true;
const firstOf = (visit: StoredEvent[]) => visit[0] as StoredEvent;
const sourceOf = (_: StoredEvent, visit: StoredEvent[]) => firstOf(visit).derived.source;
const pageOf = (event: StoredEvent) => event.derived.page;

const PLANS: Readonly<Record<string, Plan>> = {
  'the whole': {
    dimensions: [],
    filters: [],
    ask: () => ({ group: () => '', keep: everything, visitsAtStart: false }),
  },
  'by source': {
    dimensions: ['visit:source'],
    filters: [],
    ask: () => ({ group: sourceOf, keep: everything, visitsAtStart: false }),
  },
  'by page': {
    dimensions: ['event:page'],
    filters: [],
    ask: () => ({ group: pageOf, keep: everything, visitsAtStart: false }),
  },
  'by event': {
    dimensions: ['event:name'],
    filters: [],
    ask: () => ({ group: ({ raw }) => raw.name, keep: everything, visitsAtStart: false }),
  },
  'by day': {
    dimensions: ['time:day'],
    filters: [],
    ask: (zone) => ({
      group: ({ raw }) => localDay(zone, raw.occurredAt),
      keep: everything,
      visitsAtStart: true,
    }),
  },
  'by hour': {
    dimensions: ['time:hour'],
    filters: [],
    ask: (zone) => ({
      group: ({ raw }) => hourLabel(zone, hourStart(zone, raw.occurredAt)),
      keep: everything,
      visitsAtStart: true,
    }),
  },
  'by hour, of a page': {
    dimensions: ['time:hour'],
    filters: [['is', 'event:page', ['/p/mug']]],
    ask: (zone) => ({
      group: ({ raw }) => hourLabel(zone, hourStart(zone, raw.occurredAt)),
      keep: (event) => pageOf(event) === '/p/mug',
      visitsAtStart: true,
    }),
  },
  'by page, of a source and not a country': {
    dimensions: ['event:page'],
    filters: [
      ['is', 'visit:source', ['Google', 'a%_b']],
      ['is_not', 'visit:country', ['DE']],
    ],
    ask: () => ({
      group: pageOf,
      keep: (_, visit) =>
        ['Google', 'a%_b'].includes(firstOf(visit).derived.source) && firstOf(visit).derived.country !== 'DE',
      visitsAtStart: false,
    }),
  },
  'by source, pages that contain': {
    dimensions: ['visit:source'],
    filters: [
      [
        'or',
        [
          ['contains', 'event:page', ['/P/'], { case_sensitive: false }],
          ['not', ['is', 'event:name', ['pageview']]],
        ],
      ],
    ],
    ask: () => ({
      group: sourceOf,
      keep: (event) => pageOf(event).toLowerCase().includes('/p/') || event.raw.name !== 'pageview',
      visitsAtStart: false,
    }),
  },
  'by entry page': {
    dimensions: ['visit:entry_page'],
    filters: [],
    ask: () => ({
      group: (_, visit) => visit.find(({ raw }) => raw.name === 'pageview')?.derived.page ?? '(none)',
      keep: everything,
      visitsAtStart: false,
    }),
  },
};

let sites = 0;

/** Takes events through store, fold and seals as the services do: in two halves, with days sealed in between. */
async function take(
  events: readonly StoredEvent[],
  site: { id: string; timezone: string },
  sealAt: number,
): Promise<void> {
  const siteOf = async () => ({ ...site, generation: 1, nextTimezone: null, nextGeneration: null });
  const onError = (error: unknown) => {
    throw error;
  };
  const ports = { store, reports, siteOf, onRefused: onError };
  const halves = [events.slice(0, events.length / 2), events.slice(events.length / 2)];
  for (const [half, part] of halves.entries()) {
    await store.put(part.map((event, index) => ({ event, origin: `events/${half}/${index}/0` })));
    const records = part.map(({ raw }, index) => {
      const value = JSON.stringify({
        siteId: site.id,
        day: localDay(site.timezone, raw.occurredAt),
        zone: site.timezone,
        visitor: raw.visitor,
      });
      return { offset: index, index: 0, value, receivedAt: 0 };
    });
    const batch = { topic: 'touched' as const, stream: 'touched', partition: 0, records };
    await foldTouched(batch, ports, { stillOwned: () => true, now: sealAt });
    // Each time as if nothing had been sealed for long: late events seal a day again at once.
    await sealDays({ ...ports, pace: createPace(), onError }, { now: () => sealAt, limit: 100_000 });
  }
}

/** Stream, sealing and both mixed give what counting by hand gives. */
export function countingContract(name: string, make: MakeStores): void {
  describe(name, () => {
    let under: StoresUnderTest;
    beforeAll(async () => {
      under = await make();
      ({ store, reports } = under);
    });
    afterAll(() => under.drop());

    test('sealed days, open days and a mix of both agree with a count by hand, in every zone', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anEvent, { minLength: 1, maxLength: 120 }),
          fc.constantFrom(...ZONES),
          fc.nat(6),
          async (raws, timezone, sealed) => {
            sites += 1;
            const site = { id: `site_${sites}`, timezone };
            // The first of an id stands in the store: repeats here are true repeats.
            const distinct = [...new Map(raws.toReversed().map((raw) => [raw.id, raw])).values()];
            const events = [...distinct, ...distinct.filter((_, index) => index % 5 === 0)].map(
              ({ source, country, bot, interactive, ...raw }) =>
                storedEvent(
                  { ...raw, siteId: site.id },
                  { source, country, bot, interactive: interactive && raw.name !== 'pageview' },
                ),
            );
            await take(events, site, at(`${FIRST}T00:00:00Z`) + sealed * 86_400_000);
            for (const [name, plan] of Object.entries(PLANS)) {
              const body = {
                site_id: site.id,
                metrics: METRICS,
                date_range: [FIRST, LAST],
                dimensions: plan.dimensions,
                filters: plan.filters,
              };
              const query = parseQuery(body, {
                site: { ...site, generation: 1, currency: 'EUR', goals: [] },
                now: at('2026-11-01T00:00:00Z'),
              });
              const { results } = await answerQuery(query, {
                read: (use) => reports.read(use),
                dataThrough: 0,
                labels: 'footfall',
                perEuro: async () => new Map(),
                remember: async (_key, make) => (await make()).body,
              });
              const expected = count(events, timezone, { ...plan.ask(timezone), days: DAYS });
              const found = new Map(
                results
                  .map(
                    ({ dimensions, metrics }) =>
                      [
                        dimensions[0] ?? '',
                        Object.fromEntries(METRICS.map((metric, index) => [metric, metrics[index]])),
                      ] as const,
                  )
                  // Buckets without data are there, with zeros; the count by hand has none of them.
                  .filter(([, counted]) => counted.events !== 0 || counted.visits !== 0),
              );
              expect({ name, timezone, found: Object.fromEntries(found) }).toEqual({
                name,
                timezone,
                found: Object.fromEntries(expected),
              });
            }
          },
        ),
        { numRuns: 40 },
      );
    }, 240_000);
  });
}
