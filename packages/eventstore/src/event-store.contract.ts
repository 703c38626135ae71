import type { StoredEvent } from '@footfall/core/stored-event';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventStore, EventToPut } from './event-store.ts';

/** What an adapter gives the suite: a fresh, prepared store that several instances can open at once. */
export type StoreUnderTest = { open: () => EventStore; drop: () => Promise<void> };

let sites = 0;
/** Cases share one store, each on a site of its own. */
const newSite = () => {
  sites += 1;
  return `site_${sites}`;
};

const put = (
  siteId: string,
  id: string,
  more: Partial<StoredEvent['raw']> = {},
  origin = `events/0/${id}/0`,
): EventToPut => ({
  event: storedEvent({ siteId, id, visitor: 'v1', occurredAt: 1_000, ...more }),
  origin,
});
const DAY = { from: 0, to: 86_400_000 };

async function idsOf(store: EventStore, siteId: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const chunk of store.scanSite(siteId, DAY)) ids.push(...chunk.map(({ raw }) => raw.id));
  return ids.sort();
}

/** The behaviour that every adapter of the EventStore port must show on its real engine. */
export function eventStoreContract(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`${name}: an event store`, () => {
    let under: StoreUnderTest;
    let store: EventStore;
    let other: EventStore;

    beforeAll(async () => {
      under = await make();
      store = under.open();
      other = under.open();
    });
    afterAll(async () => {
      await Promise.all([store.close(), other.close()]);
      await under.drop();
    });

    test('gives back an event as it was put, odd text and all', async () => {
      const site = newSite();
      const odd = `ä"'\\\n\u2028😀%_${'x'.repeat(3_000)}`;
      const { event, origin } = put(site, 'not a uuid 😀', {
        title: odd,
        props: { [odd.slice(0, 20)]: odd },
        revenue: { amount: '12.30', currency: 'EUR' },
      });
      await store.put([{ event, origin }]);
      expect(await other.readVisitors([{ siteId: site, visitor: 'v1', ...DAY }])).toEqual([[event]]);
    });

    test('the first of an id stands; a repeat from elsewhere is a duplicate, whoever it comes as', async () => {
      const site = newSite();
      expect(await store.put([put(site, 'a', {}, 'o/1')])).toEqual(['stored']);
      expect(await store.put([put(site, 'a', { visitor: 'v2' }, 'o/2'), put(site, 'b', {}, 'o/3')])).toEqual([
        'duplicate',
        'stored',
      ]);
      const [events] = await store.readVisitors([{ siteId: site, visitor: 'v1', ...DAY }]);
      expect(events?.map(({ raw }) => raw.id).sort()).toEqual(['a', 'b']);
    });

    test('the same origin again is the same event, not a duplicate', async () => {
      const site = newSite();
      const batch = [put(site, 'a'), put(site, 'b')];
      expect(await store.put(batch)).toEqual(['stored', 'stored']);
      expect(await other.put(batch)).toEqual(['stored', 'stored']);
      expect(await idsOf(store, site)).toEqual(['a', 'b']);
    });

    test('an id twice in one put is stored once', async () => {
      const site = newSite();
      expect(await store.put([put(site, 'a', {}, 'o/1'), put(site, 'a', {}, 'o/2')])).toEqual([
        'stored',
        'duplicate',
      ]);
    });

    test('sites do not share ids', async () => {
      const [one, two] = [newSite(), newSite()];
      expect(await store.put([put(one, 'a'), put(two, 'a')])).toEqual(['stored', 'stored']);
    });

    test('of two that put the same id at once, exactly one stores it', async () => {
      const site = newSite();
      const ids = Array.from({ length: 200 }, (_, n) => `e${n}`);
      const [one, two] = await Promise.all([
        store.put(ids.map((id) => put(site, id, {}, `one/${id}`))),
        other.put(ids.toReversed().map((id) => put(site, id, {}, `two/${id}`))),
      ]);
      const stored = [...one, ...two].filter((outcome) => outcome === 'stored');
      expect(stored).toHaveLength(200);
    });

    test('however the log is cut and redelivered, each origin keeps its outcome', async () => {
      const letters = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 12 });
      const cuts = fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { maxLength: 5 });
      await fc.assert(
        fc.asyncProperty(letters, cuts, async (ids, pieces) => {
          const site = newSite();
          const log = ids.map((id, n) => put(site, id, {}, `o/${n}`));
          const first = await store.put(log);
          expect(first).toEqual(ids.map((id, n) => (ids.indexOf(id) === n ? 'stored' : 'duplicate')));
          for (const [start, length] of pieces) {
            expect(await store.put(log.slice(start, start + length))).toEqual(
              first.slice(start, start + length),
            );
          }
        }),
        { numRuns: 15 },
      );
    });

    test('reads each visitor in its own span, the beginning in, the end out', async () => {
      const site = newSite();
      await store.put([0, 10, 20].map((occurredAt) => put(site, `e${occurredAt}`, { occurredAt })));
      await store.put([put(site, 'x', { visitor: 'v2', occurredAt: 10 })]);
      const read = await store.readVisitors([
        { siteId: site, visitor: 'v1', from: 0, to: 20 },
        { siteId: site, visitor: 'v3', from: 0, to: 20 },
        { siteId: site, visitor: 'v2', from: 0, to: 20 },
      ]);
      expect(read.map((events) => events.map(({ raw }) => raw.id).sort())).toEqual([
        ['e0', 'e10'],
        [],
        ['x'],
      ]);
    });

    test('scans a site in chunks that never split a visitor', async () => {
      const site = newSite();
      const events = Array.from({ length: 7_000 }, (_, n) =>
        put(site, `e${n}`, { visitor: `v${n % 7}`, occurredAt: n }),
      );
      await store.put(events);
      const seen = new Set<string>();
      let count = 0;
      for await (const chunk of store.scanSite(site, { from: 0, to: 6_999 })) {
        const visitors = new Set(chunk.map(({ raw }) => raw.visitor));
        for (const visitor of visitors) expect(seen.has(visitor)).toBe(false);
        for (const visitor of visitors) seen.add(visitor);
        count += chunk.length;
      }
      expect([seen.size, count]).toEqual([7, 6_999]);
    });

    test('deletes a visitor and a site, and nothing else', async () => {
      const [one, two] = [newSite(), newSite()];
      await store.put([put(one, 'a'), put(one, 'b', { visitor: 'v2' }), put(two, 'c')]);
      expect(await store.deleteVisitor(one, 'v1', DAY)).toBe(1);
      expect(await idsOf(store, one)).toEqual(['b']);
      expect(await store.deleteSite(one)).toBe(1);
      expect([await idsOf(store, one), await idsOf(store, two)]).toEqual([[], ['c']]);
    });
  });
}
