import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Cluster, Row } from './cluster.ts';
import { openDayShards } from './day-shards.ts';
import { BEGIN_DAY, COUNT_DAY, FIND_DAY, FIND_DAY_BEFORE, FIND_DAYS, GROW_DAY } from './statements.ts';

const GROWTH = { capacity: 100, least: 1, factor: 2 };

type Day = { shards: number[]; counted: Record<string, bigint> };
const dayIn = (bytes: unknown) => (bytes as Buffer).readInt32BE();

/** The table of days, as the statements see it, for one owner. */
function fakeTable() {
  const days = new Map<number, Day>();
  const asked: string[] = [];
  const answers: Record<string, (params: unknown[]) => unknown> = {
    [FIND_DAY]: ([, day]) => [days.get(dayIn(day))],
    [FIND_DAYS]: ([, first, last]) =>
      [...days]
        .filter(([day]) => day >= dayIn(first) && day <= dayIn(last))
        .map(([day, row]) => ({ day, ...row })),
    [FIND_DAY_BEFORE]: ([, since, before]) =>
      [...days]
        .filter(([day]) => day >= dayIn(since) && day < dayIn(before))
        .map(([, row]) => row)
        .slice(-1),
    [BEGIN_DAY]: ([, day, shards]) => {
      const there = days.get(dayIn(day));
      if (there !== undefined) return [there];
      days.set(dayIn(day), { shards: shards as number[], counted: {} });
      return null;
    },
    [COUNT_DAY]: ([who, count, , day]) => {
      (days.get(dayIn(day)) as Day).counted[who as string] = count as bigint;
    },
    [GROW_DAY]: ([shards, , day, known]) => {
      const there = days.get(dayIn(day)) as Day;
      if (String(there.shards) !== String(known)) return [there];
      there.shards = shards as number[];
      return null;
    },
  };
  const answer = async (query: string, params: unknown[]) => {
    asked.push(query);
    return answers[query]?.(params);
  };
  const cluster = {
    rows: async (query: string, params: unknown[]) =>
      ((await answer(query, params)) as Row[]).filter(Boolean),
    write: (query: string, [params]: unknown[][]) => answer(query, params ?? []),
    decide: (query: string, [params]: unknown[][]) => answer(query, params ?? []),
  } as unknown as Cluster;
  return { cluster, days, asked, answers };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a segment is opened when the one before it was prepared, whoever else opens some at the same time', async () => {
  const { cluster, days } = fakeTable();
  const prepared: string[] = [];
  const shardsOf = openDayShards({
    cluster,
    growth: GROWTH,
    memory: 0,
    beforeGrowth: async (_day, shards) => {
      // Those that began early end late.
      for (let turn = 0; turn < 60 - 20 * shards.length; turn += 1) await Promise.resolve();
      prepared.push(String(shards));
    },
  });
  const day = await shardsOf.of('site', 7);
  const growing = [shardsOf.grow(day)];
  for (let n = 0; n < 8; n += 1) {
    for (let turn = 0; turn < 25; turn += 1) await Promise.resolve();
    growing.push(shardsOf.grow(day));
  }
  await Promise.all(growing);
  const { shards } = days.get(7) as Day;
  expect(shards.length).toBeGreaterThan(2);
  for (let length = 1; length < shards.length; length += 1) {
    expect(prepared).toContain(String(shards.slice(0, length)));
  }
});

test('a day that somebody has begun is taken as it is; a new one begins with what the last one needed', async () => {
  const { cluster, days } = fakeTable();
  days.set(3, { shards: [1, 2], counted: { one: 250n, other: 60n } });
  days.set(9, { shards: [8], counted: {} });
  const shardsOf = openDayShards({ cluster, growth: GROWTH, memory: 0 });
  expect((await shardsOf.of('site', 9)).shards).toEqual([8]);
  expect((await shardsOf.of('site', 4)).shards).toEqual([4]);
  // Too long ago.
  expect((await shardsOf.of('site', 12)).shards).toEqual([1]);
  const both = await Promise.all([shardsOf.of('site', 20), shardsOf.of('site', 20)]);
  expect(both[0]).toBe(both[1]);
});

test('readers ask again when what they know is old, and for days that they know nothing of', async () => {
  const { cluster, days, asked } = fakeTable();
  const reader = openDayShards({ cluster, growth: GROWTH, memory: 1_000 });
  days.set(1, { shards: [1], counted: {} });
  const look = async () => (await reader.between('site', 1, 1)).map(({ shards }) => shards);
  expect(await look()).toEqual([[1]]);
  days.set(1, { shards: [1, 2], counted: {} });
  vi.advanceTimersByTime(999);
  expect(await look()).toEqual([[1]]);
  vi.advanceTimersByTime(1);
  expect(await look()).toEqual([[1, 2]]);
  expect(await reader.between('site', 2, 2)).toEqual([]);
  days.set(2, { shards: [1], counted: {} });
  expect(await reader.between('site', 1, 2)).toHaveLength(2);
  const before = asked.length;
  expect(await reader.between('site', 1, 2)).toHaveLength(2);
  expect(asked.length).toBe(before);
});

test('writers use a new segment when all readers must have heard of it', async () => {
  const { cluster, days } = fakeTable();
  const writer = openDayShards({ cluster, growth: GROWTH, memory: 1_000 });
  const day = await writer.of('site', 1);
  expect(writer.currentSegment(day)).toBe(0);
  await writer.grow(day);
  expect([day.shards, writer.currentSegment(day)]).toEqual([[1, 2], 0]);
  vi.advanceTimersByTime(1_100);
  expect(writer.currentSegment(day)).toBe(0);
  vi.advanceTimersByTime(1);
  expect(writer.currentSegment(day)).toBe(1);
  // Who comes later cannot tell how long it has been there.
  const late = openDayShards({ cluster, growth: GROWTH, memory: 1_000 });
  const same = await late.of('site', 1);
  expect([same.shards, late.currentSegment(same)]).toEqual([[1, 2], 0]);
  days.set(2, { shards: [8], counted: {} });
  expect(late.currentSegment(await late.of('site', 2))).toBe(0);
});

test('what processes have written is added up, and a day grows when it is full; a failure is made good by the next count', async () => {
  const { cluster, days, answers } = fakeTable();
  const [one, other] = [0, 1].map(() => openDayShards({ cluster, growth: GROWTH, memory: 0 }));
  if (one === undefined || other === undefined) throw new Error('two are opened');
  const [day, same] = [await one.of('site', 1), await other.of('site', 1)];
  one.count(day, 9);
  await one.idle();
  expect(days.get(1)?.counted).toEqual({});
  const tell = answers[COUNT_DAY];
  answers[COUNT_DAY] = () => Promise.reject(new Error('away'));
  one.count(day, 41);
  await one.idle();
  expect(days.get(1)?.counted).toEqual({});
  answers[COUNT_DAY] = tell as (params: unknown[]) => unknown;
  one.count(day, 10);
  await one.idle();
  expect(Object.values(days.get(1)?.counted ?? {})).toEqual([60n]);
  expect(day.shards).toEqual([1]);
  other.count(same, 40);
  await other.idle();
  expect(days.get(1)?.shards).toEqual([1, 2]);
  expect(same.shards).toEqual([1, 2]);
});
