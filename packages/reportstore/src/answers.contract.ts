import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ask,
  DAY,
  newSite,
  RECEIVED,
  rolledUp,
  row,
  type Stores,
  sealThose,
  totals,
  visitorDay,
} from './contract.fixture.ts';
import {
  DAYS,
  fact,
  factQueries,
  factScopes,
  filters,
  ODD_TEXTS,
  PATTERNS,
  visitorDays,
} from './facts.fixture.ts';
import {
  addedFlow,
  comparable,
  expectedFlow,
  expectedFunnel,
  expectedRows,
  expectedUserDays,
} from './oracle.fixture.ts';

/** Days that are open, sealed, or some of both. */
const sealedDays = fc.constantFrom<readonly string[]>([], DAYS, DAYS.slice(0, 3), [DAYS[1], DAYS[4]]);

/** Questions to facts. */
export function answersContract(stores: Stores): void {
  describe('answers from facts', () => {
    /** A new site with these visitor-days, some of its days sealed, and strangers who must never show. */
    async function siteWith(days: Parameters<typeof expectedRows>[0], sealed: readonly string[]) {
      const siteId = newSite();
      const mine = days.map((day) => ({ ...day, siteId, receivedAt: RECEIVED }));
      const strangers = mine.flatMap((day) => [
        { ...day, siteId: `${siteId}-x` },
        { ...day, generation: 2 },
      ]);
      await stores.store.replaceVisitorDays([...strangers, ...mine]);
      for (const of of [
        { siteId, generation: 1 },
        { siteId, generation: 2 },
        { siteId: `${siteId}-x`, generation: 1 },
      ])
        await sealThose(stores.store, { ...of, days: sealed }, [...strangers, ...mine]);
      return { siteId, mine };
    }

    test('what counting one by one gives, whatever is asked, of open days and sealed ones', async () => {
      await fc.assert(
        fc.asyncProperty(
          visitorDays('s'),
          sealedDays,
          fc.array(factQueries('s'), { minLength: 10, maxLength: 10 }),
          async (days, sealed, queries) => {
            const { siteId, mine } = await siteWith(days, sealed);
            for (const query of queries.map((one) => ({ ...one, siteId }))) {
              expect(comparable(await ask(stores.store, query)), JSON.stringify(query)).toEqual(
                comparable(expectedRows(mine, query)),
              );
            }
          },
        ),
        { numRuns: 40 },
      );
    }, 120_000);

    test('funnels, ways through pages and days of users', async () => {
      const question = fc.record({
        scope: factScopes('s'),
        steps: fc.array(filters, { minLength: 1, maxLength: 4 }),
        page: filters,
      });
      await fc.assert(
        fc.asyncProperty(
          visitorDays('s'),
          sealedDays,
          fc.array(question, { minLength: 5, maxLength: 5 }),
          async (days, sealed, questions) => {
            const { siteId, mine } = await siteWith(days, sealed);
            for (const { scope, steps, page } of questions) {
              const own = { ...scope, siteId };
              const said = JSON.stringify({ own, steps, page });
              await stores.store.read(async (reader) => {
                expect(await reader.funnel({ ...own, steps }), said).toEqual(
                  expectedFunnel(mine, { ...own, steps }),
                );
                expect(addedFlow(await reader.flow({ ...own, page })), said).toEqual(
                  expectedFlow(mine, { ...own, page }),
                );
                const users = (await reader.userDays(own)).map((one) =>
                  JSON.stringify([one.day, one.userId]),
                );
                expect(users.sort(), said).toEqual(
                  expectedUserDays(mine, own)
                    .map((one) => JSON.stringify([one.day, one.userId]))
                    .sort(),
                );
              });
            }
          },
        ),
        { numRuns: 25 },
      );
    }, 120_000);

    test('every pattern finds the same in open days and in sealed ones', async () => {
      const facts = ODD_TEXTS.map((page, visit) => fact({ page, visit }));
      const page = { kind: 'column', name: 'event:page' } as const;
      const answers = [];
      for (const sealed of [[], DAYS]) {
        const { siteId } = await siteWith([visitorDay('s', { facts })], sealed);
        const found = [];
        for (const pattern of PATTERNS) {
          for (const caseSensitive of [true, false]) {
            const filter = {
              type: 'match',
              op: 'matches',
              dimension: page,
              values: [pattern],
              caseSensitive,
            } as const;
            const groupBy = [{ kind: 'dimension', dimension: page } as const];
            const rows = await ask(stores.store, totals(siteId, { filter, groupBy }));
            found.push([pattern, caseSensitive, rows.map(({ key }) => key[0]).sort()]);
          }
        }
        answers.push(found);
      }
      expect(answers[1]).toEqual(answers[0]);
    });

    test('a pattern that finds more texts of sealed days than a filter names', async () => {
      const visitors = Array.from({ length: 130 }, (_, n) => {
        const facts = Array.from({ length: 10 }, (_, m) =>
          fact({ page: `/p/${n}${m}`, at: m, eventId: `e${m}` }),
        );
        return visitorDay('s', { visitor: `v${n}`, facts });
      });
      const { siteId } = await siteWith(visitors, [DAY]);
      const page = { kind: 'column', name: 'event:page' } as const;
      const match = { type: 'match', op: 'matches', dimension: page, caseSensitive: true } as const;
      const filter = { ...match, values: ['^/p/[0-9]+$'] };
      const most = { ...match, values: ['[^7]$'] };
      const groupBy = [{ kind: 'goal', goals: [{ name: 'most', filter: most }] } as const];
      expect(await ask(stores.store, totals(siteId, { filter, groupBy, parts: ['events'] }))).toEqual([
        row(['most'], { events: 1_170 }),
      ]);
      const scope = { siteId, generation: 1, days: [{ from: DAY, to: DAY }], between: null };
      await stores.store.read(async (reader) => {
        expect(await reader.funnel({ ...scope, filter, steps: [filter, most] })).toEqual([130, 130]);
        const flow = addedFlow(await reader.flow({ ...scope, filter, page: most }));
        expect(flow.reduce((sum, { pageviews }) => sum + pageviews, 0)).toBe(2 * 1_170);
      });
    });

    test('every odd text as it is, as a group and as a filter', async () => {
      const siteId = newSite();
      const facts = ODD_TEXTS.map((page, visit) => fact({ page, visit, props: { [page]: page } }));
      await stores.store.replaceVisitorDays([visitorDay(siteId, { facts })]);
      const page = { kind: 'column', name: 'event:page' } as const;
      const groups = await ask(
        stores.store,
        totals(siteId, { groupBy: [{ kind: 'dimension', dimension: page }], parts: ['events'] }),
      );
      expect(groups.map(({ key }) => key[0]).sort()).toEqual([...ODD_TEXTS].sort());
      for (const text of ODD_TEXTS) {
        const prop = { kind: 'prop', prop: text } as const;
        const match = { type: 'match', op: 'is', values: [text], caseSensitive: true } as const;
        for (const dimension of [page, prop]) {
          const rows = await ask(
            stores.store,
            totals(siteId, { filter: { ...match, dimension }, parts: ['events'] }),
          );
          expect(rows, text).toEqual([row([], { events: 1 })]);
        }
      }
    });

    test('text that no database holds is kept as far as it can be, not refused', async () => {
      const siteId = newSite();
      const page = 'nul\0 and half a \ud83d pair';
      await stores.store.replaceVisitorDays([
        visitorDay(siteId, { facts: [fact({ page, props: { [page]: page } })] }),
      ]);
      const filter = {
        type: 'match',
        op: 'is',
        dimension: { kind: 'column', name: 'event:page' },
        values: [page],
        caseSensitive: true,
      } as const;
      expect(await ask(stores.store, totals(siteId, { filter, parts: ['events'] }))).toEqual([
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
      ['is', 'İSTANBUL', ['İstanbul', 'istanbul']],
      ['contains', String.raw`K\S`, [String.raw`back\slash`]],
    ] as const)('letters of any alphabet without their case: %s %s', async (op, value, found) => {
      const siteId = newSite();
      const page = { kind: 'column', name: 'event:page' } as const;
      const facts = ODD_TEXTS.map((text, visit) => fact({ page: text, visit }));
      await stores.store.replaceVisitorDays([visitorDay(siteId, { facts })]);
      const rows = await ask(
        stores.store,
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
      await stores.store.replaceVisitorDays([visitorDay(siteId, { facts })]);
      const filter = {
        type: 'match',
        op: 'is',
        dimension: { kind: 'column', name: 'event:page' },
        values: ['/b'],
        caseSensitive: true,
      } as const;
      expect(
        await ask(stores.store, totals(siteId, { filter, parts: ['events', 'visits', 'durationMs'] })),
      ).toEqual([row([], { events: 1, visits: 1, durationMs: 60_000 })]);
    });

    test('a window of time takes its start in and leaves its end out', async () => {
      const siteId = newSite();
      const noon = Date.parse(`${DAY}T12:00:00Z`);
      await stores.store.replaceVisitorDays([
        visitorDay(siteId, { facts: [noon - 1, noon, noon + 999, noon + 1_000].map((at) => fact({ at })) }),
      ]);
      const between = { start: noon, end: noon + 1_000 };
      expect(await ask(stores.store, totals(siteId, { between, parts: ['events'] }))).toEqual([
        row([], { events: 2 }),
      ]);
    });

    test('nothing where nothing is', async () => {
      const siteId = newSite();
      expect(await ask(stores.store, totals(siteId))).toEqual([]);
      expect(await ask(stores.store, totals(siteId, { days: [] }))).toEqual([]);
      expect(await ask(stores.store, rolledUp(siteId))).toEqual([]);
    });
  });
}
