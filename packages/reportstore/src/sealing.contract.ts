import { MOST_VALUES } from '@footfall/core/roll-up';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ask,
  DAY,
  newSite,
  RECEIVED,
  readState,
  readStates,
  rolledUp,
  row,
  type Stores,
  sealDay,
  sealThose,
  splitPortions,
  totals,
  visitorDay,
} from './contract.fixture.ts';
import { DAYS, fact, ODD_TEXTS, rollUpQueries, visitorDays } from './facts.fixture.ts';
import { comparable, expectedRows } from './oracle.fixture.ts';

const NEXT = '2026-03-30';

/** Sealing days, and questions to their roll-ups. */
export function sealingContract(stores: Stores): void {
  const seenBy = async (siteId: string, days = [{ from: DAY, to: DAY }]) => [
    await ask(stores.store, rolledUp(siteId, { days })),
    await ask(stores.store, totals(siteId, { days })),
  ];
  const counted = (visitors: number) => {
    const rows = visitors === 0 ? [] : [row([], { visitors, visits: visitors, events: visitors })];
    return [rows, rows];
  };

  describe('seals days', () => {
    test('and answers from roll-ups what counting one by one gives', async () => {
      await fc.assert(
        fc.asyncProperty(
          visitorDays('s'),
          fc.array(rollUpQueries('s'), { minLength: 15, maxLength: 15 }),
          async (days, queries) => {
            const siteId = newSite();
            const mine = days.map((day) => ({ ...day, siteId, receivedAt: RECEIVED }));
            const strangers = mine.flatMap((day) => [
              { ...day, siteId: `${siteId}-x` },
              { ...day, generation: 2 },
            ]);
            const all = [...mine, ...strangers];
            await stores.store.replaceVisitorDays(all);
            for (const of of [
              { siteId, generation: 1 },
              { siteId, generation: 2 },
              { siteId: `${siteId}-x`, generation: 1 },
            ])
              await sealThose(stores.store, { ...of, days: DAYS }, all);
            for (const query of queries.map((one) => ({ ...one, siteId }))) {
              expect(comparable(await ask(stores.store, query)), JSON.stringify(query)).toEqual(
                comparable(expectedRows(mine, query)),
              );
            }
          },
        ),
        { numRuns: 15 },
      );
    }, 120_000);

    test('once: a day sealed again has the new facts only, the others of its month theirs', async () => {
      const siteId = newSite();
      await stores.store.touchDays([DAY, NEXT].map((day) => ({ siteId, generation: 1, day, receivedAt: 1 })));
      const [state, next] = await readStates(stores.store, siteId);
      if (state === undefined || next === undefined) throw new Error('touched days are there');
      await sealDay(stores.store, next, [[fact()], [fact()], [fact()]]);
      for (const visitors of [1, 2, 0]) {
        expect(await sealDay(stores.store, state, Array(visitors).fill([fact()]))).toBe(true);
        expect(await seenBy(siteId)).toEqual(counted(visitors));
        expect(await seenBy(siteId, [{ from: NEXT, to: NEXT }])).toEqual(counted(3));
      }
      expect(await readState(stores.store, siteId)).toEqual({
        ...state,
        sealedVersion: state.version,
        dirtySince: null,
      });
    });

    test('that were open: their rows give way to what was sealed', async () => {
      const siteId = newSite();
      await stores.store.replaceVisitorDays([visitorDay(siteId), visitorDay(siteId, { visitor: 'v2' })]);
      await sealDay(stores.store, await readState(stores.store, siteId), [[fact()]]);
      expect(await seenBy(siteId)).toEqual(counted(1));
    });

    test('that changed meanwhile: they stay behind, and say since when', async () => {
      const siteId = newSite();
      const touched = { siteId, generation: 1, day: DAY };
      await stores.store.touchDays([{ ...touched, receivedAt: 5_000 }]);
      const read = await readState(stores.store, siteId);
      expect(read).toMatchObject({ sealedVersion: null, dirtySince: 5_000 });
      await stores.store.touchDays([{ ...touched, receivedAt: 7_000 }]);
      expect(await sealDay(stores.store, read, [[fact()]])).toBe(true);
      expect(await readState(stores.store, siteId)).toMatchObject({
        version: read.version + 1,
        sealedVersion: read.version,
        dirtySince: 5_000,
      });
      expect(await seenBy(siteId)).toEqual(counted(1));
      expect(await sealDay(stores.store, await readState(stores.store, siteId), [[fact()], [fact()]])).toBe(
        true,
      );
      expect(await readState(stores.store, siteId)).toMatchObject({ dirtySince: null });
      expect(await seenBy(siteId)).toEqual(counted(2));
    });

    test('that wait for their first sealing: rows that come meanwhile are missing from it, and it says so', async () => {
      const siteId = newSite();
      await stores.store.touchDays([{ siteId, generation: 1, day: DAY, receivedAt: 7_000 }]);
      const read = await readState(stores.store, siteId);
      await stores.other.replaceVisitorDays([visitorDay(siteId, { receivedAt: 5_000 })]);
      expect(await sealDay(stores.store, read, [])).toBe(true);
      expect(await seenBy(siteId)).toEqual(counted(0));
      expect(await readState(stores.store, siteId)).toMatchObject({
        version: read.version + 1,
        sealedVersion: read.version,
        dirtySince: 5_000,
      });
    });

    test('but not over rows that were replaced after the day was read', async () => {
      const siteId = newSite();
      await stores.store.replaceVisitorDays([visitorDay(siteId)]);
      const read = await readState(stores.store, siteId);
      await stores.other.replaceVisitorDays([visitorDay(siteId, { visitor: 'v2' })]);
      expect(await sealDay(stores.store, read, [[fact()]])).toBe(false);
      expect(await ask(stores.store, totals(siteId))).toEqual([
        row([], { visitors: 2, visits: 2, events: 2 }),
      ]);
      expect(await readState(stores.store, siteId)).toMatchObject({ sealedVersion: null });
    });

    test('for good: rows for a sealed day only say that it is behind', async () => {
      const siteId = newSite();
      await stores.store.replaceVisitorDays([visitorDay(siteId)]);
      const state = await readState(stores.store, siteId);
      await sealDay(stores.store, state, [[fact()]]);
      await stores.store.replaceVisitorDays([
        visitorDay(siteId, { visitor: 'v2', receivedAt: 9_000 }),
        visitorDay(siteId, { visitor: 'v3', receivedAt: 8_000 }),
        visitorDay(siteId, { day: NEXT }),
      ]);
      expect(await readState(stores.store, siteId)).toMatchObject({
        version: state.version + 1,
        sealedVersion: state.version,
        dirtySince: 8_000,
      });
      expect(await seenBy(siteId)).toEqual(counted(1));
      expect(await readState(stores.store, siteId, NEXT)).toMatchObject({
        sealedVersion: null,
        dirtySince: null,
      });
    });

    test('not such that it has never heard of', async () => {
      const day = { siteId: newSite(), generation: 1, day: DAY, version: 0 };
      expect(await sealDay(stores.store, day, [[fact()]])).toBe(false);
      expect(await readStates(stores.store, day.siteId)).toEqual([]);
      expect(await seenBy(day.siteId)).toEqual(counted(0));
    });

    test('one sealer at a time: the other is told so, and the facts of one stand', async () => {
      const siteId = newSite();
      await stores.store.replaceVisitorDays([visitorDay(siteId)]);
      const state = await readState(stores.store, siteId);
      for (let round = 0; round < 5; round++) {
        const done = await Promise.all([
          sealDay(stores.store, state, [[fact()]]),
          sealDay(stores.other, state, [[fact()]]),
        ]);
        expect(done).toContain(true);
        expect(await seenBy(siteId)).toEqual(counted(1));
      }
    });

    test('whole or not at all: facts that fail half-way change nothing', async () => {
      const siteId = newSite();
      await stores.store.replaceVisitorDays([visitorDay(siteId)]);
      const state = await readState(stores.store, siteId);
      await sealDay(stores.store, state, [[fact()]]);
      async function* failing() {
        yield* splitPortions([{ day: DAY, facts: [fact(), fact({ visit: 1 })] }]);
        throw new Error('the event store is away');
      }
      const sealing = { siteId, generation: 1, month: DAY.slice(0, 7), days: [state] };
      await expect(stores.store.sealDays(sealing, failing())).rejects.toThrow('the event store is away');
      expect(await seenBy(siteId)).toEqual(counted(1));
      expect(await sealDay(stores.store, state, [[fact()], [fact()]])).toBe(true);
      expect(await seenBy(siteId)).toEqual(counted(2));
    });

    test('and tells, before the days answer, which values stand together: a dimension and a day, and how many', async () => {
      const siteId = newSite();
      await stores.store.replaceVisitorDays([visitorDay(siteId)]);
      const state = await readState(stores.store, siteId);
      const facts = Array.from({ length: MOST_VALUES + 3 }, (_, n) => [fact({ page: `/${n}` })]);
      const sealing = { siteId, generation: 1, month: DAY.slice(0, 7), days: [state] };
      const told: unknown[] = [];
      const portions = splitPortions(facts.map((own) => ({ day: DAY, facts: own })));
      const sealed = await stores.store.sealDays(sealing, portions, async (cut) => {
        told.push(cut.filter(({ dimension }) => dimension === 'event:page'));
        expect((await readState(stores.store, siteId)).sealedVersion).toBeNull();
      });
      expect([sealed, told]).toEqual([true, [[{ day: DAY, dimension: 'event:page', values: 3 }]]]);
      expect((await readState(stores.store, siteId)).sealedVersion).toBe(state.version);
    });

    test('under readers, who go on seeing what they saw', async () => {
      const siteId = newSite();
      await stores.store.replaceVisitorDays([visitorDay(siteId)]);
      await stores.store.read(async (reader) => {
        const before = await reader.run(totals(siteId));
        await sealDay(stores.other, await readState(stores.other, siteId), [[fact()], [fact()]]);
        expect(await reader.run(totals(siteId))).toEqual(before);
        expect((await reader.dayStates(siteId, 1, null, null))[0]?.sealedVersion).toBeNull();
      });
      expect(await seenBy(siteId)).toEqual(counted(2));
      await stores.store.read(async (reader) => {
        await reader.dayStates(siteId, 1, null, null);
        await sealDay(stores.other, await readState(stores.other, siteId), [[fact()]]);
        await stores.other.sweep();
        await stores.other.sweepFiles();
        expect(await reader.run(totals(siteId))).toEqual(counted(2)[0]);
      });
      expect(await seenBy(siteId)).toEqual(counted(1));
    });

    test('with values of any length and kind', async () => {
      const siteId = newSite();
      // 2,000 characters that do not repeat and take several bytes each: more than an index row of Postgres holds.
      const long = Array.from({ length: 2_000 }, (_, n) =>
        String.fromCodePoint(0x4e00 + ((n * 7_919) % 20_000)),
      ).join('');
      const facts = [...ODD_TEXTS, long, 'nul\0'].map((referrer, visit) => fact({ referrer, visit }));
      await stores.store.replaceVisitorDays([visitorDay(siteId, { facts })]);
      await sealDay(stores.store, await readState(stores.store, siteId), [facts]);
      const referrer = { kind: 'dimension', dimension: { kind: 'column', name: 'visit:referrer' } } as const;
      const question = { groupBy: [referrer], parts: ['visits'] } as const;
      for (const query of [rolledUp(siteId, question), totals(siteId, question)]) {
        const rows = await ask(stores.store, query);
        expect(rows.map(({ key }) => key[0]).sort()).toEqual([...ODD_TEXTS, long, 'nul'].sort());
        expect(new Set(rows.map(({ counts }) => counts.visits))).toEqual(new Set([1]));
      }
    });
  });
}
