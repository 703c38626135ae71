import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { StoreName, StoreUrls } from '@footfall/installation/store-table';
import type { PoolClient } from '@footfall/postgres/pool';
import { to as copyTo } from 'pg-copy-streams';
import { writeBackupFile } from './backup-file.ts';
import { backupFailure } from './errors.ts';
import { dataFrames, jsonFrame } from './frames.ts';
import { type End, fingerprintSecret, type Head } from './head.ts';
import { type Snapshot, withSnapshots } from './snapshots.ts';
import {
  appliedMigrations,
  findElsewhere,
  listSequences,
  listTables,
  STORE_ORDER,
  type Table,
} from './tables.ts';

/** What is backed up. */
export type BackupRequest = {
  file: string;
  urls: StoreUrls;
  /** Files of sealed days. */
  factsDir: string;
  /** The control plane alone, whatever the others are. */
  planeOnly: boolean;
  /** `isMadeUp`: it is in the data folder alone, so that the backup must have it. */
  secret: { text: string; isMadeUp: boolean };
  /** Of Footfall. */
  version: string;
  /** Hears how far it is. */
  tell: (line: string) => void;
};

export type MadeBackup = { bytes: number; rows: number; files: number };

/** @throws Failure `not_in_postgres` */
function storesFor({ urls, planeOnly }: BackupRequest): StoreName[] {
  if (planeOnly) return ['database'];
  const scheme = findElsewhere(urls, STORE_ORDER);
  if (scheme === undefined) return [...STORE_ORDER];
  throw backupFailure('not_in_postgres', `a store is on ${scheme}://, which a backup does not reach`);
}

async function headFor(snapshots: readonly Snapshot[], { secret, version }: BackupRequest): Promise<Head> {
  const stores: Head['stores'] = {};
  for (const { store, client } of snapshots)
    stores[store] = { migrations: await appliedMigrations(client, store) };
  return {
    madeAt: new Date().toISOString(),
    version,
    stores,
    secret: { fingerprint: fingerprintSecret(secret.text), text: secret.isMadeUp ? secret.text : null },
  };
}

const SEALED = 'SELECT unnest(ARRAY[facts, visits, roll_ups]) AS path FROM reportstore.month_file';

async function* writeFile(folder: string, name: string): AsyncGenerator<Buffer> {
  const file = path.join(folder, name);
  try {
    const { size } = await stat(file);
    yield jsonFrame('file', { path: name, size });
    for await (const chunk of createReadStream(file)) yield* dataFrames(chunk as Buffer);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw backupFailure('files_changed', `${name} of the sealed days is gone`, { where: file, cause });
  }
}

/** Rows of a table, in Postgres' own binary format; `counted` hears their number. */
async function* writeTable(
  client: PoolClient,
  table: Table,
  counted: (rows: number) => void,
): AsyncGenerator<Buffer> {
  yield jsonFrame('table', table);
  const rows = client.query(
    copyTo(`COPY ${table.name} (${table.columns.join(', ')}) TO STDOUT (FORMAT binary)`),
  );
  for await (const chunk of rows) yield* dataFrames(chunk as Buffer);
  counted(rows.rowCount);
}

async function* writeAll(
  snapshots: readonly Snapshot[],
  request: BackupRequest,
  end: End,
): AsyncGenerator<Buffer> {
  yield jsonFrame('head', await headFor(snapshots, request));
  // First, since files that are replaced are deleted after an hour.
  const reports = snapshots.find(({ store }) => store === 'reportStore');
  const sealed = (await reports?.client.query<{ path: string }>(SEALED))?.rows ?? [];
  for (const file of sealed) {
    yield* writeFile(request.factsDir, file.path);
    end.files += 1;
    request.tell(`${end.files} of ${sealed.length} files of sealed days`);
  }
  for (const { store, client } of snapshots) {
    for (const table of await listTables(client, store)) {
      request.tell(`table ${table.name}`);
      yield* writeTable(client, table, (rows) => {
        end.tables[table.name] = rows;
      });
    }
    // Later than the rows: what a sequence hands out meanwhile is passed over, never given twice.
    end.sequences.push(...(await listSequences(client, store)));
  }
  yield jsonFrame('end', end);
}

/**
 * Writes all that an installation has stored into one file, as it is at one moment, while it runs: on one machine every event, the sealed
 * days and what waits in the log; with `planeOnly` what the control plane knows.
 * @throws Failure `not_in_postgres`, `files_changed`
 */
export async function makeBackup(request: BackupRequest): Promise<MadeBackup> {
  const stores = storesFor(request);
  const end: End = { tables: {}, files: 0, sequences: [] };
  const bytes = await withSnapshots(request.urls, stores, (snapshots) =>
    writeBackupFile(request.file, writeAll(snapshots, request, end)),
  );
  const rows = Object.values(end.tables).reduce((sum, count) => sum + count, 0);
  return { bytes, rows, files: end.files };
}
