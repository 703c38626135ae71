import { storedEvent } from '@footfall/core/stored-event.fixture';
import { connectPool } from '@footfall/postgres/pool';
import { freshDatabase } from '@footfall/testkit/database';
import { expect, test } from 'vitest';
import { eventStoreContract } from '../event-store.contract.ts';
import { openEventStore, prepareEventStore } from '../open.ts';

async function prepared() {
  const database = await freshDatabase();
  await prepareEventStore(database.url);
  return database;
}

eventStoreContract('postgres', async () => {
  const { url, drop } = await prepared();
  return { open: () => openEventStore(url, { name: 'test' }), drop };
});

test('two that put the same ids in opposite orders never wait for each other in a circle', async () => {
  const { url, drop } = await prepared();
  const store = openEventStore(url, { name: 'test' });
  // Two connections: within a transaction what others do is seen as it was at its first look.
  const onlooker = connectPool(url, { name: 'test' });
  const client = await onlooker.connect();
  const put = (id: string, who: string) => ({ event: storedEvent({ id }), origin: `${who}/${id}` });
  const ids = Array.from({ length: 9 }, (_, n) => `0000000${n}-0000-0000-0000-000000000000`);

  // A third holds the id in the middle until both have run into it, each with its first ids in hand if they were in its own order.
  await store.put([put('another', 'o')]);
  await client.query('BEGIN');
  await client.query(
    `INSERT INTO eventstore.event (site, event_key, occurred_at, visitor, origin, logic_version, body)
     SELECT site, $1, 0, '', '', 0, '' FROM eventstore.site`,
    [ids[4]],
  );
  const both = Promise.all([
    store.put(ids.map((id) => put(id, 'one'))),
    store.put(ids.toReversed().map((id) => put(id, 'two'))),
  ]);
  const waiting = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await expect.poll(async () => (await onlooker.query(waiting)).rows[0].n, { timeout: 20_000 }).toBe(2);
  await client.query('ROLLBACK');
  const [one, two] = await both;
  expect([...one, ...two].filter((outcome) => outcome === 'stored')).toHaveLength(ids.length);

  client.release();
  await onlooker.end();
  await store.close();
  await drop();
});

test('an unknown scheme is refused by name', () => {
  expect(() => openEventStore('mysql://host', { name: 'test' })).toThrow(/mysql.*postgres/);
});
