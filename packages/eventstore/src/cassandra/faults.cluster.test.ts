import { storedEvent } from '@footfall/core/stored-event.fixture';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventStore, EventToPut } from '../event-store.ts';
import { openEventStore } from '../open.ts';
import { type FreshKeyspace, freshKeyspace } from './keyspace.fixture.ts';

const DAY = { from: 0, to: 86_400_000 };

let space: FreshKeyspace;
let store: EventStore;
let other: EventStore;

beforeAll(async () => {
  space = await freshKeyspace();
  store = openEventStore(space.url, { name: 'test' });
  other = openEventStore(space.url, { name: 'test' });
});
afterAll(async () => {
  await Promise.all([store.close(), other.close()]);
  await space.drop();
});

const put = (siteId: string, id: string, origin: string, occurredAt = 1): EventToPut => ({
  event: storedEvent({ siteId, id, visitor: 'v1', occurredAt }),
  origin,
});

async function readIds(siteId: string): Promise<string[]> {
  const [events] = await store.readVisitors([{ siteId, visitor: 'v1', from: -1e15, to: 1e15 }]);
  return (events ?? []).map(({ raw }) => raw.id).sort();
}

test('a claim whose event was never written is healed by the redelivery, and by nothing else', async () => {
  const batch = [put('crashed', 'a', 'o/1'), put('crashed', 'b', 'o/2')];
  await store.put(batch);
  await space.client.execute(
    `DELETE FROM ${space.keyspace}.events WHERE site = 'crashed' AND day = 0 AND shard = 0`,
  );
  expect(await readIds('crashed')).toEqual([]);
  expect(await other.put([put('crashed', 'a', 'o/3')])).toEqual(['duplicate']);
  expect(await readIds('crashed')).toEqual([]);
  expect(await other.put(batch)).toEqual(['stored', 'stored']);
  expect(await readIds('crashed')).toEqual(['a', 'b']);
});

test('in one put, the event that stands is that of whoever holds the id, not the first', async () => {
  const first = put('holder', 'a', 'o/1');
  first.event.raw.visitor = 'v1';
  await store.put([first]);
  await space.client.execute(`TRUNCATE ${space.keyspace}.events`);
  const elsewhere = put('holder', 'a', 'o/2');
  elsewhere.event.raw.visitor = 'v2';
  expect(await other.put([elsewhere, first, elsewhere])).toEqual(['duplicate', 'stored', 'duplicate']);
  expect(await readIds('holder')).toEqual(['a']);
});

test('what is deleted and put again in quick succession is there, whoever did which', async () => {
  for (let round = 0; round < 40; round += 1) {
    const [one, two] = round % 2 === 0 ? [store, other] : [other, store];
    const events = ['a', 'b', 'c'].map((id) => put('quick', id, `${round}/${id}`));
    expect(await one.put(events)).toEqual(['stored', 'stored', 'stored']);
    expect(await readIds('quick')).toEqual(['a', 'b', 'c']);
    const removed = round % 3 === 0 ? two.deleteSite('quick') : two.deleteVisitor('quick', 'v1', DAY);
    expect(await removed).toBe(3);
    expect(await readIds('quick')).toEqual([]);
  }
});

test('a deletion that was interrupted is ended by the next', async () => {
  await store.put(['a', 'b', 'c'].map((id) => put('halfway', id, `o/${id}`)));
  // As it stands when the ids of some are free and all events are there.
  const { rows } = await space.client.execute(`SELECT day, shard, site, id FROM ${space.keyspace}.event_ids`);
  const [claim] = rows.filter(({ site }) => site === 'halfway');
  await space.client.execute(
    `DELETE FROM ${space.keyspace}.event_ids WHERE day = ? AND shard = ? AND site = ? AND id = ? IF EXISTS`,
    [claim?.day, claim?.shard, claim?.site, claim?.id],
    { prepare: true },
  );
  expect(await store.deleteSite('halfway')).toBe(3);
  expect(await store.put(['a', 'b', 'c'].map((id) => put('halfway', id, `p/${id}`)))).toEqual([
    'stored',
    'stored',
    'stored',
  ]);
});

test('what is deleted of many days is counted exactly', async () => {
  const days = Array.from({ length: 60 }, (_, day) =>
    [0, 1, 2].map((n) => put('long', `${day} ${n}`, `o/${day}/${n}`, day * DAY.to + n)),
  );
  await store.put(days.flat());
  expect(await store.deleteVisitor('long', 'v1', { from: DAY.to + 1, to: 10 * DAY.to + 2 })).toBe(28);
  expect(await store.deleteSite('long')).toBe(152);
  expect(await store.span('long')).toBeNull();
  expect(await store.deleteSite('long')).toBe(0);
});

test('a put of many visitors, with one that is as large as can be, is read as it was put', async () => {
  const large = 'x'.repeat(2_000);
  const props = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`prop ${n}`, large]));
  const events = Array.from({ length: 300 }, (_, n) => {
    const event = storedEvent({ siteId: 'large', id: `e${n}`, visitor: `v${n}`, props });
    return { event, origin: `o/${n}` };
  });
  expect(new Set(await store.put(events))).toEqual(new Set(['stored']));
  const keys = events.map(({ event }) => ({ siteId: 'large', visitor: event.raw.visitor, ...DAY }));
  expect(await other.readVisitors(keys)).toEqual(events.map(({ event }) => [event]));
});

test('where nobody listens, each call is a failure that may pass, and close leaves nothing', async () => {
  const away = openEventStore('cassandra://127.0.0.1:1/footfall', { name: 'test' });
  const failure = expect.objectContaining({ code: 'store_unavailable', retriable: true, status: 503 });
  await expect(away.ping()).rejects.toEqual(failure);
  await expect(away.put([put('s', 'a', 'o')])).rejects.toEqual(failure);
  await expect(away.readVisitors([{ siteId: 's', visitor: 'v', ...DAY }])).rejects.toEqual(failure);
  await expect(away.deleteSite('s')).rejects.toEqual(failure);
  await away.close();
  const unused = openEventStore(space.url, { name: 'test' });
  await unused.close();
  await unused.close();
  await expect(unused.ping()).rejects.toThrow('closed');
});

test('a data center that no node is in is a mistake in the URL, told with those that there are', async () => {
  const lost = openEventStore(space.url.replace('datacenter1', 'elsewhere'), { name: 'test' });
  await expect(lost.ping()).rejects.toMatchObject({
    code: 'bad_url',
    where: 'EVENT_STORE_URL',
    message: expect.stringMatching(/elsewhere.*datacenter1/),
  });
  await lost.close();
});
