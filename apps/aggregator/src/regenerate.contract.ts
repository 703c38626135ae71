import { answerQuery } from '@footfall/core/query/answer';
import { parseQuery } from '@footfall/core/query/parse';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { localDay } from '@footfall/core/zone';
import type { PendingGeneration } from '@footfall/db/tenant/generation';
import type { EventStore } from '@footfall/eventstore/event-store';
import type { ReportStore } from '@footfall/reportstore/report-store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FoldableSite } from './fold-generation.ts';
import { foldTouched } from './fold-touched.ts';
import { createRegeneration } from './regenerate.ts';
import { sealDays } from './seal.ts';
import { createSealBudget } from './seal-budget.ts';
import { NO_SEAL_USE } from './seal-use.fixture.ts';
import type { MakeStores, StoresUnderTest } from './stores.fixture.ts';

const SITE = 'site_moving';
const NOW = Date.parse('2026-05-04T12:00:00Z');

let store: EventStore;
let reports: ReportStore;

const site: FoldableSite & { id: string } = {
  id: SITE,
  timezone: 'Etc/UTC',
  generation: 1,
  nextTimezone: null,
  nextGeneration: null,
};
const ports = {
  get store() {
    return store;
  },
  get reports() {
    return reports;
  },
  siteOf: async () => site,
  onError: (error: unknown) => {
    throw error;
  },
  defer: async () => {
    throw new Error('no visitor of this test has many events');
  },
  onRefused: (error: unknown) => {
    throw error;
  },
  reopen: async () => {
    throw new Error('no day of this test is sealed before it is over');
  },
};

let taken = 0;
/** Takes pageviews at these times as processor and aggregator do. */
async function take(...times: string[]): Promise<void> {
  const events = times.map((time) => {
    taken += 1;
    return storedEvent({
      id: `e${taken}`,
      siteId: SITE,
      visitor: `v${taken}`,
      occurredAt: Date.parse(time),
      receivedAt: NOW,
    });
  });
  await store.put(events.map((event) => ({ event, origin: `events/0/${event.raw.id}/0` })));
  const records = events.map(({ raw }, index) => {
    const day = localDay(site.timezone, raw.occurredAt);
    const value = JSON.stringify({ siteId: SITE, day, zone: site.timezone, visitor: raw.visitor });
    return { offset: index, index: 0, value, receivedAt: NOW };
  });
  await foldTouched({ topic: 'touched', stream: 'touched', partition: 0, records }, ports, {
    stillOwned: () => true,
    now: NOW,
  });
}

const seal = () =>
  sealDays({ ...ports, budget: createSealBudget(NO_SEAL_USE) }, { now: () => NOW, limit: 1_000 });

async function daily(): Promise<Record<string, unknown>> {
  const query = parseQuery(
    { metrics: ['pageviews'], date_range: ['2026-04-29', '2026-05-05'], dimensions: ['time:day'] },
    { site: { ...site, currency: 'EUR', goals: [] }, now: NOW },
  );
  const { results } = await answerQuery(query, {
    read: (use) => reports.read(use),
    dataThrough: NOW,
    labels: 'footfall',
    perEuro: async () => new Map(),
    remember: async (_key, make) => (await make()).body,
  });
  const counted = results.filter(({ metrics }) => metrics[0] !== 0);
  return Object.fromEntries(counted.map(({ dimensions, metrics }) => [dimensions[0], metrics[0]]));
}

/** History folded anew beside the one in force. */
export function regenerateContract(name: string, make: MakeStores): void {
  describe(name, () => {
    let under: StoresUnderTest;
    beforeAll(async () => {
      under = await make();
      ({ store, reports } = under);
    });
    afterAll(() => under.drop());

    test('another time zone: reports stay as they are until its history is whole, then they follow it, with all that came meanwhile', async () => {
      await take(
        '2026-04-30T23:30:00Z',
        '2026-05-01T23:30:00Z',
        '2026-05-01T10:00:00Z',
        '2026-05-04T11:00:00Z',
      );
      await seal();
      const inUtc = { '2026-04-30': 1, '2026-05-01': 2, '2026-05-04': 1 };
      expect(await daily()).toEqual(inUtc);

      Object.assign(site, { nextTimezone: 'Asia/Tokyo', nextGeneration: 2 });
      const published: PendingGeneration[] = [];
      const regeneration = createRegeneration(
        {
          store,
          reports,
          pending: async () =>
            site.nextGeneration === null ? [] : [{ siteId: SITE, generation: 2, timezone: 'Asia/Tokyo' }],
          publish: async (pending) => {
            published.push(pending);
            Object.assign(site, {
              timezone: 'Asia/Tokyo',
              generation: 2,
              nextTimezone: null,
              nextGeneration: null,
            });
          },
        },
        { heardMs: 1_000 },
      );
      await regeneration.step(NOW);
      expect(await daily()).toEqual(inUtc);

      // Of an open day, of one that is over, and of one that is over in UTC only when Tokyo has long been asleep.
      await take('2026-05-04T11:30:00Z', '2026-05-01T16:00:00Z', '2026-05-03T15:30:00Z');
      await regeneration.step(NOW + 1_000);
      expect(published).toEqual([]);
      await seal();
      expect(await daily()).toEqual({ '2026-04-30': 1, '2026-05-01': 3, '2026-05-03': 1, '2026-05-04': 2 });

      await regeneration.step(NOW + 500);
      expect(published).toEqual([]);
      await regeneration.step(NOW + 2_000);
      expect(published).toHaveLength(1);
      const inTokyo = { '2026-05-01': 2, '2026-05-02': 2, '2026-05-04': 3 };
      expect(await daily()).toEqual(inTokyo);
      await take('2026-05-04T11:45:00Z');
      expect(await daily()).toEqual({ ...inTokyo, '2026-05-04': 4 });
    });
  });
}
