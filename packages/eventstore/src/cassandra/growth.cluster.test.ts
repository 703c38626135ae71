import { storedEvent } from '@footfall/core/stored-event.fixture';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventStore, EventToPut } from '../event-store.ts';
import { openCassandraStore } from './cassandra-store.ts';
import { type FreshKeyspace, freshKeyspace } from './keyspace.fixture.ts';

/** Partitions so small that a day outgrows them several times within a test. */
const TINY = { events: 40, ids: 30, memory: 0 };
const DAY = { from: 0, to: 86_400_000 };

let space: FreshKeyspace;
let stores: EventStore[];

beforeAll(async () => {
  space = await freshKeyspace();
  stores = Array.from({ length: 3 }, () => openCassandraStore(space.url, { name: 'test', tuning: TINY }));
});
afterAll(async () => {
  for (const store of stores) await store.close();
  await space.drop();
});

const put = (siteId: string, n: number, origin: string): EventToPut => ({
  // A visitor has several events, and comes back as another one in every seventh.
  event: storedEvent({
    siteId,
    id: `e${n}`,
    visitor: `v${n % 50}${origin.length % 7 === 0 ? 'x' : ''}`,
    occurredAt: n,
  }),
  origin,
});

async function readIds(store: EventStore, siteId: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const chunk of store.scanSite(siteId, DAY)) ids.push(...chunk.map(({ raw }) => raw.id));
  return ids;
}

async function readShards(owner: string, day: number): Promise<number[]> {
  const { rows } = await space.client.execute(
    `SELECT shards FROM ${space.keyspace}.day_shards WHERE owner = ? AND day = ?`,
    [owner, day],
    { prepare: true },
  );
  return rows[0]?.shards as number[];
}

const inTens = (items: readonly EventToPut[]) =>
  Array.from({ length: Math.ceil(items.length / 10) }, (_, n) => items.slice(n * 10, n * 10 + 10));

test('a day that outgrows its partitions while three write to it keeps each id once, and all of it is found', async () => {
  const size = 600;
  // All ids come three times, from places in the log of their own, each time to another store and in another order.
  const logs = stores.map((_, who) => {
    const log = Array.from({ length: size }, (_, n) => put('busy', n, `${'o'.repeat(who + 5)}/${n}`));
    return who === 1 ? log.reverse() : log;
  });
  const outcomes = await Promise.all(
    stores.map(async (store, who) => {
      const all = [];
      for (const some of inTens(logs[who] ?? [])) all.push(...(await store.put(some)));
      return all;
    }),
  );
  const stored = logs.flatMap((log, who) => log.filter((_, n) => outcomes[who]?.[n] === 'stored'));
  expect(stored.map(({ event }) => event.raw.id).sort()).toEqual(
    Array.from({ length: size }, (_, n) => `e${n}`).sort(),
  );
  // Several times, while the others still went by what they knew.
  expect((await readShards('busy', 0)).length).toBeGreaterThan(1);
  expect((await readShards('\u0001ids', 0)).length).toBeGreaterThan(2);

  for (const [who, store] of stores.entries()) {
    for (const some of inTens(logs[who] ?? [])) {
      const again = await store.put(some);
      expect(again).toEqual(some.map((one) => outcomes[who]?.[logs[who]?.indexOf(one) ?? -1]));
    }
  }
  const fresh = openCassandraStore(space.url, { name: 'test' });
  expect((await readIds(fresh, 'busy')).sort()).toEqual(stored.map(({ event }) => event.raw.id).sort());
  const visitors = [...new Set(stored.map(({ event }) => event.raw.visitor))];
  const read = await fresh.readVisitors(visitors.map((visitor) => ({ siteId: 'busy', visitor, ...DAY })));
  for (const [n, visitor] of visitors.entries()) {
    const own = stored.filter(({ event }) => event.raw.visitor === visitor).map(({ event }) => event);
    expect(read[n]?.toSorted((a, b) => a.raw.occurredAt - b.raw.occurredAt)).toEqual(
      own.toSorted((a, b) => a.raw.occurredAt - b.raw.occurredAt),
    );
  }
  expect(await fresh.span('busy')).toEqual({ from: 0, to: size - 1 });

  const [first] = visitors;
  const own = stored.filter(({ event }) => event.raw.visitor === first);
  expect(await fresh.deleteVisitor('busy', first ?? '', DAY)).toBe(own.length);
  expect(await fresh.deleteSite('busy')).toBe(size - own.length);
  expect(await readIds(fresh, 'busy')).toEqual([]);
  const later = Array.from({ length: size }, (_, n) => put('busy', n, `later/${n}`));
  expect(new Set(await fresh.put(later))).toEqual(new Set(['stored']));
  await fresh.close();
});

test('a day begins with the partitions that the day before has needed', async () => {
  const [store] = stores as [EventStore];
  const next = put('busy', 1, 'o/next');
  next.event.raw.occurredAt = DAY.to + 1;
  await store.put([next]);
  expect(await readShards('busy', 1)).toEqual([16]);
  expect((await readShards('\u0001ids', 1)).length).toBe(1);
  expect((await readShards('\u0001ids', 1))[0]).toBeGreaterThan(4);
  await store.put([put('calm', 1, 'o/calm')]);
  expect(await readShards('calm', 0)).toEqual([1]);
});

test('whoever closed the ids of a day and went away is helped by the next', async () => {
  const [, store] = stores as [EventStore, EventStore];
  const far = 500 * DAY.to;
  const at = (n: number, origin: string): EventToPut => ({
    event: storedEvent({ siteId: 'halfway', id: `e${n}`, occurredAt: far + n }),
    origin,
  });
  const first = Array.from({ length: 20 }, (_, n) => at(n, `o/${n}`));
  expect(new Set(await store.put(first))).toEqual(new Set(['stored']));
  for (const shard of [0, 2]) {
    await space.client.execute(
      `UPDATE ${space.keyspace}.event_ids SET closed = true WHERE day = 500 AND shard = ? IF closed = null`,
      [shard],
      { prepare: true },
    );
  }
  const second = Array.from({ length: 20 }, (_, n) => at(n + 10, `p/${n}`));
  expect(await store.put(second)).toEqual(second.map((_, n) => (n < 10 ? 'duplicate' : 'stored')));
  expect(await readShards('\u0001ids', 500)).toEqual([4, 8]);
  expect(new Set(await store.put(first))).toEqual(new Set(['stored']));
});
