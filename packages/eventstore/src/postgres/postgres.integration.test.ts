import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { migrateDatabase } from '@footfall/postgres/migrate';
import { connectPool } from '@footfall/postgres/pool';
import { freshDatabase } from '@footfall/testkit/database';
import { expect, test } from 'vitest';
import { eventStoreContract } from '../event-store.contract.ts';
import { openEventStore, prepareEventStore } from '../open.ts';
import { eventKey } from './columns.ts';
import { FIRST_BODY, FIRST_EVENT } from './first-format.fixture.ts';

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

/** A database as the first migration left it, with one event of the first format. */
async function firstDatabase(visitor: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'footfall-first-'));
  await cp(new URL('../../migrations/0001_event', import.meta.url), path.join(folder, '0001_event'), {
    recursive: true,
  });
  const database = await freshDatabase();
  await migrateDatabase(database.url, { owner: 'eventstore', folder: pathToFileURL(`${folder}/`) });
  await rm(folder, { recursive: true });
  const pool = connectPool(database.url, { name: 'test', max: 1 });
  const { raw, logicVersion } = FIRST_EVENT;
  await pool.query('INSERT INTO eventstore.site (site_id) VALUES ($1)', [raw.siteId]);
  await pool.query(
    `INSERT INTO eventstore.event (occurred_at, site, logic_version, event_key, visitor, origin, body)
     SELECT $1, site, $2, $3, $4, 'local.hits/0/7/0', $5 FROM eventstore.site`,
    [raw.occurredAt, logicVersion, eventKey(raw.id), visitor, FIRST_BODY],
  );
  await pool.end();
  return database;
}

test.each(['visitor-a', 'AZaz09-_AZaz09-_', 'twelve bytes', 'Käthe', ''])(
  'events of the first format are read as they were put: of visitor %j',
  async (visitor) => {
    const { url, drop } = await firstDatabase(visitor);
    await prepareEventStore(url);
    const store = openEventStore(url, { name: 'test' });
    const first = { ...FIRST_EVENT, raw: { ...FIRST_EVENT.raw, visitor } };
    const { siteId, id, occurredAt } = first.raw;
    expect(await store.readVisitors([{ siteId, visitor, from: occurredAt, to: occurredAt + 1 }])).toEqual([
      [first],
    ]);
    expect(await store.span(siteId)).toEqual({ from: occurredAt, to: occurredAt });
    expect(await store.put([{ event: storedEvent({ id }), origin: 'elsewhere' }])).toEqual(['duplicate']);
    await store.close();
    await drop();
  },
);

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
