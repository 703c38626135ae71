import { storedEvent } from '@footfall/core/stored-event.fixture';
import { connectPool } from '@footfall/postgres/pool';
import { freshDatabase } from '@footfall/testkit/database';
import { expect, test } from 'vitest';
import { eventStoreContract } from '../event-store.contract.ts';
import { openEventStore, prepareEventStore } from '../open.ts';
import { eventKey } from './columns.ts';

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
    `INSERT INTO eventstore.event (site, event_key, day, time, visitor, origin, body)
     SELECT site, $1, 0, 0, '', 0, '' FROM eventstore.site`,
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

test('an event in a format of a later version is refused by name, and no other with it', async () => {
  const { url, drop } = await prepared();
  const store = openEventStore(url, { name: 'test' });
  const pool = connectPool(url, { name: 'test', max: 1 });
  const events = ['a', 'b'].map((visitor) => storedEvent({ id: visitor, visitor }));
  await store.put(events.map((event) => ({ event, origin: `o/${event.raw.id}` })));
  await pool.query(`UPDATE eventstore.event SET body = set_byte(body, 0, 3) WHERE event_key = $1`, [
    eventKey('b'),
  ]);
  const read = (visitor: string) => store.readVisitors([{ siteId: 'site_a', visitor, from: 0, to: 1 }]);
  expect(await read('a')).toEqual([[events[0]]]);
  await expect(read('b')).rejects.toMatchObject({
    code: 'unknown_format',
    message: expect.stringContaining('format 3; this program knows 2'),
  });
  await pool.end();
  await store.close();
  await drop();
});

test('tables that a later version has given another column are written and read as they were', async () => {
  const { url, drop } = await prepared();
  const store = openEventStore(url, { name: 'test' });
  const pool = connectPool(url, { name: 'test', max: 1 });
  for (const table of ['event', 'site', 'term'])
    await pool.query(`ALTER TABLE eventstore.${table} ADD COLUMN later integer NOT NULL DEFAULT 0`);
  const events = ['a', 'b', 'c'].map((visitor) => storedEvent({ id: visitor, visitor, title: 'Mug' }));
  const puts = events.map((event) => ({ event, origin: `o/${event.raw.id}` }));
  expect(await store.put(puts)).toEqual(['stored', 'stored', 'stored']);
  expect(await store.readVisitors([{ siteId: 'site_a', visitor: 'c', from: 0, to: 1 }])).toEqual([
    [events[2]],
  ]);
  await pool.end();
  await store.close();
  await drop();
});

test('what only one visitor said is gone with the visitor; what a site said is gone with the site', async () => {
  const { url, drop } = await prepared();
  const store = openEventStore(url, { name: 'test' });
  const pool = connectPool(url, { name: 'test', max: 1 });
  const secret = { title: 'Secret title', userAgent: 'Secret agent', props: { name: 'Secret name' } };
  const put = (id: string, visitor: string, more: object) => ({
    event: storedEvent({ id, visitor, ...more }),
    origin: `o/${id}`,
  });
  await store.put([put('a', 'v1', secret), put('b', 'v1', secret), put('c', 'v2', { title: 'Known' })]);
  await store.put([put('d', 'v1', secret), put('e', 'v3', { title: 'Known' })]);
  const dump = async () => {
    const { rows } = await pool.query<{ all: string }>(
      `SELECT coalesce(string_agg(all_of.text, ' '), '') AS all FROM (SELECT value AS text FROM eventstore.term
       UNION ALL SELECT encode(body, 'escape') FROM eventstore.event) AS all_of`,
    );
    return rows[0]?.all ?? '';
  };
  expect(await dump()).toMatch(/Secret title.*Secret agent.*Secret name/);
  expect(await store.deleteVisitor('site_a', 'v1', { from: 0, to: 1 })).toBe(3);
  expect(await dump()).not.toContain('Secret');
  expect(await dump()).toContain('Known');
  await store.deleteSite('site_a');
  expect(await dump()).not.toContain('Known');
  await pool.end();
  await store.close();
  await drop();
});

test('two that learn the same at once know it by one number', async () => {
  const { url, drop } = await prepared();
  const stores = [0, 1, 2].map(() => openEventStore(url, { name: 'test' }));
  const events = Array.from({ length: 400 }, (_, n) =>
    storedEvent({ id: `e${n}`, visitor: `v${n}`, title: `Title ${n % 100}`, userAgent: `Agent ${n % 50}` }),
  );
  await Promise.all(
    stores.map((store, who) => {
      const own = events.filter((_, n) => n % 3 === who);
      return store.put(own.map((event) => ({ event, origin: `o/${event.raw.id}` })));
    }),
  );
  const pool = connectPool(url, { name: 'test', max: 1 });
  const { rows } = await pool.query(
    'SELECT value FROM eventstore.term GROUP BY site, value HAVING count(*) > 1',
  );
  expect(rows).toEqual([]);
  const keys = events.map(({ raw }) => ({ siteId: raw.siteId, visitor: raw.visitor, from: 0, to: 1 }));
  expect(await stores[0]?.readVisitors(keys)).toEqual(events.map((event) => [event]));
  await pool.end();
  for (const store of stores) await store.close();
  await drop();
});

test('an event whose term is lost is named, not read as another', async () => {
  const { url, drop } = await prepared();
  const writer = openEventStore(url, { name: 'test' });
  for (const visitor of ['v1', 'v2']) {
    await writer.put([{ event: storedEvent({ id: visitor, visitor }), origin: visitor }]);
  }
  const pool = connectPool(url, { name: 'test', max: 1 });
  await pool.query('DELETE FROM eventstore.term');
  const reader = openEventStore(url, { name: 'test' });
  const read = reader.readVisitors([{ siteId: 'site_a', visitor: 'v2', from: 0, to: 1 }]);
  await expect(read).rejects.toMatchObject({ code: 'lost_term' });
  await pool.end();
  await Promise.all([writer.close(), reader.close()]);
  await drop();
});

test('an unknown scheme is refused by name', () => {
  expect(() => openEventStore('mysql://host', { name: 'test' })).toThrow(/mysql.*postgres/);
});
