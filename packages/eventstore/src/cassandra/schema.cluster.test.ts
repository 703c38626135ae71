import { storedEvent } from '@footfall/core/stored-event.fixture';
import { afterAll, expect, test } from 'vitest';
import { eventStoreProvision, openEventStore } from '../open.ts';
import { type FreshKeyspace, freshKeyspace } from './keyspace.fixture.ts';

const spaces: FreshKeyspace[] = [];
async function newSpace(): Promise<FreshKeyspace> {
  const space = await freshKeyspace({ prepared: false });
  spaces.push(space);
  return space;
}
afterAll(async () => {
  for (const space of spaces) await space.drop();
});

const readReplication = async ({ client, keyspace }: FreshKeyspace) => {
  const query = 'SELECT replication FROM system_schema.keyspaces WHERE keyspace_name = ?';
  return (await client.execute(query, [keyspace], { prepare: true })).rows[0]?.replication;
};

/** What each step of the schema says of itself. */
const STEPS = [
  'tables events, event_ids, day_shards (version 1)',
  'table order_claims, column order_mark of events (version 2)',
  'column written of schema_version (version 3)',
];

test('check names what is missing, prepare makes it and says so, once', async () => {
  const { url, keyspace } = await newSpace();
  const { check, prepare, by } = eventStoreProvision(url);
  expect(by).toBe('operator');
  expect(await check(url)).toEqual([`keyspace ${keyspace} is missing`]);
  expect(await prepare(url)).toEqual([
    `keyspace ${keyspace}: created with 1 replicas in datacenter1`,
    ...STEPS.map((step) => `keyspace ${keyspace}: ${step}`),
  ]);
  expect(await check(url)).toEqual([]);
  expect(await prepare(url)).toEqual([]);
});

test('check names tables that are missing, and prepare takes a keyspace as it is', async () => {
  const space = await newSpace();
  const { url, keyspace, client } = space;
  const { check, prepare } = eventStoreProvision(`${url}&replication=3`);
  await client.execute(
    `CREATE KEYSPACE ${keyspace} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
  );
  expect(await check(url)).toEqual(
    ['schema_version', 'events', 'event_ids', 'day_shards', 'order_claims'].map(
      (table) => `table ${keyspace}.${table} is missing`,
    ),
  );
  expect(await prepare(url)).toHaveLength(STEPS.length);
  expect(await check(url)).toEqual([]);
  expect(await readReplication(space)).toMatchObject({ replication_factor: '1' });
});

test('a keyspace has as many replicas as the URL says, and more than there are nodes are told of', async () => {
  const space = await newSpace();
  const url = `${space.url}&replication=2`;
  await expect(eventStoreProvision(url).prepare(url)).rejects.toMatchObject({
    code: 'store_unavailable',
    message: expect.stringContaining('Not enough replicas'),
  });
  expect(await readReplication(space)).toMatchObject({ datacenter1: '2' });
});

test('several that prepare at once make it once', async () => {
  const { url } = await newSpace();
  const { prepare, check } = eventStoreProvision(url);
  const lines = await Promise.all([prepare(url), prepare(url), prepare(url)]);
  expect(lines.flat().filter((line) => line.includes('version 1'))).toHaveLength(1);
  expect(await check(url)).toEqual([]);
});

test('another version is told: an older one is upgraded, a newer one refused', async () => {
  const { url, keyspace, client } = await newSpace();
  const { prepare, check } = eventStoreProvision(url);
  await prepare(url);
  const set = (version: number | null) =>
    client.execute(
      `UPDATE ${keyspace}.schema_version SET version = ? WHERE name = 'eventstore' IF EXISTS`,
      [version],
      {
        prepare: true,
      },
    );
  await set(4);
  expect(await check(url)).toEqual([
    `keyspace ${keyspace} has version 4, newer than 3, which this program needs`,
  ]);
  await expect(prepare(url)).rejects.toMatchObject({
    code: 'store_unprepared',
    message: expect.stringContaining('version 4'),
  });
  await set(null);
  expect(await check(url)).toEqual([
    `keyspace ${keyspace} has version 0, older than 3, which this program needs`,
  ]);
  expect(await prepare(url)).toEqual(STEPS.map((step) => `keyspace ${keyspace}: ${step}`));
});

test('a keyspace of version 1 gets what later versions have, and keeps its events', async () => {
  const { url, keyspace, client } = await newSpace();
  const { prepare } = eventStoreProvision(url);
  await prepare(url);
  await client.execute(`DROP TABLE ${keyspace}.order_claims`);
  await client.execute(`ALTER TABLE ${keyspace}.events DROP order_mark`);
  await client.execute(
    `UPDATE ${keyspace}.schema_version SET version = 1 WHERE name = 'eventstore' IF EXISTS`,
  );
  expect(await prepare(url)).toEqual(STEPS.slice(1).map((step) => `keyspace ${keyspace}: ${step}`));
  const store = openEventStore(url, { name: 'test' });
  const purchase = (id: string) => ({
    event: storedEvent({ id, name: 'purchase', order: 'A-1' }),
    origin: `o/${id}`,
  });
  expect(await store.put([purchase('a'), purchase('b')])).toEqual(['stored', 'duplicate']);
  await store.close();
});

test('a program that runs while a later version adds columns writes and reads as before', async () => {
  const { url, keyspace, client } = await newSpace();
  await eventStoreProvision(url).prepare(url);
  const store = openEventStore(url, { name: 'test' });
  const put = (id: string) => store.put([{ event: storedEvent({ id }), origin: `o/${id}` }]);
  expect(await put('before')).toEqual(['stored']);
  for (const table of ['events', 'event_ids', 'day_shards'])
    await client.execute(`ALTER TABLE ${keyspace}.${table} ADD later text`);
  await client.execute(
    `UPDATE ${keyspace}.schema_version SET version = 4 WHERE name = 'eventstore' IF EXISTS`,
  );
  expect([await put('after'), await put('before')]).toEqual([['stored'], ['stored']]);
  const span = { from: 0, to: 1 };
  const [events] = await store.readVisitors([{ siteId: 'site_a', visitor: 'visitor-a', ...span }]);
  expect(events?.map(({ raw }) => raw.id).sort()).toEqual(['after', 'before']);
  await store.close();
});

test('rows that an earlier or a later version has derived are read', async () => {
  const { url, keyspace, client } = await newSpace();
  await eventStoreProvision(url).prepare(url);
  const store = openEventStore(url, { name: 'test' });
  const event = storedEvent({});
  await store.put([{ event, origin: 'o/1' }]);
  const [row] = (await client.execute(`SELECT * FROM ${keyspace}.events`)).rows;
  const key = ['site', 'day', 'shard', 'visitor', 'occurred_at', 'event_id'] as const;
  const derivedAs = (text: string) =>
    client.execute(
      `UPDATE ${keyspace}.events SET derived = ? WHERE ${key.map((name) => `${name} = ?`).join(' AND ')}`,
      [text, ...key.map((name) => row?.[name])],
      { prepare: true },
    );
  const read = async () =>
    (await store.readVisitors([{ siteId: 'site_a', visitor: 'visitor-a', from: 0, to: 1 }]))[0]?.[0]?.derived;
  const list = JSON.parse(row?.derived) as unknown[];
  const { botKind: _, ...fewer } = event.derived;
  await derivedAs(JSON.stringify(list.slice(0, -1)));
  expect(await read()).toEqual(fewer);
  await derivedAs(JSON.stringify([...list, 'later']));
  expect(await read()).toEqual(event.derived);
  await store.close();
});

test('a store whose keyspace is not there says what to run, and works once it is', async () => {
  const { url } = await newSpace();
  const store = openEventStore(url, { name: 'test' });
  const unprepared = { code: 'store_unprepared', remedy: expect.stringContaining('cluster init') };
  await expect(store.ping()).rejects.toMatchObject(unprepared);
  await expect(store.span('site')).rejects.toMatchObject(unprepared);
  await eventStoreProvision(url).prepare(url);
  await store.ping();
  expect(await store.span('site')).toBeNull();
  await store.close();
});

test('check and prepare of a cluster that is away are failures that may pass', async () => {
  const url = 'cassandra://127.0.0.1:1/footfall';
  const { prepare, check } = eventStoreProvision(url);
  const failure = {
    code: 'store_unavailable',
    retriable: true,
    message: expect.stringContaining('127.0.0.1:1'),
  };
  await expect(check(url)).rejects.toMatchObject(failure);
  await expect(prepare(url)).rejects.toMatchObject(failure);
});
