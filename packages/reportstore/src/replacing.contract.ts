import { describe, expect, test } from 'vitest';
import {
  ask,
  newSite,
  readState,
  readStates,
  row,
  type Stores,
  totals,
  visitorDay,
} from './contract.fixture.ts';
import { fact } from './facts.fixture.ts';

/** Replacing visitor-days. */
export function replacingContract(stores: Stores): void {
  describe('replaces visitor-days', () => {
    test('as a whole, leaving others alone; no facts delete it', async () => {
      const siteId = newSite();
      const events = async () => (await ask(stores.store, totals(siteId)))[0]?.counts;
      await stores.store.replaceVisitorDays([
        visitorDay(siteId, { facts: [fact(), fact({ eventId: 'f' })] }),
        visitorDay(siteId, { visitor: 'v2' }),
      ]);
      expect(await events()).toEqual({ visitors: 2, visits: 2, events: 3 });
      await stores.store.replaceVisitorDays([visitorDay(siteId)]);
      expect(await events()).toEqual({ visitors: 2, visits: 2, events: 2 });
      await stores.store.replaceVisitorDays([visitorDay(siteId, { facts: [] })]);
      expect(await events()).toEqual({ visitors: 1, visits: 1, events: 1 });
    });

    test('the last of one visitor-day in a call stands', async () => {
      const siteId = newSite();
      const facts = [fact(), fact({ eventId: 'f' }), fact({ eventId: 'g' })];
      await stores.store.replaceVisitorDays([visitorDay(siteId, { facts }), visitorDay(siteId)]);
      expect((await ask(stores.store, totals(siteId)))[0]?.counts.events).toBe(1);
      await stores.store.replaceVisitorDays([visitorDay(siteId), visitorDay(siteId, { facts: [] })]);
      expect(await ask(stores.store, totals(siteId))).toEqual([]);
    });

    test('and counts the version of each day up once a call', async () => {
      const siteId = newSite();
      const both = [
        visitorDay(siteId),
        visitorDay(siteId, { visitor: 'v2' }),
        visitorDay(siteId, { day: '2026-03-30' }),
      ];
      await stores.store.replaceVisitorDays(both);
      const before = [
        await readState(stores.store, siteId),
        await readState(stores.store, siteId, '2026-03-30'),
      ];
      await stores.store.replaceVisitorDays(both.slice(0, 2));
      expect(await readState(stores.store, siteId)).toEqual({
        ...before[0],
        version: (before[0]?.version ?? 0) + 1,
      });
      expect(await readState(stores.store, siteId, '2026-03-30')).toEqual(before[1]);
      await stores.store.replaceVisitorDays([]);
    });

    test('thousands of facts in one call', async () => {
      const siteId = newSite();
      const facts = Array.from({ length: 20 }, (_, visit) => fact({ visit, eventId: String(visit) }));
      await stores.store.replaceVisitorDays(
        Array.from({ length: 300 }, (_, n) => visitorDay(siteId, { visitor: `v${n}`, facts })),
      );
      expect(await ask(stores.store, totals(siteId))).toEqual([
        row([], { visitors: 300, visits: 6_000, events: 6_000 }),
      ]);
    });

    test('of the generation and the day it says, not of others', async () => {
      const siteId = newSite();
      const next = '2026-03-30';
      await stores.store.replaceVisitorDays([
        visitorDay(siteId),
        visitorDay(siteId, { generation: 2 }),
        visitorDay(siteId, { day: next }),
      ]);
      await stores.store.replaceVisitorDays([visitorDay(siteId, { facts: [] })]);
      expect(await ask(stores.store, totals(siteId))).toEqual([]);
      expect(await ask(stores.store, totals(siteId, { generation: 2 }))).toHaveLength(1);
      expect(await ask(stores.store, totals(siteId, { days: [{ from: next, to: next }] }))).toHaveLength(1);
    });

    test('under readers, who go on seeing what they saw', async () => {
      const siteId = newSite();
      await stores.store.replaceVisitorDays([visitorDay(siteId)]);
      await stores.store.read(async (reader) => {
        const before = await reader.run(totals(siteId));
        const states = await reader.dayStates(siteId, 1, null, null);
        await stores.other.replaceVisitorDays([
          visitorDay(siteId, { facts: [fact(), fact({ eventId: 'f' })] }),
          visitorDay(siteId, { visitor: 'v2' }),
        ]);
        expect(await reader.run(totals(siteId))).toEqual(before);
        expect(await reader.dayStates(siteId, 1, null, null)).toEqual(states);
      });
      expect(await ask(stores.store, totals(siteId))).toEqual([
        row([], { visitors: 2, visits: 2, events: 3 }),
      ]);
    });

    test('so that a version that is seen has its facts', async () => {
      const siteId = newSite();
      let done = false;
      const writing = (async () => {
        for (let n = 1; n <= 20; n++)
          await stores.other.replaceVisitorDays([visitorDay(siteId, { visitor: `v${n}` })]);
        done = true;
      })();
      while (!done) {
        await stores.store.read(async (reader) => {
          const [state] = await reader.dayStates(siteId, 1, null, null);
          const [found] = await reader.run(totals(siteId));
          expect(found?.counts.visitors ?? 0).toBeGreaterThanOrEqual(state?.version ?? 0);
        });
      }
      await writing;
      expect(await readState(stores.store, siteId)).toMatchObject({ version: 20 });
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
          stores.store.replaceVisitorDays(writtenBy('A', days)),
          stores.other.replaceVisitorDays(writtenBy('B', days.toReversed())),
        ]);
        const rows = await ask(stores.store, question);
        expect(rows.map(({ key }) => key[0]).sort()).toEqual(days);
        expect(new Set(rows.map(({ counts }) => counts.events))).toEqual(new Set([3]));
      }
      const versions = (await readStates(stores.store, siteId)).map(({ version }) => version);
      expect(new Set(versions).size).toBe(1);
    });
  });
}
