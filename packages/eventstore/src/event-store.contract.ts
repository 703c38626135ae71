import { Failure } from '@footfall/core/failure';
import type { StoredEvent } from '@footfall/core/stored-event';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventStore, EventToPut, PutOutcome } from './event-store.ts';

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

async function readIds(store: EventStore, siteId: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const chunk of store.scanSite(siteId, DAY)) ids.push(...chunk.map(({ raw }) => raw.id));
  return ids.sort();
}

/** Puts as processors do: a store that has no time for it, as Cassandra with many who decide about one row, is asked again. */
async function putUntilDone(store: EventStore, log: readonly EventToPut[], tries = 5): Promise<PutOutcome[]> {
  try {
    return await store.put(log);
  } catch (error) {
    if (tries <= 1 || !(error instanceof Failure) || !error.retriable) throw error;
    return putUntilDone(store, log, tries - 1);
  }
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

    test.each([
      ['emoji, quotes and line breaks', `ä"'\\\n\u2028😀%_${'x'.repeat(3_000)}`],
      ['NUL, which Postgres refuses in text', 'a\0b'],
      ['half a surrogate pair, which UTF-8 refuses', 'a\ud800b'],
      ['nothing', ''],
    ])('gives back an event as it was put: %s', async (_name, odd) => {
      const site = newSite();
      const visitor = `v${odd}`;
      const { event, origin } = put(site, `id ${odd}`, {
        visitor,
        title: odd,
        props: { [odd.slice(0, 20)]: odd },
        revenue: { amount: '12.30', currency: 'EUR' },
        screen: [390, 844],
        receivedAt: 2_345,
      });
      event.derived.page = odd;
      expect(await store.put([{ event, origin }])).toEqual(['stored']);
      expect(await other.put([{ event, origin }])).toEqual(['stored']);
      expect(await other.readVisitors([{ siteId: site, visitor, ...DAY }])).toEqual([[event]]);
      const scanned: StoredEvent[] = [];
      for await (const chunk of store.scanSite(site, DAY)) scanned.push(...chunk);
      expect(scanned).toEqual([event]);
      expect(await store.deleteVisitor(site, visitor, DAY)).toBe(1);
    });

    test('an id may be a UUID or any other text; one that differs by its case is another', async () => {
      const site = newSite();
      const ids = [
        '0199c2f0-0000-7000-8000-00000000abcd',
        '0199C2F0-0000-7000-8000-00000000ABCD',
        'order 7',
        '😀',
      ];
      expect(await store.put(ids.map((id) => put(site, id)))).toEqual(ids.map(() => 'stored'));
      expect(await readIds(store, site)).toEqual(ids.toSorted());
    });

    test('an event whose envelope comes as text too is the same event', async () => {
      const site = newSite();
      const visitors = ['v1', 'v2', 'v3'];
      const puts = visitors.map((visitor) => {
        const { event, origin } = put(site, visitor, { visitor, title: 'ä\0\ud800😀"', props: { a: 'b' } });
        return { event, origin, rawText: JSON.stringify(event.raw, null, 1) };
      });
      expect(await store.put(puts)).toEqual(['stored', 'stored', 'stored']);
      const keys = visitors.map((visitor) => ({ siteId: site, visitor, ...DAY }));
      expect(await other.readVisitors(keys)).toEqual(puts.map(({ event }) => [event]));
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
      expect(await readIds(store, site)).toEqual(['a', 'b']);
    });

    test('an id twice in one put is stored once', async () => {
      const site = newSite();
      expect(await store.put([put(site, 'a', {}, 'o/1'), put(site, 'a', {}, 'o/2')])).toEqual([
        'stored',
        'duplicate',
      ]);
    });

    test('many that redeliver and overlap at once agree on who stored what', async () => {
      const sites = [newSite(), newSite()];
      const log = Array.from({ length: 300 }, (_, n) => put(sites[n % 2] ?? '', `e${n % 90}`, {}, `o/${n}`));
      const whole = await Promise.all(
        [0, 1, 2, 3, 4, 5].map((writer) =>
          (writer % 2 === 0 ? store : other).put(writer < 3 ? log : log.toReversed()),
        ),
      );
      const outcomes = whole.map((list, writer) => (writer < 3 ? list : list.toReversed()));
      const final = await store.put(log);
      expect(final.filter((outcome) => outcome === 'stored')).toHaveLength(90);
      // Whoever stored it, all were told the same of the same origin.
      for (const list of outcomes) expect(list).toEqual(final);
    });

    test('sites do not share ids', async () => {
      const [one, two] = [newSite(), newSite()];
      const [ofOne, ofTwo] = [put(one, 'a', {}, 'o/1'), put(two, 'a', {}, 'o/1')];
      expect(await store.put([ofOne, ofTwo])).toEqual(['stored', 'stored']);
      expect(await readIds(store, one)).toEqual(['a']);
    });

    test('of two that put the same id at once, exactly one stores it', async () => {
      const site = newSite();
      const ids = Array.from({ length: 200 }, (_, n) => `e${n}`);
      const [one, two] = await Promise.all([
        store.put(ids.map((id) => put(site, id, {}, `one/${id}`))),
        other.put(ids.toReversed().map((id) => put(site, id, {}, `two/${id}`))),
      ]);
      expect(two.toReversed()).toEqual(one.map((outcome) => (outcome === 'stored' ? 'duplicate' : 'stored')));
      expect(await readIds(store, site)).toEqual(ids.toSorted());
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

    describe('an order number', () => {
      const purchase = (site: string, id: string, more: Partial<StoredEvent['raw']> = {}, origin?: string) =>
        put(site, id, { name: 'purchase', order: 'A-1', ...more }, origin);

      test('counts once in a site, whoever names it and whenever', async () => {
        const site = newSite();
        expect(await store.put([purchase(site, 'a')])).toEqual(['stored']);
        const repeats = [
          purchase(site, 'b', { visitor: 'v2' }),
          purchase(site, 'c', { occurredAt: 30 * DAY.to }),
          purchase(site, 'd', { order: 'A-2' }),
          purchase(site, 'e', { order: 'A-2', visitor: 'v3' }),
          put(site, 'f', { name: 'refund', order: 'A-1' }),
          purchase(site, 'g', { order: 'a-1' }),
        ];
        const outcomes = ['duplicate', 'duplicate', 'stored', 'duplicate', 'stored', 'stored'];
        expect(await other.put(repeats)).toEqual(outcomes);
        expect(await store.put(repeats)).toEqual(outcomes);
        expect(await store.put([purchase(site, 'a')])).toEqual(['stored']);
        expect(await readIds(store, site)).toEqual(['a', 'd', 'f', 'g']);
        expect(await store.put([purchase(newSite(), 'a', {}, 'o/elsewhere')])).toEqual(['stored']);
      });

      test('of many that name it at once, exactly one is stored, and each is told the same again', async () => {
        const site = newSite();
        const log = Array.from({ length: 120 }, (_, n) =>
          purchase(site, `e${n}`, { order: `A-${n % 40}`, visitor: `v${n % 7}`, occurredAt: n * DAY.to }),
        );
        const parts = [log.slice(0, 60), log.slice(60), log.slice(30, 90).toReversed(), log.toReversed()];
        await Promise.all(parts.map((part, n) => putUntilDone(n % 2 === 0 ? store : other, part)));
        const outcomes = await putUntilDone(store, log);
        const stored = log.filter((_, n) => outcomes[n] === 'stored');
        expect(stored.map(({ event }) => event.raw.order).sort()).toEqual(
          Array.from({ length: 40 }, (_, n) => `A-${n}`).sort(),
        );
        expect(await other.put(log)).toEqual(outcomes);
        const ids: string[] = [];
        for await (const chunk of store.scanSite(site, { from: 0, to: 200 * DAY.to }))
          ids.push(...chunk.map(({ raw }) => raw.id));
        expect(ids.sort()).toEqual(stored.map(({ event }) => event.raw.id).sort());
      });

      test('is not taken by an event whose id was there already', async () => {
        const site = newSite();
        expect(await store.put([put(site, 'a')])).toEqual(['stored']);
        expect(await store.put([purchase(site, 'a', {}, 'o/again')])).toEqual(['duplicate']);
        expect(await store.put([purchase(site, 'b')])).toEqual(['stored']);
      });

      test('is free again when its event is deleted, by visitor or with the site', async () => {
        const site = newSite();
        await store.put([purchase(site, 'a'), purchase(site, 'b', { order: 'A-2', visitor: 'v2' })]);
        expect(await store.deleteVisitor(site, 'v1', DAY)).toBe(1);
        expect(
          await other.put([
            purchase(site, 'c', { visitor: 'v3' }),
            purchase(site, 'd', { order: 'A-2', visitor: 'v3' }),
          ]),
        ).toEqual(['stored', 'duplicate']);
        expect(await store.deleteSite(site)).toBe(2);
        expect(await other.put([purchase(site, 'e', { order: 'A-2' })])).toEqual(['stored']);
      });
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

    test('a span may be as wide as time itself, and a visitor may be asked for twice', async () => {
      const site = newSite();
      const times = [-400 * DAY.to, -1, 0, DAY.to - 1, DAY.to, 20_000 * DAY.to];
      await store.put(times.map((occurredAt) => put(site, `e${occurredAt}`, { occurredAt })));
      const wide = { siteId: site, visitor: 'v1', from: -1e15, to: 1e15 };
      const read = await store.readVisitors([wide, { ...wide, ...DAY }, wide]);
      expect(read.map((events) => events.map(({ raw }) => raw.occurredAt).sort((a, b) => a - b))).toEqual([
        times,
        [0, DAY.to - 1],
        times,
      ]);
      expect(await store.readVisitors([{ ...wide, siteId: 'site_unheard_of' }])).toEqual([[]]);
      expect(await store.readVisitors([])).toEqual([]);
    });

    test('of a visitor with many events, so many as are asked for: the first by time, whatever order they came in', async () => {
      const site = newSite();
      const times = [7, 3, 9, 1, 5, 1, 8, DAY.to - 1].map((occurredAt, n) =>
        put(site, `e${n}`, { occurredAt: occurredAt * 1_000 > DAY.to ? occurredAt : occurredAt * 1_000 }),
      );
      await store.put([...times, put(site, 'x', { visitor: 'v2', occurredAt: 4 })]);
      const at = (events: readonly StoredEvent[]) =>
        events.map(({ raw }) => raw.occurredAt).sort((a, b) => a - b);
      const keys = ['v1', 'v2', 'v3'].map((visitor) => ({ siteId: site, visitor, ...DAY }));
      expect((await store.readVisitors(keys, 4)).map(at)).toEqual([[1_000, 1_000, 3_000, 5_000], [4], []]);
      const once = await store.readVisitors(keys, 1);
      expect(await store.readVisitors(keys, 1)).toEqual(once);
      const scanned: StoredEvent[] = [];
      for await (const chunk of store.scanSite(site, DAY, 4)) scanned.push(...chunk);
      expect(at(scanned)).toEqual([4, 1_000, 1_000, 3_000, 5_000]);
    });

    test('scans a site in chunks that never split a visitor, whatever the number of their events and days', async () => {
      const site = newSite();
      const [visitors, size] = [40, 12_000];
      // The first visitor alone has more events than any chunk should hold; each is there on several days.
      const visitorName = (n: number) => (n < 6_000 ? 'v0' : `v${n % visitors}`);
      const eventTime = (n: number) => n * 40_000;
      const events = Array.from({ length: size }, (_, n) =>
        put(site, `e${n}`, { visitor: visitorName(n), occurredAt: eventTime(n) }),
      );
      for (let n = 0; n < size; n += 3_000) await store.put(events.slice(n, n + 3_000));
      await store.put([put(newSite(), 'elsewhere')]);
      const seen = new Set<string>();
      const ids = new Set<string>();
      let chunks = 0;
      for await (const chunk of store.scanSite(site, { from: eventTime(1), to: eventTime(size - 1) })) {
        const here = new Set(chunk.map(({ raw }) => raw.visitor));
        for (const visitor of here) expect(seen).not.toContain(visitor);
        for (const visitor of here) seen.add(visitor);
        for (const { raw } of chunk) ids.add(raw.id);
        chunks += 1;
      }
      expect([seen.size, ids.size]).toEqual([visitors, size - 2]);
      expect(chunks).toBeGreaterThan(1);
    });

    test('a site without events in the span has no chunks', async () => {
      const site = newSite();
      await store.put([put(site, 'a', { occurredAt: DAY.to })]);
      expect(await readIds(store, site)).toEqual([]);
      expect(await readIds(store, 'site_unheard_of')).toEqual([]);
    });

    test('what many say alike comes back to each as it said it, whoever reads it', async () => {
      const site = newSite();
      const visitors = ['v1', 'v2', 'v3'];
      const events = visitors.flatMap((visitor, n) =>
        [0, 1].map((again) =>
          put(site, `${visitor} ${again}`, {
            visitor,
            name: 'purchase',
            title: `Mug\0 ${again}`,
            url: `https://shop.example/mug?utm_source=mail&n=${n}`,
            userAgent: 'Agent \ud800',
            screen: [390, 844],
            lang: 'de-DE',
            props: { plan: 'pro', own: visitor },
            items: [{ sku: 'S1', name: 'Mug', price: '6.17', quantity: 2 }],
            ip: '192.0.2.0',
          }),
        ),
      );
      for (const event of events) await store.put([event]);
      const keys = visitors.map((visitor) => ({ siteId: site, visitor, ...DAY }));
      const expected = visitors.map((visitor) =>
        events.map(({ event }) => event).filter(({ raw }) => raw.visitor === visitor),
      );
      for (const reader of [store, other]) {
        const read = await reader.readVisitors(keys);
        expect(read.map((own) => own.toSorted((a, b) => (a.raw.id < b.raw.id ? -1 : 1)))).toEqual(expected);
      }
    });

    test('tells the times of the first and the last event of a site', async () => {
      const site = newSite();
      expect(await store.span(site)).toBeNull();
      const times = [5 * DAY.to + 7, -DAY.to - 3, 5 * DAY.to + 6, 12, -DAY.to - 2];
      await store.put(times.map((occurredAt) => put(site, `e${occurredAt}`, { occurredAt })));
      await store.put([put(newSite(), 'elsewhere', { occurredAt: 9 * DAY.to })]);
      expect(await store.span(site)).toEqual({ from: -DAY.to - 3, to: 5 * DAY.to + 7 });
      await store.deleteSite(site);
      expect(await other.span(site)).toBeNull();
    });

    test('deletes single events by their places, once, and of no other site; their ids are free again', async () => {
      const [site, stranger] = [newSite(), newSite()];
      const puts = [0, 1, 2].map((n) => put(site, `e${n}`, { visitor: `v${n}`, occurredAt: n * DAY.to + 5 }));
      await store.put([...puts, put(stranger, 'e0', { visitor: 'v0', occurredAt: 5 })]);
      const places = puts.slice(0, 2).map(({ event: { raw } }) => raw);
      expect(await store.deleteEvents(site, [...places, { id: 'none', visitor: 'v', occurredAt: 7 }])).toBe(
        2,
      );
      expect(await other.deleteEvents(site, places)).toBe(0);
      expect(await other.span(site)).toEqual({ from: 2 * DAY.to + 5, to: 2 * DAY.to + 5 });
      expect(await other.span(stranger)).toEqual({ from: 5, to: 5 });
      expect(await store.deleteEvents(site, [])).toBe(0);
      const again = put(site, 'e0', { visitor: 'v9', occurredAt: 9 }, 'another/0');
      expect(await other.put([again])).toEqual(['stored']);
    });

    test('deletes the days before an instant, and not the day that it is in', async () => {
      const [site, stranger] = [newSite(), newSite()];
      const times = [-3 * DAY.to, 5, DAY.to - 1, DAY.to, DAY.to + 7, 4 * DAY.to];
      for (const id of [site, stranger])
        await store.put(times.map((occurredAt) => put(id, `e${occurredAt}`, { occurredAt })));
      expect(await store.deleteBefore(site, DAY.to + 6)).toBe(3);
      expect(await other.deleteBefore(site, DAY.to + 6)).toBe(0);
      expect(await other.span(site)).toEqual({ from: DAY.to, to: 4 * DAY.to });
      expect(await other.span(stranger)).toEqual({ from: -3 * DAY.to, to: 4 * DAY.to });
    });

    test('a site that was deleted comes again for everybody who knew it', async () => {
      const site = newSite();
      const interned = { title: 'Mug', userAgent: 'x' };
      for (const visitor of ['v1', 'v2', 'v3']) {
        await store.put([put(site, `before ${visitor}`, { visitor, ...interned })]);
        await other.put([put(site, `too ${visitor}`, { visitor, ...interned })]);
      }
      expect(await store.deleteSite(site)).toBe(6);
      expect(await other.put([put(site, 'after', { visitor: 'v3', ...interned })])).toEqual(['stored']);
      const again = put(site, 'again', { visitor: 'v4', ...interned });
      expect(await store.put([again])).toEqual(['stored']);
      expect(await readIds(store, site)).toEqual(['after', 'again']);
      expect(await other.readVisitors([{ siteId: site, visitor: 'v4', ...DAY }])).toEqual([[again.event]]);
    });

    test('deletes a visitor and a site, and nothing else', async () => {
      const [one, two] = [newSite(), newSite()];
      await store.put([put(one, 'a'), put(one, 'b', { visitor: 'v2' }), put(two, 'c')]);
      await store.put([put(one, 'later', { occurredAt: DAY.to })]);
      expect(await store.deleteVisitor(one, 'v1', DAY)).toBe(1);
      expect(await readIds(store, one)).toEqual(['b']);
      expect(await store.deleteVisitor(one, 'v1', { from: DAY.to, to: 2 * DAY.to })).toBe(1);
      expect(await store.deleteSite(one)).toBe(1);
      expect([await readIds(store, one), await readIds(store, two)]).toEqual([[], ['c']]);
      expect(await store.put([put(one, 'a', {}, 'o/again')])).toEqual(['stored']);
    });
  });
}
