/**
 * What a backup costs on one machine: `node bench/backup.ts [events]`. Events of one site in the event store; how long `backup`, `verify`
 * and `restore` take, beside reading the same table out of Postgres and throwing it away.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { to as copyTo } from 'pg-copy-streams';
import { makeBackup } from '../packages/backup/src/make-backup.ts';
import { verifyBackup } from '../packages/backup/src/read-backup.ts';
import { restoreBackup } from '../packages/backup/src/restore-backup.ts';
import { openEventStore } from '../packages/eventstore/src/open.ts';
import { STORE_NAMES, type StoreUrls } from '../packages/installation/src/store-table.ts';
import { prepareOwnStores } from '../packages/installation/src/stores.ts';
import { connectPool } from '../packages/postgres/src/pool.ts';
import { benchPostgres } from './own-postgres.ts';
import { queryData } from './query-data.ts';

const events = Number(process.argv[2] ?? '300000');
const A_PUT = 2_000;
const quiet = () => undefined;

const storesAt = (database: string) =>
  Object.fromEntries(STORE_NAMES.map((name) => [name, database])) as StoreUrls;

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1_000;
}

async function fill(url: string): Promise<void> {
  const store = openEventStore(url, { name: 'bench' });
  let n = 0;
  for await (const chunk of queryData({ events, days: 30, siteIds: ['site'] }))
    for (let from = 0; from < chunk.length; from += A_PUT) {
      const part = chunk.slice(from, from + A_PUT);
      await store.put(part.map((event) => ({ event, origin: `bench/${n++}` })));
    }
  await store.close();
}

async function readOnly(url: string): Promise<void> {
  const pool = connectPool(url, { name: 'bench', max: 1 });
  const client = await pool.connect();
  const nowhere = new Writable({ write: (_, __, done) => done() });
  await pipeline(
    client.query(copyTo('COPY eventstore.event TO STDOUT (FORMAT binary)')),
    new PassThrough(),
    nowhere,
  );
  client.release();
  await pool.end();
}

const folder = await mkdtemp(path.join(tmpdir(), 'footfall-bench-'));
const { url, stop } = await benchPostgres();
try {
  const urls = storesAt(url);
  await prepareOwnStores(urls);
  await fill(url);
  const admin = connectPool(url, { name: 'bench', max: 1 });
  await admin.query('CREATE DATABASE restored');
  await admin.end();
  const target = new URL(url);
  target.pathname = '/restored';
  const file = path.join(folder, 'bench.backup');
  const factsDir = path.join(folder, 'facts');
  const secret = { text: 'bench', isMadeUp: true };
  let bytes = 0;
  const yardstick = await seconds(() => readOnly(url));
  const made = await seconds(async () => {
    ({ bytes } = await makeBackup({
      file,
      urls,
      factsDir,
      planeOnly: false,
      secret,
      version: 'bench',
      tell: quiet,
    }));
  });
  const verified = await seconds(() => verifyBackup(file));
  const contents = await verifyBackup(file);
  const restored = await seconds(() =>
    restoreBackup(
      {
        file,
        urls: storesAt(target.href),
        factsDir: path.join(folder, 'restored'),
        secret: undefined,
        keepSecret: async () => undefined,
        demoSiteId: null,
        tell: quiet,
      },
      contents,
    ),
  );
  const rate = (took: number) =>
    `${took.toFixed(1)} s, ${Math.round(events / took).toLocaleString('en')} events/s`;
  console.log(`${events.toLocaleString('en')} events, ${(bytes / 1e6).toFixed(0)} MB`);
  console.log(`  reading the table alone: ${rate(yardstick)}`);
  console.log(`  backup: ${rate(made)}, ${(made / yardstick).toFixed(1)} times as long`);
  console.log(`  verify: ${rate(verified)}`);
  console.log(`  restore, tables and indexes: ${rate(restored)}`);
} finally {
  await stop();
  await rm(folder, { recursive: true, force: true });
}
