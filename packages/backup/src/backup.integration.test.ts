import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectControlPlane } from '@footfall/db/prisma';
import { inTenant } from '@footfall/db/tenant/scope';
import { createTenant } from '@footfall/db/tenant/tenant';
import { STORE_NAMES, STORES, type StoreUrls } from '@footfall/installation/store-table';
import { prepareOwnStores } from '@footfall/installation/stores';
import { connectPool } from '@footfall/postgres/pool';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BackupRequest, makeBackup } from './make-backup.ts';
import { verifyBackup } from './read-backup.ts';
import { type RestoreRequest, restoreBackup } from './restore-backup.ts';
import { listTables, STORE_ORDER } from './tables.ts';

const SECRET = 'a secret that the installation has made up';

const folders: string[] = [];
const databases: TestDatabase[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'footfall-backup-'));
  folders.push(folder);
  return folder;
}
async function newDatabase(): Promise<StoreUrls> {
  const database = await freshDatabase();
  databases.push(database);
  return Object.fromEntries(STORE_NAMES.map((name) => [name, database.url])) as StoreUrls;
}
afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
  for (const database of databases) await database.drop();
});

async function query<Row extends object>(
  urls: StoreUrls,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const pool = connectPool(urls.database, { name: 'test', max: 1 });
  try {
    return (await pool.query<Row>(text, values)).rows;
  } finally {
    await pool.end();
  }
}

/** Every row of every table that a backup has, as text. */
async function everything(urls: StoreUrls): Promise<Record<string, string[]>> {
  const pool = connectPool(urls.database, { name: 'test', max: 1 });
  const client = await pool.connect();
  try {
    const all: Record<string, string[]> = {};
    for (const store of STORE_ORDER)
      for (const { name, columns } of await listTables(client, store)) {
        const { rows } = await client.query<{ row: string }>(
          `SELECT ROW(${columns.join(', ')})::text AS row FROM ${name} ORDER BY 1`,
        );
        all[name] = rows.map(({ row }) => row);
      }
    return all;
  } finally {
    client.release();
    await pool.end();
  }
}

let source: { urls: StoreUrls; factsDir: string };
let file: string;
const request = (more: Partial<BackupRequest> = {}): BackupRequest => ({
  ...source,
  file,
  planeOnly: false,
  secret: { text: SECRET, isMadeUp: true },
  version: '0.1.0',
  tell: () => undefined,
  ...more,
});

async function target(more: Partial<RestoreRequest> = {}) {
  const kept: string[] = [];
  const made: RestoreRequest = {
    file,
    urls: await newDatabase(),
    factsDir: path.join(await newFolder(), 'facts'),
    secret: undefined,
    keepSecret: async (secret) => void kept.push(secret),
    demoSiteId: null,
    tell: () => undefined,
    ...more,
  };
  return { made, kept, restore: async () => restoreBackup(made, await verifyBackup(made.file)) };
}

const SEALED = 'site_1/2026-01/facts.parquet';

beforeAll(async () => {
  source = { urls: await newDatabase(), factsDir: await newFolder() };
  file = path.join(await newFolder(), 'all.backup');
  await prepareOwnStores(source.urls);
  const { db, close } = connectControlPlane(source.urls.database, { name: 'test' });
  const { tenantId } = await createTenant(db, {
    name: 'Töpferei "O\'Neil"',
    email: 'o@shop.example',
    password: 'correct horse',
  });
  await inTenant(db, tenantId).sites.create({ domain: 'kiln.example', actor: 'test' });
  await close();
  await query(
    source.urls,
    `INSERT INTO eventstore.site (site_id) SELECT 'site_' || n FROM generate_series(1, 3) AS n`,
  );
  await query(
    source.urls,
    `INSERT INTO eventstore.event (origin, site, day, time, event_key, visitor, body)
     SELECT n, 1 + n % 3, 20000 + n % 40, n, gen_random_uuid(), '\\x00ff0a0d5c2e'::bytea, decode(md5(n::text), 'hex') FROM generate_series(1, 20000) AS n`,
  );
  await query(
    source.urls,
    `INSERT INTO eventlog.batch (topic, partition, "offset", received_at, record_count, compressed, records, tally)
     SELECT 'events', n % 8, n / 8, 1, 1, false, '\\x7b7d', '{"a": {"2026-01-01": 1}}' FROM generate_series(0, 79) AS n`,
  );
  await query(source.urls, `UPDATE eventlog.partition SET next_offset = 10 WHERE topic = 'events'`);
  await query(
    source.urls,
    `INSERT INTO eventlog.lease (grp, topic, partition, committed, owner, expires_at) VALUES ('processor', 'events', 1, 7, 'gone', now())`,
  );
  await query(
    source.urls,
    `INSERT INTO reportstore.month_file (site_id, generation, month, facts, visits, roll_ups) VALUES ('site_1', 1, '2026-01', $1, $1, $1)`,
    [SEALED],
  );
  await mkdir(path.dirname(path.join(source.factsDir, SEALED)), { recursive: true });
  await writeFile(path.join(source.factsDir, SEALED), randomBytes(200_000));
  await makeBackup(request());
});

describe('a backup', () => {
  test('that is restored is the same: every row, every file, and what counts up', async () => {
    const { made, kept, restore } = await target();
    await restore();
    const before = await everything(source.urls);
    before['eventlog.lease'] = ['(processor,events,1,7,,)'];
    expect(await everything(made.urls)).toEqual(before);
    expect(before['eventstore.event']).toHaveLength(20_000);
    expect(await readFile(path.join(made.factsDir, SEALED))).toEqual(
      await readFile(path.join(source.factsDir, SEALED)),
    );
    expect(kept).toEqual([SECRET]);
    expect(await prepareOwnStores(made.urls)).toBeUndefined();
    expect(
      await query(made.urls, `INSERT INTO eventstore.site (site_id) VALUES ('next') RETURNING site`),
    ).toEqual([{ site: 4 }]);
  });

  test('says what it has', async () => {
    const { head, end } = await verifyBackup(file);
    expect(head).toMatchObject({ version: '0.1.0', secret: { text: SECRET } });
    expect(end).toMatchObject({ files: 3, tables: { 'public.tenant': 1, 'eventstore.event': 20_000 } });
  });

  test('of one moment has nothing that came later', async () => {
    const later = path.join(await newFolder(), 'moment.backup');
    let told = false;
    await makeBackup(
      request({
        file: later,
        tell: (line) => {
          if (!line.startsWith('table') || told) return;
          told = true;
          void query(
            source.urls,
            `INSERT INTO eventlog.member (grp, member, seen_at) VALUES ('late', 'late', now())`,
          );
          void query(source.urls, `INSERT INTO eventstore.site (site_id) VALUES ('late')`);
        },
      }),
    );
    await expect
      .poll(() => query(source.urls, `SELECT site_id FROM eventstore.site WHERE site_id = 'late'`))
      .toHaveLength(1);
    await query(source.urls, `DELETE FROM eventstore.site WHERE site_id = 'late'`);
    expect((await verifyBackup(later)).end.tables['eventstore.site']).toBe(3);
  });

  test('of the control plane alone has nothing of the stores, which may be anywhere', async () => {
    const plane = path.join(await newFolder(), 'plane.backup');
    const elsewhere = { ...source.urls, eventStore: 'cassandra://nowhere:9042/footfall' };
    await makeBackup(request({ file: plane, planeOnly: true, urls: elsewhere }));
    const { made, restore } = await target({ file: plane });
    await restore();
    await prepareOwnStores(made.urls);
    const all = await everything(made.urls);
    expect(all['public.site']).toHaveLength(1);
    expect(all['eventstore.event']).toEqual([]);
  });

  test('of stores elsewhere is refused, with what to say instead', async () => {
    const elsewhere = { ...source.urls, reportStore: 'https://elastic:9200' };
    await expect(makeBackup(request({ urls: elsewhere }))).rejects.toMatchObject({ code: 'not_in_postgres' });
  });

  test('whose files go meanwhile fails, and leaves the last one', async () => {
    const before = await readFile(file);
    await expect(makeBackup(request({ factsDir: await newFolder() }))).rejects.toMatchObject({
      code: 'files_changed',
    });
    expect((await readFile(file)).equals(before)).toBe(true);
    expect(await readdir(path.dirname(file))).toEqual([path.basename(file)]);
  });

  test('of an earlier version is restored as that version had it, and upgraded', async () => {
    const old = await newDatabase();
    const all = await query<{ name: string }>(
      source.urls,
      `SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1`,
    );
    const last = all.findLast(({ name }) => name.startsWith('control/'))?.name ?? '';
    const known = new Set(all.map(({ name }) => name).filter((name) => name !== last));
    for (const name of STORE_NAMES) await (await STORES[name].provision(old[name])).prepare(old[name], known);
    const backup = path.join(await newFolder(), 'old.backup');
    await makeBackup(request({ file: backup, urls: old, factsDir: await newFolder() }));
    const { made, restore } = await target({ file: backup });
    await restore();
    expect(
      await query(made.urls, 'SELECT 1 FROM _prisma_migrations WHERE migration_name = $1', [last]),
    ).toEqual([]);
    await prepareOwnStores(made.urls);
    expect(
      await query(made.urls, 'SELECT 1 FROM _prisma_migrations WHERE migration_name = $1', [last]),
    ).toHaveLength(1);
  });
});

describe('what cannot be restored is refused, and nothing is touched', () => {
  const tenants = (urls: StoreUrls) => query<{ name: string }>(urls, 'SELECT name FROM tenant');

  test('a file with any byte changed, or that ends anywhere', async () => {
    const whole = await readFile(file);
    const broken = path.join(await newFolder(), 'broken.backup');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, by, cut) => {
          const bytes = Buffer.from(whole);
          bytes[at] = (bytes[at] ?? 0) ^ by;
          await writeFile(broken, cut ? whole : bytes);
          if (cut) await truncate(broken, at);
          await expect(verifyBackup(broken)).rejects.toMatchObject({
            code: expect.stringMatching(/^(backup_damaged|not_a_backup|backup_newer)$/),
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  test('another file, or one of a later format', async () => {
    const other = path.join(await newFolder(), 'other.backup');
    await writeFile(other, 'PGDMP and so on');
    await expect(verifyBackup(other)).rejects.toMatchObject({ code: 'not_a_backup' });
    await writeFile(other, 'footfall-backup 2\n…');
    await expect(verifyBackup(other)).rejects.toMatchObject({ code: 'backup_newer' });
    await expect(verifyBackup(path.join(other, 'none'))).rejects.toMatchObject({ code: 'backup_unreadable' });
  });

  test('tables of a later version', async () => {
    await query(
      source.urls,
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('later', 'x', 'control/9999_later', now())`,
    );
    const newer = path.join(await newFolder(), 'newer.backup');
    await makeBackup(request({ file: newer }));
    await query(source.urls, `DELETE FROM _prisma_migrations WHERE id = 'later'`);
    const { made, restore } = await target({ file: newer });
    await expect(restore()).rejects.toMatchObject({ code: 'backup_newer' });
    expect(await tenants(made.urls)).toEqual([]);
  });

  test('into stores of a cluster', async () => {
    const { made } = await target();
    const elsewhere = { ...made.urls, eventStore: 'cassandra://nowhere:9042/footfall' };
    await expect(restoreBackup({ ...made, urls: elsewhere }, await verifyBackup(file))).rejects.toMatchObject(
      { code: 'restore_elsewhere' },
    );
    expect(await query(made.urls, `SELECT to_regclass('tenant') AS t`)).toEqual([{ t: null }]);
  });

  test('over somebody’s tenants', async () => {
    const { made, restore } = await target();
    await prepareOwnStores(made.urls);
    const { db, close } = connectControlPlane(made.urls.database, { name: 'test' });
    await createTenant(db, { name: 'Other', email: 'other@shop.example', password: 'correct horse' });
    await close();
    await expect(restore()).rejects.toMatchObject({ code: 'not_empty' });
    expect(await tenants(made.urls)).toEqual([{ name: 'Other' }]);
  });

  test('but over the demo', async () => {
    const { made } = await target();
    await prepareOwnStores(made.urls);
    const { db, close } = connectControlPlane(made.urls.database, { name: 'test' });
    const { tenantId } = await createTenant(db, {
      name: 'Demo',
      email: 'demo@footfall.local',
      password: 'correct horse',
    });
    const { id } = await inTenant(db, tenantId).sites.create({ domain: 'demo.example', actor: 'test' });
    await close();
    await restoreBackup({ ...made, demoSiteId: id }, await verifyBackup(file));
    expect(await tenants(made.urls)).toEqual([{ name: 'Töpferei "O\'Neil"' }]);
  });

  test('with another secret than the one it was made with', async () => {
    const { restore } = await target({ secret: 'quite another secret of an operator' });
    await expect(restore()).rejects.toMatchObject({ code: 'other_secret' });
    const apart = path.join(await newFolder(), 'apart.backup');
    await makeBackup(request({ file: apart, secret: { text: SECRET, isMadeUp: false } }));
    expect((await readFile(apart)).includes(SECRET)).toBe(false);
    const without = await target({ file: apart });
    await expect(without.restore()).rejects.toMatchObject({ code: 'other_secret' });
    const same = await target({ file: apart, secret: SECRET });
    await same.restore();
    expect([same.kept, (await tenants(same.made.urls)).length]).toEqual([[], 1]);
  });
});
