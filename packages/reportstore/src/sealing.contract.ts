import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DAY,
  newSite,
  rolledUp,
  rollUpsOf,
  row,
  type Stores,
  stateOf,
  visitorDay,
} from './contract.fixture.ts';
import { fact, ODD_TEXTS, rollUpQueries, visitorDays } from './facts.fixture.ts';
import { comparable, expectedRows, withoutZeros } from './oracle.fixture.ts';

/** Sealing days, and questions to their roll-ups. */
export function sealingContract(stores: Stores): void {
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
            await stores.store.replaceVisitorDays([...mine, ...strangers]);
            for (const generation of [1, 2]) {
              for (const state of await stores.store.dayStates(siteId, generation, null, null)) {
                const rows =
                  generation === 1 ? rollUpsOf(mine, state.day) : rollUpsOf(mine.slice(0, 1), state.day);
                expect(await stores.store.sealDay(state, rows)).toBe(true);
              }
            }
            for (const query of queries.map((one) => ({ ...one, siteId }))) {
              expect(comparable(withoutZeros(await stores.store.run(query))), JSON.stringify(query)).toEqual(
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
      await stores.store.replaceVisitorDays([visitorDay(siteId)]);
      const state = await stateOf(stores.store, siteId);
      const visitor = (source: string) => [visitorDay(siteId, { facts: [fact({ source })] })];
      expect(await stores.store.sealDay(state, rollUpsOf(visitor('first'), DAY))).toBe(true);
      expect(await stateOf(stores.store, siteId)).toEqual({ ...state, sealedVersion: state.version });
      expect(await stores.store.sealDay(state, rollUpsOf(visitor('second'), DAY))).toBe(true);
      const source = { kind: 'dimension', dimension: { kind: 'column', name: 'visit:source' } } as const;
      expect(await stores.store.run(rolledUp(siteId, { groupBy: [source], parts: ['visits'] }))).toEqual([
        row(['second'], { visits: 1 }),
      ]);
      expect(await stores.store.sealDay(state, [])).toBe(true);
      expect(await stores.store.run(rolledUp(siteId))).toEqual([]);
    });

    test('not when its facts were replaced meanwhile, and changes nothing then', async () => {
      const siteId = newSite();
      await stores.store.replaceVisitorDays([visitorDay(siteId)]);
      const read = await stateOf(stores.store, siteId);
      await stores.store.sealDay(read, rollUpsOf([visitorDay(siteId)], DAY));
      await stores.other.replaceVisitorDays([visitorDay(siteId, { visitor: 'v2' })]);
      const open = await stateOf(stores.store, siteId);
      expect(open.sealedVersion).not.toBe(open.version);
      expect(await stores.store.sealDay(read, [])).toBe(false);
      expect(await stateOf(stores.store, siteId)).toEqual(open);
      // A question planned before the day was opened still finds the roll-ups.
      expect(await stores.store.run(rolledUp(siteId))).toEqual([
        row([], { visitors: 1, visits: 1, events: 1 }),
      ]);
    });

    test('not a day it has never heard of', async () => {
      const day = { siteId: newSite(), generation: 1, day: DAY, version: 0 };
      expect(await stores.store.sealDay(day, [])).toBe(false);
      expect(await stores.store.dayStates(day.siteId, 1, null, null)).toEqual([]);
    });

    test('two sealers at once leave the roll-ups of one', async () => {
      const siteId = newSite();
      await stores.store.replaceVisitorDays([visitorDay(siteId)]);
      const state = await stateOf(stores.store, siteId);
      const rollUps = rollUpsOf([visitorDay(siteId)], DAY);
      for (let round = 0; round < 10; round++) {
        await Promise.all([stores.store.sealDay(state, rollUps), stores.other.sealDay(state, rollUps)]);
        expect(await stores.store.run(rolledUp(siteId))).toEqual([
          row([], { visitors: 1, visits: 1, events: 1 }),
        ]);
      }
    });

    test('a sealer and a writer at once leave the day open, whoever was first', async () => {
      const siteId = newSite();
      for (let round = 0; round < 20; round++) {
        await stores.store.replaceVisitorDays([visitorDay(siteId)]);
        const state = await stateOf(stores.store, siteId);
        await Promise.all([
          stores.store.sealDay(state, rollUpsOf([visitorDay(siteId)], DAY)),
          stores.other.replaceVisitorDays([visitorDay(siteId)]),
        ]);
        const after = await stateOf(stores.store, siteId);
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
      await stores.store.replaceVisitorDays([visitorDay(siteId, { facts })]);
      await stores.store.sealDay(
        await stateOf(stores.store, siteId),
        rollUpsOf([visitorDay(siteId, { facts })], DAY),
      );
      const referrer = {
        kind: 'dimension',
        dimension: { kind: 'column', name: 'visit:referrer' },
      } as const;
      const rows = await stores.store.run(rolledUp(siteId, { groupBy: [referrer], parts: ['visits'] }));
      expect(rows.map(({ key }) => key[0]).sort()).toEqual([...ODD_TEXTS, long, 'nul'].sort());
      expect(new Set(rows.map(({ parts }) => parts.visits))).toEqual(new Set([1]));
    });
  });
}
