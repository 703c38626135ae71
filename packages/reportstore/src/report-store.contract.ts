import type { VisitorDayFacts } from '@footfall/core/fact';
import type { PartQuery, PartRow } from '@footfall/core/part-query';
import { DayRollUp, type RollUpRow } from '@footfall/core/roll-up';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fact, factQueries, ODD_TEXTS, rollUpQueries, visitorDays } from './facts.fixture.ts';
import { comparable, expectedRows, withoutZeros } from './oracle.fixture.ts';
import type { DayState, ReportStore } from './report-store.ts';

/** What an adapter gives the suite: a fresh, prepared store that several instances can open at once. */
export type StoreUnderTest = { open: () => ReportStore; drop: () => Promise<void> };

const DAY = '2026-03-29';
const ONE_DAY = [{ from: DAY, to: DAY }];

type FactsQuery = Extract<PartQuery, { source: 'facts' }>;

/** A question for the numbers of a day without groups. */
const totals = (siteId: string, more: Partial<FactsQuery> = {}): FactsQuery => ({
  source: 'facts',
  siteId,
  generation: 1,
  days: ONE_DAY,
  groupBy: [],
  parts: ['visitors', 'visits', 'events'],
  filter: null,
  between: null,
  ...more,
});

const rolledUp = (siteId: string, more: Partial<PartQuery> = {}): PartQuery =>
  ({ ...totals(siteId), source: 'rollUps', ...more }) as PartQuery;

const row = (key: string[], parts: PartRow['parts']): PartRow => ({ key, parts });

const visitorDay = (siteId: string, more: Partial<VisitorDayFacts> = {}): VisitorDayFacts => ({
  siteId,
  generation: 1,
  day: DAY,
  visitor: 'v1',
  facts: [fact()],
  ...more,
});

/** The roll-ups of one day, as sealing makes them. */
function rollUpsOf(all: readonly VisitorDayFacts[], day: string): RollUpRow[] {
  const total = new DayRollUp();
  for (const one of all) if (one.day === day) total.add(one.facts);
  return total.rows();
}

let sites = 0;
/** Sites of their own for every case: cases share the store, so that each also runs among strangers' rows. */
const newSite = () => `site-${++sites}`;

/** The behaviour that every adapter of the ReportStore port must show on its real engine. */
export function reportStoreContract(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`${name}: a report store`, () => {
    let under: StoreUnderTest;
    let store: ReportStore;
    let other: ReportStore;
    beforeAll(async () => {
      under = await make();
      store = under.open();
      other = under.open();
    });
    afterAll(async () => {
      await store.close();
      await other.close();
      await under.drop();
    });

    const stateOf = async (siteId: string, day = DAY): Promise<DayState> => {
      const [state] = await store.dayStates(siteId, 1, day, day);
      if (state === undefined) throw new Error(`no state of ${siteId} on ${day}`);
      return state;
    };

    test('is there', async () => {
      await expect(store.ping()).resolves.toBeUndefined();
    });

    describe('answers from facts', () => {
      test('what counting one by one gives, whatever is asked', async () => {
        await fc.assert(
          fc.asyncProperty(
            visitorDays('s'),
            fc.array(factQueries('s'), { minLength: 10, maxLength: 10 }),
            async (days, queries) => {
              const siteId = newSite();
              const mine = days.map((day) => ({ ...day, siteId }));
              // The same visitors on another site and in another generation must never show.
              const strangers = mine.flatMap((day) => [
                { ...day, siteId: `${siteId}-x` },
                { ...day, generation: 2 },
              ]);
              await store.replaceVisitorDays([...strangers, ...mine]);
              for (const query of queries.map((one) => ({ ...one, siteId }))) {
                expect(comparable(await store.run(query)), JSON.stringify(query)).toEqual(
                  comparable(expectedRows(mine, query)),
                );
              }
            },
          ),
          { numRuns: 40 },
        );
      });

      test('every odd text as it is, as a group and as a filter', async () => {
        const siteId = newSite();
        const facts = ODD_TEXTS.map((page, visit) => fact({ page, visit, props: { [page]: page } }));
        await store.replaceVisitorDays([visitorDay(siteId, { facts })]);
        const page = { kind: 'column', name: 'event:page' } as const;
        const groups = await store.run(
          totals(siteId, { groupBy: [{ kind: 'dimension', dimension: page }], parts: ['events'] }),
        );
        expect(groups.map(({ key }) => key[0]).sort()).toEqual([...ODD_TEXTS].sort());
        for (const text of ODD_TEXTS) {
          const prop = { kind: 'prop', prop: text } as const;
          const match = { type: 'match', op: 'is', values: [text], caseSensitive: true } as const;
          for (const dimension of [page, prop]) {
            const rows = await store.run(
              totals(siteId, { filter: { ...match, dimension }, parts: ['events'] }),
            );
            expect(rows, text).toEqual([row([], { events: 1 })]);
          }
        }
      });

      test('text that no database holds is kept as far as it can be, not refused', async () => {
        const siteId = newSite();
        const page = 'nul\0 and half a \ud83d pair';
        await store.replaceVisitorDays([
          visitorDay(siteId, { facts: [fact({ page, props: { [page]: page } })] }),
        ]);
        const filter = {
          type: 'match',
          op: 'is',
          dimension: { kind: 'column', name: 'event:page' },
          values: [page],
          caseSensitive: true,
        } as const;
        expect(await store.run(totals(siteId, { filter, parts: ['events'] }))).toEqual([
          row([], { events: 1 }),
        ]);
      });

      test.each([
        ['is', 'ÄRGER', ['Ärger', 'ÄRGER', 'ärger']],
        ['is', 'οδος', ['ΟΔΟΣ', 'οδος']],
        ['is', 'STRASSE', []],
        ['contains', 'äRG', ['Ärger', 'ÄRGER', 'ärger']],
        ['contains', 'R_S', ['under_score']],
        ['contains', '0%', ['100%']],
        ['contains', String.raw`K\S`, [String.raw`back\slash`]],
      ] as const)('letters of any alphabet without their case: %s %s', async (op, value, found) => {
        const siteId = newSite();
        const page = { kind: 'column', name: 'event:page' } as const;
        const facts = ODD_TEXTS.map((text, visit) => fact({ page: text, visit }));
        await store.replaceVisitorDays([visitorDay(siteId, { facts })]);
        const rows = await store.run(
          totals(siteId, {
            groupBy: [{ kind: 'dimension', dimension: page }],
            filter: { type: 'match', op, dimension: page, values: [value], caseSensitive: false },
          }),
        );
        expect(rows.map(({ key }) => key[0]).sort()).toEqual([...found].sort());
      });

      test('visits are whole though only some of their events are kept', async () => {
        const siteId = newSite();
        const visit = { visitDurationMs: 60_000, visitBounced: false };
        const facts = [fact({ ...visit, page: '/a' }), fact({ ...visit, page: '/b' })];
        await store.replaceVisitorDays([visitorDay(siteId, { facts })]);
        const filter = {
          type: 'match',
          op: 'is',
          dimension: { kind: 'column', name: 'event:page' },
          values: ['/b'],
          caseSensitive: true,
        } as const;
        expect(
          await store.run(totals(siteId, { filter, parts: ['events', 'visits', 'durationMs'] })),
        ).toEqual([row([], { events: 1, visits: 1, durationMs: 60_000 })]);
      });

      test('a window of time takes its start in and leaves its end out', async () => {
        const siteId = newSite();
        const noon = Date.parse(`${DAY}T12:00:00Z`);
        await store.replaceVisitorDays([
          visitorDay(siteId, { facts: [noon - 1, noon, noon + 999, noon + 1_000].map((at) => fact({ at })) }),
        ]);
        const between = { start: noon, end: noon + 1_000 };
        expect(await store.run(totals(siteId, { between, parts: ['events'] }))).toEqual([
          row([], { events: 2 }),
        ]);
      });

      test('nothing where nothing is', async () => {
        const siteId = newSite();
        expect(await store.run(totals(siteId))).toEqual([]);
        expect(await store.run(totals(siteId, { days: [] }))).toEqual([]);
        expect(await store.run(rolledUp(siteId))).toEqual([]);
      });
    });

    describe('replaces visitor-days', () => {
      test('as a whole, leaving others alone; no facts delete it', async () => {
        const siteId = newSite();
        const events = async () => (await store.run(totals(siteId)))[0]?.parts;
        await store.replaceVisitorDays([
          visitorDay(siteId, { facts: [fact(), fact({ eventId: 'f' })] }),
          visitorDay(siteId, { visitor: 'v2' }),
        ]);
        expect(await events()).toEqual({ visitors: 2, visits: 2, events: 3 });
        await store.replaceVisitorDays([visitorDay(siteId)]);
        expect(await events()).toEqual({ visitors: 2, visits: 2, events: 2 });
        await store.replaceVisitorDays([visitorDay(siteId, { facts: [] })]);
        expect(await events()).toEqual({ visitors: 1, visits: 1, events: 1 });
      });

      test('the last of one visitor-day in a call stands', async () => {
        const siteId = newSite();
        const facts = [fact(), fact({ eventId: 'f' }), fact({ eventId: 'g' })];
        await store.replaceVisitorDays([visitorDay(siteId, { facts }), visitorDay(siteId)]);
        expect((await store.run(totals(siteId)))[0]?.parts.events).toBe(1);
        await store.replaceVisitorDays([visitorDay(siteId), visitorDay(siteId, { facts: [] })]);
        expect(await store.run(totals(siteId))).toEqual([]);
      });

      test('and counts the version of each day up once a call', async () => {
        const siteId = newSite();
        const both = [
          visitorDay(siteId),
          visitorDay(siteId, { visitor: 'v2' }),
          visitorDay(siteId, { day: '2026-03-30' }),
        ];
        await store.replaceVisitorDays(both);
        const before = [await stateOf(siteId), await stateOf(siteId, '2026-03-30')];
        await store.replaceVisitorDays(both.slice(0, 2));
        expect(await stateOf(siteId)).toEqual({ ...before[0], version: (before[0]?.version ?? 0) + 1 });
        expect(await stateOf(siteId, '2026-03-30')).toEqual(before[1]);
        await store.replaceVisitorDays([]);
      });

      test('thousands of facts in one call', async () => {
        const siteId = newSite();
        const facts = Array.from({ length: 20 }, (_, visit) => fact({ visit, eventId: String(visit) }));
        await store.replaceVisitorDays(
          Array.from({ length: 300 }, (_, n) => visitorDay(siteId, { visitor: `v${n}`, facts })),
        );
        expect(await store.run(totals(siteId))).toEqual([
          row([], { visitors: 300, visits: 6_000, events: 6_000 }),
        ]);
      });

      test('of the generation and the day it says, not of others', async () => {
        const siteId = newSite();
        const next = '2026-03-30';
        await store.replaceVisitorDays([
          visitorDay(siteId),
          visitorDay(siteId, { generation: 2 }),
          visitorDay(siteId, { day: next }),
        ]);
        await store.replaceVisitorDays([visitorDay(siteId, { facts: [] })]);
        expect(await store.run(totals(siteId))).toEqual([]);
        expect(await store.run(totals(siteId, { generation: 2 }))).toHaveLength(1);
        expect(await store.run(totals(siteId, { days: [{ from: next, to: next }] }))).toHaveLength(1);
      });

      test('two writers of the same days both end, and each visitor-day is of one of them', async () => {
        const siteId = newSite();
        const days = Array.from({ length: 10 }, (_, n) => `2026-04-${10 + n}`);
        const writtenBy = (writer: string, order: readonly string[]) =>
          order.map((day) =>
            visitorDay(siteId, {
              day,
              facts: [1, 2, 3].map((n) => fact({ source: writer, eventId: String(n) })),
            }),
          );
        const source = { kind: 'dimension', dimension: { kind: 'column', name: 'visit:source' } } as const;
        const question = totals(siteId, {
          days: [{ from: '2026-04-01', to: '2026-04-30' }],
          groupBy: [{ kind: 'day' }, source],
          parts: ['events'],
        });
        for (let round = 1; round <= 20; round++) {
          await Promise.all([
            store.replaceVisitorDays(writtenBy('A', days)),
            other.replaceVisitorDays(writtenBy('B', days.toReversed())),
          ]);
          const rows = await store.run(question);
          expect(rows.map(({ key }) => key[0]).sort()).toEqual(days);
          expect(new Set(rows.map(({ parts }) => parts.events))).toEqual(new Set([3]));
        }
        const versions = (await store.dayStates(siteId, 1, null, null)).map(({ version }) => version);
        expect(new Set(versions).size).toBe(1);
      });
    });

    describe('seals days', () => {
      test('and answers from roll-ups what counting one by one gives', async () => {
        await fc.assert(
          fc.asyncProperty(
            visitorDays('s'),
            fc.array(rollUpQueries('s'), { minLength: 15, maxLength: 15 }),
            async (days, queries) => {
              const siteId = newSite();
              const mine = days.map((day) => ({ ...day, siteId }));
              const strangers = mine.flatMap((day) => [
                { ...day, siteId: `${siteId}-x` },
                { ...day, generation: 2 },
              ]);
              await store.replaceVisitorDays([...mine, ...strangers]);
              for (const generation of [1, 2]) {
                for (const state of await store.dayStates(siteId, generation, null, null)) {
                  const rows =
                    generation === 1 ? rollUpsOf(mine, state.day) : rollUpsOf(mine.slice(0, 1), state.day);
                  expect(await store.sealDay(state, rows)).toBe(true);
                }
              }
              for (const query of queries.map((one) => ({ ...one, siteId }))) {
                expect(comparable(withoutZeros(await store.run(query))), JSON.stringify(query)).toEqual(
                  comparable(withoutZeros(expectedRows(mine, query))),
                );
              }
            },
          ),
          { numRuns: 12 },
        );
      });

      test('once: a day sealed again has the new roll-ups only', async () => {
        const siteId = newSite();
        await store.replaceVisitorDays([visitorDay(siteId)]);
        const state = await stateOf(siteId);
        const visitor = (source: string) => [visitorDay(siteId, { facts: [fact({ source })] })];
        expect(await store.sealDay(state, rollUpsOf(visitor('first'), DAY))).toBe(true);
        expect(await stateOf(siteId)).toEqual({ ...state, sealedVersion: state.version });
        expect(await store.sealDay(state, rollUpsOf(visitor('second'), DAY))).toBe(true);
        const source = { kind: 'dimension', dimension: { kind: 'column', name: 'visit:source' } } as const;
        expect(await store.run(rolledUp(siteId, { groupBy: [source], parts: ['visits'] }))).toEqual([
          row(['second'], { visits: 1 }),
        ]);
        expect(await store.sealDay(state, [])).toBe(true);
        expect(await store.run(rolledUp(siteId))).toEqual([]);
      });

      test('not when its facts were replaced meanwhile, and changes nothing then', async () => {
        const siteId = newSite();
        await store.replaceVisitorDays([visitorDay(siteId)]);
        const read = await stateOf(siteId);
        await store.sealDay(read, rollUpsOf([visitorDay(siteId)], DAY));
        await other.replaceVisitorDays([visitorDay(siteId, { visitor: 'v2' })]);
        const open = await stateOf(siteId);
        expect(open.sealedVersion).not.toBe(open.version);
        expect(await store.sealDay(read, [])).toBe(false);
        expect(await stateOf(siteId)).toEqual(open);
        // A question planned before the day was opened still finds the roll-ups.
        expect(await store.run(rolledUp(siteId))).toEqual([row([], { visitors: 1, visits: 1, events: 1 })]);
      });

      test('not a day it has never heard of', async () => {
        const day = { siteId: newSite(), generation: 1, day: DAY, version: 0 };
        expect(await store.sealDay(day, [])).toBe(false);
        expect(await store.dayStates(day.siteId, 1, null, null)).toEqual([]);
      });

      test('two sealers at once leave the roll-ups of one', async () => {
        const siteId = newSite();
        await store.replaceVisitorDays([visitorDay(siteId)]);
        const state = await stateOf(siteId);
        const rollUps = rollUpsOf([visitorDay(siteId)], DAY);
        for (let round = 0; round < 10; round++) {
          await Promise.all([store.sealDay(state, rollUps), other.sealDay(state, rollUps)]);
          expect(await store.run(rolledUp(siteId))).toEqual([row([], { visitors: 1, visits: 1, events: 1 })]);
        }
      });

      test('a sealer and a writer at once leave the day open, whoever was first', async () => {
        const siteId = newSite();
        for (let round = 0; round < 20; round++) {
          await store.replaceVisitorDays([visitorDay(siteId)]);
          const state = await stateOf(siteId);
          await Promise.all([
            store.sealDay(state, rollUpsOf([visitorDay(siteId)], DAY)),
            other.replaceVisitorDays([visitorDay(siteId)]),
          ]);
          const after = await stateOf(siteId);
          expect(after.version).toBe(state.version + 1);
          expect(after.sealedVersion).not.toBe(after.version);
        }
      });

      test('with values of any length and kind', async () => {
        const siteId = newSite();
        // 2,000 characters that do not repeat and take several bytes each: more than an index row of Postgres holds.
        const long = Array.from({ length: 2_000 }, (_, n) =>
          String.fromCodePoint(0x4e00 + ((n * 7_919) % 20_000)),
        ).join('');
        const facts = [...ODD_TEXTS, long, 'nul\0'].map((referrer, visit) => fact({ referrer, visit }));
        await store.replaceVisitorDays([visitorDay(siteId, { facts })]);
        await store.sealDay(await stateOf(siteId), rollUpsOf([visitorDay(siteId, { facts })], DAY));
        const referrer = {
          kind: 'dimension',
          dimension: { kind: 'column', name: 'visit:referrer' },
        } as const;
        const rows = await store.run(rolledUp(siteId, { groupBy: [referrer], parts: ['visits'] }));
        expect(rows.map(({ key }) => key[0]).sort()).toEqual([...ODD_TEXTS, long, 'nul'].sort());
        expect(new Set(rows.map(({ parts }) => parts.visits))).toEqual(new Set([1]));
      });
    });

    describe('knows its days', () => {
      test('of one site and generation in order, from and to included', async () => {
        const siteId = newSite();
        const days = ['2026-03-31', '2026-03-29', '2026-04-01', '2026-03-30'];
        await store.replaceVisitorDays(days.map((day) => visitorDay(siteId, { day })));
        await store.replaceVisitorDays([
          visitorDay(siteId, { generation: 2, day: '2026-05-01' }),
          visitorDay(newSite(), { day: '2026-05-02' }),
        ]);
        const between = async (from: string | null, to: string | null) =>
          (await store.dayStates(siteId, 1, from, to)).map(({ day }) => day);
        expect(await between(null, null)).toEqual(days.toSorted());
        expect(await between('2026-03-30', '2026-03-31')).toEqual(['2026-03-30', '2026-03-31']);
        expect(await between('2026-03-31', null)).toEqual(['2026-03-31', '2026-04-01']);
        expect(await between(null, '2026-03-29')).toEqual(['2026-03-29']);
        expect(await store.dayStates(siteId, 2, null, null)).toMatchObject([
          { generation: 2, day: '2026-05-01' },
        ]);
      });

      test('that are open, of all sites, oldest first, up to a day and a number', async () => {
        // Days before those of all other cases.
        const [a, b] = [newSite(), newSite()];
        await store.replaceVisitorDays([
          visitorDay(b, { day: '1999-01-03' }),
          visitorDay(a, { day: '1999-01-02' }),
          visitorDay(b, { day: '1999-01-01' }),
          visitorDay(a, { day: '1999-01-04' }),
        ]);
        const open = async (latest: string, limit = 10) =>
          (await store.unsealedDays(latest, limit)).map(({ siteId, day }) => [siteId, day]);
        expect(await open('1999-01-03')).toEqual([
          [b, '1999-01-01'],
          [a, '1999-01-02'],
          [b, '1999-01-03'],
        ]);
        expect(await open('1999-01-03', 1)).toEqual([[b, '1999-01-01']]);
        expect(await store.unsealedDays('1999-01-01', 1)).toEqual([await stateOf(b, '1999-01-01')]);
        await store.sealDay(await stateOf(b, '1999-01-01'), []);
        expect(await open('1999-01-02')).toEqual([[a, '1999-01-02']]);
        await store.replaceVisitorDays([visitorDay(b, { day: '1999-01-01', facts: [] })]);
        expect(await open('1999-01-01')).toEqual([[b, '1999-01-01']]);
      });
    });

    test('deletes all of a site and nothing of another', async () => {
      const [gone, kept] = [newSite(), newSite()];
      for (const siteId of [gone, kept]) {
        await store.replaceVisitorDays([visitorDay(siteId), visitorDay(siteId, { generation: 2 })]);
        await store.sealDay(await stateOf(siteId), rollUpsOf([visitorDay(siteId)], DAY));
      }
      await store.deleteSite(gone);
      for (const generation of [1, 2]) {
        expect(await store.dayStates(gone, generation, null, null)).toEqual([]);
        expect(await store.run(totals(gone, { generation }))).toEqual([]);
        expect(await store.run(totals(kept, { generation }))).toHaveLength(1);
      }
      expect(await store.run(rolledUp(gone))).toEqual([]);
      expect(await store.run(rolledUp(kept))).toHaveLength(1);
      expect(await stateOf(kept)).toMatchObject({ siteId: kept });
    });
  });
}
