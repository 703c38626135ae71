import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Provision } from '@footfall/adapter/provision';
import { eventStoreFailure } from '../errors.ts';
import { type CassandraUrl, parseCassandraUrl } from './cassandra-url.ts';
import { type Cluster, openCluster } from './cluster.ts';
import { HOLD_SCHEMA, RELEASE_SCHEMA, SET_VERSION, VERSION } from './statements.ts';

/** Each day's writes in files of their own, which no later compaction reads again. */
const BY_DAY = `compaction = {'class': 'TimeWindowCompactionStrategy', 'compaction_window_unit': 'DAYS', 'compaction_window_size': 1}`;
const compressed = (by: string, kilobytes: number) =>
  `compression = {'class': '${by}', 'chunk_length_in_kb': ${kilobytes}}`;

/** `statements` may run again: a step that was begun and not ended is run as a whole the next time. */
type Step = { version: number; what: string; statements: string[] };

/**
 * The schema, step by step. A step that was released is never edited; the next one is added behind it. Days are UTC days counted from
 * 1970, shards partitions of one; sites, visitors and ids are written as key.ts does.
 */
const STEPS: readonly Step[] = [
  {
    version: 1,
    what: 'tables events, event_ids, day_shards',
    statements: [
      `CREATE TABLE IF NOT EXISTS KS.events (
        site text, day int, shard int, visitor blob, occurred_at timestamp, event_id blob,
        raw text, derived text, logic_version int,
        PRIMARY KEY ((site, day, shard), visitor, occurred_at, event_id)
      ) WITH comment = 'every event once: the envelope as it came, and what was derived from it'
        AND ${BY_DAY} AND ${compressed('ZstdCompressor', 64)}`,
      `CREATE TABLE IF NOT EXISTS KS.event_ids (
        day int, shard int, site text, id blob, holder blob, closed boolean static,
        PRIMARY KEY ((day, shard), site, id)
      ) WITH comment = 'whose an id is on its day: hash of the place in the log (8 bytes), shard of the event (4)'
        AND ${BY_DAY} AND ${compressed('LZ4Compressor', 4)}`,
      `CREATE TABLE IF NOT EXISTS KS.day_shards (
        owner text, day int, shards frozen<list<int>>, counted map<text, bigint>,
        PRIMARY KEY ((owner), day)
      ) WITH comment = 'partitions of the days of sites, and of the ids of all; about how many each process has written'`,
    ],
  },
  {
    version: 2,
    what: 'table order_claims, column order_mark of events',
    statements: [
      `CREATE TABLE IF NOT EXISTS KS.order_claims (
        site text, shard int, order_number blob, holder blob,
        PRIMARY KEY ((site, shard), order_number)
      ) WITH comment = 'whose an order number of a site is: hash of the place in the log that its event came from'
        AND ${compressed('LZ4Compressor', 4)}`,
      'ALTER TABLE KS.events ADD IF NOT EXISTS order_mark blob',
    ],
  },
  {
    version: 3,
    what: 'column written of schema_version',
    statements: ['ALTER TABLE KS.schema_version ADD IF NOT EXISTS written bigint'],
  },
];
const NEWEST = STEPS.at(-1)?.version ?? 0;

/** Whoever prepares holds the row for so many seconds at most, so that one that was killed is in nobody's way. */
const HELD = 120;
const PAUSE = 500;

async function keyspaceIsThere(cluster: Cluster, keyspace: string): Promise<boolean> {
  const rows = await cluster.rows(
    'SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?',
    [keyspace],
  );
  return rows.length > 0;
}

async function listTables(cluster: Cluster, keyspace: string): Promise<Set<string>> {
  const rows = await cluster.rows('SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?', [
    keyspace,
  ]);
  return new Set(rows.map((row) => row.table_name as string));
}

/** The version that the tables have; 0 when there are none. */
async function readVersion(cluster: Cluster): Promise<number> {
  const [row] = await cluster.rows(VERSION, []);
  return (row?.version as number | null | undefined) ?? 0;
}

async function createKeyspace(cluster: Cluster, url: CassandraUrl): Promise<string[]> {
  const { keyspace, dataCenter } = url;
  const done: string[] = [];
  if (!(await keyspaceIsThere(cluster, keyspace))) {
    const copies = url.replication ?? Math.min(3, await cluster.nodes());
    await cluster.define(
      `CREATE KEYSPACE IF NOT EXISTS KS
       WITH replication = {'class': 'NetworkTopologyStrategy', '${dataCenter}': ${copies}}`,
    );
    done.push(`keyspace ${keyspace}: created with ${copies} replicas in ${dataCenter}`);
  }
  await cluster.define(
    `CREATE TABLE IF NOT EXISTS KS.schema_version (name text PRIMARY KEY, version int, held_by text)`,
  );
  return done;
}

const NAME = [Buffer.from('eventstore')];

/** Runs work that nobody else does at the same time: two that create a table at once may leave nodes with one each. */
async function alone<T>(cluster: Cluster, work: () => Promise<T>): Promise<T> {
  const me = randomUUID();
  while ((await cluster.decide(HOLD_SCHEMA, [[HELD, me, me]], NAME)) !== null) await pause(PAUSE);
  try {
    return await work();
  } finally {
    await cluster.decide(RELEASE_SCHEMA, [[me]], NAME);
  }
}

async function applySteps(cluster: Cluster, keyspace: string): Promise<string[]> {
  const done: string[] = [];
  let version = await readVersion(cluster);
  if (version > NEWEST) throw tooNew(keyspace, version);
  for (const step of STEPS) {
    if (step.version <= version) continue;
    for (const statement of step.statements) await cluster.define(statement);
    await cluster.decide(SET_VERSION, [[step.version, version]], NAME);
    version = step.version;
    done.push(`keyspace ${keyspace}: ${step.what} (version ${step.version})`);
  }
  return done;
}

const tooNew = (keyspace: string, version: number) =>
  eventStoreFailure(
    'store_unprepared',
    `keyspace ${keyspace} has version ${version}, this program knows ${NEWEST}: run a newer one`,
  );

async function missing(cluster: Cluster, keyspace: string): Promise<string[]> {
  if (!(await keyspaceIsThere(cluster, keyspace))) return [`keyspace ${keyspace} is missing`];
  const tables = await listTables(cluster, keyspace);
  const needed = ['schema_version', 'events', 'event_ids', 'day_shards', 'order_claims'];
  const lacking = needed.filter((table) => !tables.has(table));
  if (lacking.length > 0) return lacking.map((table) => `table ${keyspace}.${table} is missing`);
  const version = await readVersion(cluster);
  if (version === NEWEST) return [];
  const relation = version < NEWEST ? 'older' : 'newer';
  return [
    `keyspace ${keyspace} has version ${version}, ${relation} than ${NEWEST}, which this program needs`,
  ];
}

/** Runs work on a cluster without a keyspace, which may not be there yet. */
async function onCluster<T>(
  text: string,
  work: (cluster: Cluster, url: CassandraUrl) => Promise<T>,
): Promise<T> {
  const url = parseCassandraUrl(text);
  const cluster = openCluster(url, { name: 'prepare' });
  try {
    return await work(cluster, url);
  } finally {
    await cluster.close();
  }
}

/** The tables of the store. A keyspace that is there keeps its replication, which is the operator's. */
export const CASSANDRA_STORE: Provision = {
  by: 'operator',
  prepare: (text) =>
    onCluster(text, async (cluster, url) => {
      const created = await createKeyspace(cluster, url);
      const applied = await alone(cluster, () => applySteps(cluster, url.keyspace));
      return [...created, ...applied];
    }),
  check: (text) => onCluster(text, (cluster, { keyspace }) => missing(cluster, keyspace)),
};
