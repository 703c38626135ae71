import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, newSite, rolledUp, row, type Stores, totals, visitorDay } from './contract.fixture.ts';
import { fact, factQueries, ODD_TEXTS, visitorDays } from './facts.fixture.ts';
import { comparable, expectedRows } from './oracle.fixture.ts';

/** Questions to facts. */
export function answersContract(stores: Stores): void {
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
            await stores.store.replaceVisitorDays([...strangers, ...mine]);
            for (const query of queries.map((one) => ({ ...one, siteId }))) {
              expect(comparable(await stores.store.run(query)), JSON.stringify(query)).toEqual(
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
      await stores.store.replaceVisitorDays([visitorDay(siteId, { facts })]);
      const page = { kind: 'column', name: 'event:page' } as const;
      const groups = await stores.store.run(
        totals(siteId, { groupBy: [{ kind: 'dimension', dimension: page }], parts: ['events'] }),
      );
      expect(groups.map(({ key }) => key[0]).sort()).toEqual([...ODD_TEXTS].sort());
      for (const text of ODD_TEXTS) {
        const prop = { kind: 'prop', prop: text } as const;
        const match = { type: 'match', op: 'is', values: [text], caseSensitive: true } as const;
        for (const dimension of [page, prop]) {
          const rows = await stores.store.run(
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
      expect(await stores.store.run(totals(siteId, { filter, parts: ['events'] }))).toEqual([
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
      await stores.store.replaceVisitorDays([visitorDay(siteId, { facts })]);
      const rows = await stores.store.run(
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
        await stores.store.run(totals(siteId, { filter, parts: ['events', 'visits', 'durationMs'] })),
      ).toEqual([row([], { events: 1, visits: 1, durationMs: 60_000 })]);
    });

    test('a window of time takes its start in and leaves its end out', async () => {
      const siteId = newSite();
      const noon = Date.parse(`${DAY}T12:00:00Z`);
      await stores.store.replaceVisitorDays([
        visitorDay(siteId, { facts: [noon - 1, noon, noon + 999, noon + 1_000].map((at) => fact({ at })) }),
      ]);
      const between = { start: noon, end: noon + 1_000 };
      expect(await stores.store.run(totals(siteId, { between, parts: ['events'] }))).toEqual([
        row([], { events: 2 }),
      ]);
    });

    test('nothing where nothing is', async () => {
      const siteId = newSite();
      expect(await stores.store.run(totals(siteId))).toEqual([]);
      expect(await stores.store.run(totals(siteId, { days: [] }))).toEqual([]);
      expect(await stores.store.run(rolledUp(siteId))).toEqual([]);
    });
  });
}
