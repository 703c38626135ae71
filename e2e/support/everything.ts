import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { openEventLog } from '@footfall/eventlog/open';
import { openEventStore } from '@footfall/eventstore/open';
import { connectPool } from '@footfall/postgres/pool';
import type { Connections } from './connections.ts';

/** Everything that an installation has written, as text and by where it was found. */
export type Written = { where: string; text: string };

/** Every file under a folder, byte for byte. */
export async function* files(folder: string): AsyncGenerator<Written> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    // A database makes and removes files while it is looked at.
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    yield { where: path.relative(folder, file), text: bytes.toString('latin1') };
  }
}

/** Every row of every table of a Postgres; what is binary as the text it may be. */
export async function* tables(url: string): AsyncGenerator<Written> {
  const pool = connectPool(url, { name: 'test' });
  try {
    const { rows } = await pool.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    for (const { name } of rows) {
      const found = await pool.query<Record<string, unknown>>(`SELECT * FROM ${name}`);
      const plain = (_: string, value: unknown) =>
        value instanceof Buffer ? value.toString('latin1') : value;
      for (const row of found.rows) {
        const binary = Object.values(row).flatMap((value) =>
          value instanceof Buffer ? [value.toString('latin1')] : [],
        );
        yield { where: `table ${name}`, text: [JSON.stringify(row, plain), ...binary].join('\n') };
      }
    }
  } finally {
    await pool.end();
  }
}

/** Every record of the event log, of all topics. */
async function* records(url: string): AsyncGenerator<Written> {
  const log = openEventLog(url, { name: 'test' });
  const topics = ['events', 'rejected', 'touched'] as const;
  const group = `test-${crypto.randomUUID()}`;
  const found: Written[] = [];
  try {
    const consumer = await log.consume({
      group,
      topics,
      maxRecords: 1_000,
      onBatch: async ({ topic, records: batch }) =>
        void found.push(...batch.map((record) => ({ where: `log ${topic}`, text: JSON.stringify(record) }))),
      onError: () => undefined,
    });
    const isRead = async () => (await log.lag(group, topics)).every(({ end, committed }) => committed >= end);
    while (!(await isRead())) await new Promise((resolve) => setTimeout(resolve, 200));
    await consumer.stop();
  } finally {
    await log.close();
  }
  yield* found;
}

/** Every event of a site in the event store. */
export async function* events(url: string, siteId: string): AsyncGenerator<Written> {
  const store = openEventStore(url, { name: 'test' });
  try {
    for await (const chunk of store.scanSite(siteId, { from: 0, to: Date.now() + 86_400_000 }))
      for (const event of chunk) yield { where: 'event store', text: JSON.stringify(event) };
  } finally {
    await store.close();
  }
}

/** Every document of an Elasticsearch, in pages. */
async function* documents(url: string): AsyncGenerator<Written> {
  const { origin, searchParams } = new URL(url);
  const indices = `${origin}/${searchParams.get('prefix') ?? ''}*`;
  await fetch(`${indices}/_refresh`, { method: 'POST' });
  const response = await fetch(`${indices}/_search?size=10000`);
  const { hits } = (await response.json()) as { hits: { hits: object[] } };
  for (const hit of hits.hits) yield { where: 'report store', text: JSON.stringify(hit) };
}

/** All that an installation has written of a site and of itself, anywhere. */
export async function* everything(
  { database, eventLog, eventStore, reportStore }: Connections,
  { dataDir, siteId }: { dataDir: string; siteId: string },
): AsyncGenerator<Written> {
  yield* files(dataDir);
  yield* tables(database);
  yield* records(eventLog);
  yield* events(eventStore, siteId);
  if (reportStore.startsWith('http')) yield* documents(reportStore);
}
