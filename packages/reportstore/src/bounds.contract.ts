import { isDeepStrictEqual } from 'node:util';
import type {
  GroupBound,
  GroupKey,
  LongerBucket,
  PartQuery,
  PartRow,
  TopQuery,
} from '@footfall/core/part-query';
import { OTHER } from '@footfall/core/part-query';
import { bucketStart } from '@footfall/core/query/bucket';
import { moveDay } from '@footfall/core/query/day-move';
import { compareText } from '@footfall/core/query/order';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ask,
  DAY,
  newSite,
  RECEIVED,
  readState,
  type Stores,
  sealDay,
  sealThose,
  totals,
  visitorDay,
} from './contract.fixture.ts';
import { DAYS, fact, factQueries, rollUpQueries, visitorDays } from './facts.fixture.ts';
import { comparable } from './oracle.fixture.ts';

const sealedDays = fc.constantFrom<readonly string[]>([], DAYS, DAYS.slice(0, 3));

const PAGE: GroupKey = { kind: 'dimension', dimension: { kind: 'column', name: 'event:page' } };

type Longer = Pick<GroupKey & { kind: 'day' }, 'each' | 'move'>;

const longer = fc.record(
  {
    each: fc.constantFrom<LongerBucket>('week', 'sunday_week', 'saturday_week', 'month'),
    move: fc.oneof(
      fc.record({ unit: fc.constant('day' as const), count: fc.integer({ min: -40, max: 400 }) }),
      fc.constant({ unit: 'year' as const, count: 1 }),
    ),
  },
  { requiredKeys: [] },
);

/** Days of a question moved and by the week or month, where it groups by the day. */
function byLonger(query: PartQuery, each: Longer): PartQuery {
  const groupBy = query.groupBy.map((key): GroupKey => (key.kind === 'day' ? { ...key, ...each } : key));
  return { ...query, groupBy };
}

/** What a row of the whole answer is part of under a bound, said one by one. */
function expectedKey({ key }: PartRow, { groupBy }: PartQuery, alone: readonly (readonly string[])[] | null) {
  const longer = key.map((value, index) => {
    const group = groupBy[index];
    if (group?.kind !== 'day') return value;
    const day = group.move === undefined ? value : moveDay(value, group.move);
    return group.each === undefined ? day : bucketStart(day, group.each);
  });
  if (alone === null) return longer;
  const width = alone[0]?.length ?? 0;
  const isAlone = alone.some((one) => one.every((value, index) => value === longer[index]));
  if (isAlone && width > 0) return longer;
  return longer.map((value, index) => (groupBy[index]?.kind === 'dimension' ? OTHER : value));
}

const dimensionKeys: GroupKey[] = (['event:page', 'visit:source', 'visit:country'] as const).map((name) => ({
  kind: 'dimension',
  dimension: { kind: 'column', name },
}));

const firstGroups = fc.record({
  groupBy: fc.subarray(dimensionKeys, { minLength: 1 }),
  by: fc.constantFrom('visitors' as const, 'visits' as const, 'events' as const),
  count: fc.integer({ min: 1, max: 12 }),
  descending: fc.boolean(),
});

/** The first groups of all rows of a question, said one by one. */
function expectedFirst(rows: readonly PartRow[], { by, ties, count }: TopQuery['bound']): PartRow[] {
  const order = (a: PartRow, b: PartRow) => {
    const more = (b.counts[by] ?? 0) - (a.counts[by] ?? 0);
    const place = ties.find(({ index }) => a.key[index] !== b.key[index]);
    if (more !== 0 || place === undefined) return more;
    const text = compareText(a.key[place.index] ?? '', b.key[place.index] ?? '');
    return place.descending ? -text : text;
  };
  return [...rows].sort(order).slice(0, count + 1);
}

/** Bounds of questions: which groups are answered, and how many. */
export function boundsContract(stores: Stores): void {
  describe('groups that do not stand alone', () => {
    test('are added up, of open days and sealed ones, roll-ups and facts', async () => {
      await fc.assert(
        fc.asyncProperty(
          visitorDays('s'),
          sealedDays,
          fc.array(fc.oneof(factQueries('s'), rollUpQueries('s')), { minLength: 10, maxLength: 10 }),
          longer,
          async (days, sealed, queries, each) => {
            const siteId = newSite();
            const mine = days.map((day) => ({ ...day, siteId, receivedAt: RECEIVED }));
            await stores.store.replaceVisitorDays(mine);
            await sealThose(stores.store, { siteId, generation: 1, days: sealed }, mine);
            for (const asked of queries) {
              const query = byLonger({ ...asked, siteId }, each);
              if (query.groupBy.length === 0) continue;
              const whole = await ask(stores.store, { ...asked, siteId });
              const longer = whole.map((row) => ({ ...row, key: expectedKey(row, query, null) }));
              const text = JSON.stringify(query);
              expect(comparable(await ask(stores.store, query)), text).toEqual(comparable(longer));
              const keys = longer.slice(0, 2).map(({ key }) => key);
              const bound: GroupBound = { kind: 'only', keys };
              const expected = whole.map((row) => ({ ...row, key: expectedKey(row, query, keys) }));
              expect(comparable(await ask(stores.store, { ...query, bound })), text).toEqual(
                comparable(expected),
              );
              const only = longer.filter((row) => keys.some((key) => isDeepStrictEqual(key, row.key)));
              const leaveOut = { ...bound, leaveOut: true };
              expect(comparable(await ask(stores.store, { ...query, bound: leaveOut })), text).toEqual(
                comparable(only),
              );
            }
          },
        ),
        { numRuns: 10 },
      );
    }, 240_000);

    test.each([
      ['open', []],
      ['sealed', DAYS],
    ])(
      'are counted beside the first ones, %s',
      async (_, sealed) => {
        await fc.assert(
          fc.asyncProperty(
            visitorDays('s'),
            fc.array(firstGroups, { minLength: 8, maxLength: 8 }),
            async (days, asked) => {
              const siteId = newSite();
              const mine = days.map((day) => ({ ...day, siteId, generation: 1, receivedAt: RECEIVED }));
              const once = [...new Map(mine.map((day) => [`${day.day} ${day.visitor}`, day])).values()];
              await stores.store.replaceVisitorDays(once);
              await sealThose(stores.store, { siteId, generation: 1, days: sealed }, once);
              const range = [{ from: DAYS[0], to: DAYS[4] }];
              for (const { groupBy, by, count, descending } of asked) {
                for (const source of ['facts', 'rollUps'] as const) {
                  if (source === 'rollUps' && (sealed.length === 0 || groupBy.length > 1)) continue;
                  const whole = {
                    ...totals(siteId, { groupBy, parts: ['visitors', 'visits', 'events'], days: range }),
                    source,
                  } as PartQuery;
                  const ties = groupBy.map((_key, index) => ({ index, descending }));
                  const query = { ...whole, bound: { kind: 'largest', count, by, ties } } as TopQuery;
                  const all = await ask(stores.store, whole);
                  const first = await stores.store.read((reader) => reader.top(query));
                  const text = JSON.stringify(query);
                  expect(comparable(first?.rows ?? []), text).toEqual(
                    comparable(expectedFirst(all, query.bound)),
                  );
                  const live = all.filter(({ counts }) => (counts.events ?? 0) > 0).length;
                  if (all.length > 0) expect(first?.groups, text).toBe(live);
                }
              }
            },
          ),
          { numRuns: 8 },
        );
      },
      240_000,
    );

    test('are told by no first ones where open and sealed days are asked for at once', async () => {
      const siteId = newSite();
      const days = [visitorDay(siteId, { day: DAYS[0] }), visitorDay(siteId, { day: DAYS[1] })];
      await stores.store.replaceVisitorDays(days);
      await sealThose(stores.store, { siteId, generation: 1, days: [DAYS[0]] }, days);
      const range = [{ from: DAYS[0], to: DAYS[1] }];
      const query = {
        ...totals(siteId, { groupBy: [PAGE], days: range }),
        bound: { kind: 'largest', count: 1, by: 'events', ties: [] },
      } as TopQuery;
      expect(await stores.store.read((reader) => reader.top(query))).toBeNull();
    });

    test.each(['open', 'sealed'])(
      'are not handed over where the largest are asked for, %s',
      async (state) => {
        const siteId = newSite();
        const facts = Array.from({ length: 30 }, (_, page) =>
          Array.from({ length: page + 1 }, (_, n) =>
            fact({ page: `/${page}`, visit: page, eventId: `${page}-${n}` }),
          ),
        ).flat();
        await stores.store.replaceVisitorDays([visitorDay(siteId, { facts })]);
        if (state === 'sealed') await sealDay(stores.store, await readState(stores.store, siteId), [facts]);
        for (const source of ['facts', 'rollUps'] as const) {
          if (source === 'rollUps' && state === 'open') continue;
          const query = {
            ...totals(siteId, { groupBy: [PAGE], parts: ['visitors', 'events'] }),
            source,
          } as PartQuery;
          const bound: GroupBound = { kind: 'largest', count: 5, by: 'events' };
          const rows = await ask(stores.store, { ...query, bound });
          // One more than asked for, or some more where an engine hands over pages, says that there are others.
          expect(rows.length).toBeGreaterThan(5);
          expect(rows.length).toBeLessThanOrEqual(10);
          const pages = rows.map(({ key }) => key[0]);
          for (const page of ['/29', '/28', '/27', '/26', '/25']) expect(pages).toContain(page);
          const few: GroupBound = { kind: 'largest', count: 30, by: 'events' };
          expect(await ask(stores.store, { ...query, bound: few })).toHaveLength(30);
        }
      },
    );

    test('are told by all of their texts, however odd', async () => {
      const siteId = newSite();
      const odd = [`it's`, '{"a":[1]}', 'tab\t', '\\', '%', 'ÄÖ🛒', '(other)'];
      const facts = odd.flatMap((page, index) =>
        ['DE', 'FR'].map((country, n) => fact({ page, country, visit: index, eventId: `${index}-${n}` })),
      );
      await stores.store.replaceVisitorDays([visitorDay(siteId, { facts })]);
      const country: GroupKey = { kind: 'dimension', dimension: { kind: 'column', name: 'visit:country' } };
      const query = totals(siteId, { groupBy: [PAGE, country], parts: ['events'] });
      const keys = odd.slice(0, 6).map((page) => [page, 'DE']);
      const rows = await ask(stores.store, { ...query, bound: { kind: 'only', keys } });
      expect(comparable(rows)).toEqual(
        comparable([
          ...keys.map((key) => ({ key, counts: { events: 1 } })),
          { key: [OTHER, OTHER], counts: { events: 8 } },
        ]),
      );
    });
  });

  test('a reader whose work takes too long is told when it pauses', async () => {
    const siteId = newSite();
    await stores.store.replaceVisitorDays([visitorDay(siteId, { day: DAY })]);
    await stores.store.read(async (reader) => {
      await expect(reader.pause()).resolves.toBeUndefined();
    });
  });
}
