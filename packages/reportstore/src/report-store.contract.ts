import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answersContract } from './answers.contract.ts';
import { boundsContract } from './bounds.contract.ts';
import {
  ask,
  newSite,
  readState,
  readStates,
  rolledUp,
  row,
  type Stores,
  sealDay,
  totals,
  visitorDay,
} from './contract.fixture.ts';
import { fact } from './facts.fixture.ts';
import { comparable } from './oracle.fixture.ts';
import { replacingContract } from './replacing.contract.ts';
import type { ReportStore } from './report-store.ts';
import { sealingContract } from './sealing.contract.ts';

/** What an adapter gives the suite: a fresh, prepared store that several instances can open at once. */
export type StoreUnderTest = { open: () => ReportStore; drop: () => Promise<void> };

/** The behaviour that every adapter of the ReportStore port must show on its real engine. */
export function reportStoreContract(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`${name}: a report store`, () => {
    let under: StoreUnderTest;
    // Filled before the first test: the parts of the suite are collected earlier.
    const stores = {} as Stores;
    beforeAll(async () => {
      under = await make();
      stores.store = under.open();
      stores.other = under.open();
    });
    afterAll(async () => {
      await stores.store.close();
      await stores.other.close();
      await under.drop();
    });

    test('is there', async () => {
      await expect(stores.store.ping()).resolves.toBeUndefined();
    });

    replacingContract(stores);
    answersContract(stores);
    boundsContract(stores);
    sealingContract(stores);

    describe('knows its days', () => {
      test('of one site and generation in order, from and to included', async () => {
        const siteId = newSite();
        const days = ['2026-03-31', '2026-03-29', '2026-04-01', '2026-03-30'];
        await stores.store.replaceVisitorDays(days.map((day) => visitorDay(siteId, { day })));
        await stores.store.replaceVisitorDays([
          visitorDay(siteId, { generation: 2, day: '2026-05-01' }),
          visitorDay(newSite(), { day: '2026-05-02' }),
        ]);
        const between = async (from: string | null, to: string | null) =>
          (await stores.store.read((reader) => reader.dayStates(siteId, 1, from, to))).map(({ day }) => day);
        expect(await between(null, null)).toEqual(days.toSorted());
        expect(await between('2026-03-30', '2026-03-31')).toEqual(['2026-03-30', '2026-03-31']);
        expect(await between('2026-03-31', null)).toEqual(['2026-03-31', '2026-04-01']);
        expect(await between(null, '2026-03-29')).toEqual(['2026-03-29']);
        expect(await readStates(stores.store, siteId, 2)).toMatchObject([
          { generation: 2, day: '2026-05-01' },
        ]);
      });

      test('that wait to be sealed: sites take turns, the latest month of each first, up to a day and a number', async () => {
        // Days before those of all other cases.
        const [a, b] = [newSite(), newSite()].sort() as [string, string];
        await stores.store.replaceVisitorDays([
          visitorDay(b, { day: '1999-02-03' }),
          visitorDay(a, { day: '1999-02-02' }),
          visitorDay(b, { day: '1999-01-09' }),
          visitorDay(b, { day: '1999-01-01' }),
          visitorDay(b, { day: '1998-12-24' }),
          visitorDay(a, { day: '1999-02-04' }),
        ]);
        const open = async (latest: string, limit = 10, from?: string) =>
          (await stores.store.staleDays(latest, limit, from)).map(({ siteId, day }) => [siteId, day]);
        expect(await open('1999-02-03')).toEqual([
          [a, '1999-02-02'],
          [b, '1999-02-03'],
          [b, '1999-01-01'],
          [b, '1999-01-09'],
          [b, '1998-12-24'],
        ]);
        // A site with much to seal hides none.
        expect(await open('1999-02-03', 2)).toEqual([
          [a, '1999-02-02'],
          [b, '1999-02-03'],
        ]);
        expect(await open('1999-02-03', 10, '1999-01-09')).toEqual([
          [a, '1999-02-02'],
          [b, '1999-02-03'],
          [b, '1999-01-09'],
        ]);
        expect(await stores.store.staleDays('1998-12-24', 1)).toEqual([
          await readState(stores.store, b, '1998-12-24'),
        ]);
        await sealDay(stores.store, await readState(stores.store, b, '1998-12-24'), []);
        expect(await open('1998-12-31')).toEqual([]);
        await stores.store.touchDays([{ siteId: b, generation: 1, day: '1998-12-24', receivedAt: 1 }]);
        expect(await open('1998-12-31')).toEqual([[b, '1998-12-24']]);
      });
    });

    test('deletes the months of a site before one, sealed and open, in all generations, and nothing else', async () => {
      const [siteId, stranger] = [newSite(), newSite()];
      const days = ['2026-01-31', '2026-02-01', '2026-03-01'];
      for (const id of [siteId, stranger])
        for (const generation of [1, 2])
          await stores.store.replaceVisitorDays(days.map((day) => visitorDay(id, { generation, day })));
      for (const day of days.slice(0, 2))
        await sealDay(stores.store, await readState(stores.store, siteId, day), [[fact()]]);
      for (const _ of [1, 2]) {
        await stores.store.deleteBefore(siteId, '2026-02');
        for (const generation of [1, 2]) {
          const left = await readStates(stores.store, siteId, generation);
          expect(left.map(({ day }) => day)).toEqual(['2026-02-01', '2026-03-01']);
        }
        const all = [{ from: '2026-01-01', to: '2026-12-31' }];
        // Sealed and open days may come in rows of their own.
        const rows = await ask(stores.store, totals(siteId, { days: all }));
        expect(rows.reduce((sum, { counts }) => sum + (counts.visitors ?? 0), 0)).toBe(2);
        expect(await readStates(stores.store, stranger)).toHaveLength(3);
      }
    });

    test('deletes all of a site and nothing of another', async () => {
      const [gone, kept] = [newSite(), newSite()];
      for (const siteId of [gone, kept]) {
        await stores.store.replaceVisitorDays([visitorDay(siteId), visitorDay(siteId, { generation: 2 })]);
        await sealDay(stores.store, await readState(stores.store, siteId), [[fact()]]);
      }
      await stores.store.deleteSite(gone);
      for (const generation of [1, 2]) {
        expect(await readStates(stores.store, gone, generation)).toEqual([]);
        expect(await ask(stores.store, totals(gone, { generation }))).toEqual([]);
        expect(await ask(stores.store, totals(kept, { generation }))).toHaveLength(1);
      }
      expect(await ask(stores.store, rolledUp(gone))).toEqual([]);
      expect(await ask(stores.store, rolledUp(kept))).toHaveLength(1);
      expect(await readState(stores.store, kept)).toMatchObject({ siteId: kept });
    });

    test('deletes one generation of a site, sealed and open days alike, and no other', async () => {
      const siteId = newSite();
      const open = '2026-03-30';
      for (const generation of [1, 2]) {
        await stores.store.replaceVisitorDays([
          visitorDay(siteId, { generation }),
          visitorDay(siteId, { generation, day: open }),
        ]);
        const [state] = await readStates(stores.store, siteId, generation);
        if (state !== undefined) await sealDay(stores.store, state, [[fact()]]);
      }
      const days = [{ from: '2026-03-29', to: open }];
      for (const again of [1, 2]) {
        await stores.store.deleteGeneration(siteId, 1);
        expect(await readStates(stores.store, siteId, 1), String(again)).toEqual([]);
        expect(await ask(stores.store, totals(siteId, { days }))).toEqual([]);
        expect(await ask(stores.store, rolledUp(siteId))).toEqual([]);
      }
      expect(await readStates(stores.store, siteId, 2)).toHaveLength(2);
      expect(comparable(await ask(stores.store, totals(siteId, { days, generation: 2 })))).toEqual(
        comparable([row([], { visitors: 2, visits: 2, events: 2 })]),
      );
    });
  });
}
