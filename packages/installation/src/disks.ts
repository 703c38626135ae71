import { realpath, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Config } from '@footfall/config/config';
import { diskSpace } from '@footfall/files/disk-space';
import type { Pool } from '@footfall/postgres/pool';
import { dataDirAt } from './data-dir.ts';

/** What of us is on a disk: `data` the data folder, `postgres` a database server of this machine. */
export type DiskName = 'data' | 'spool' | 'facts' | 'postgres' | 'temp';

/** Bytes; names with the same `device` are on the same disk. */
export type Disk = { name: DiskName; folder: string; free: number; size: number; device: number };

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** The folder of a Postgres on this machine, as far as it says; undefined for one elsewhere, and where the login may not know. */
async function postgresFolder(config: Config, pool: Pick<Pool, 'query'> | null): Promise<string | undefined> {
  const { databaseUrl } = config;
  if (databaseUrl === undefined) return dataDirAt(config.dataDir).postgres;
  if (pool === null || !LOOPBACK.test(new URL(databaseUrl).hostname)) return undefined;
  try {
    const { rows } = await pool.query<{ folder: string }>(
      `SELECT current_setting('data_directory') AS folder`,
    );
    const folder = rows[0]?.folder;
    // In a container its folder is not ours.
    if (folder === undefined) return undefined;
    await stat(folder);
    return folder;
  } catch {
    // Only members of pg_read_all_settings are told; the server's own monitoring knows.
    return undefined;
  }
}

async function readDisk(name: DiskName, folder: string): Promise<Disk[]> {
  try {
    const { free, total, device } = await diskSpace(await realpath(folder).catch(() => folder));
    return [{ name, folder, free, size: total, device }];
  } catch {
    // A folder that may not be looked at is not written to either.
    return [];
  }
}

/**
 * The room on each disk of this machine that an installation writes to. One disk may have several names. `pool` null: a Postgres of the
 * operator's is not asked for its folder.
 */
export async function readDisks(config: Config, pool: Pick<Pool, 'query'> | null): Promise<Disk[]> {
  const { root, spool } = dataDirAt(config.dataDir);
  const postgres = await postgresFolder(config, pool);
  const folders: [DiskName, string][] = [
    ['data', root],
    ['spool', spool],
    ['facts', path.resolve(config.factsDir)],
    ...(postgres === undefined ? [] : [['postgres', postgres] as [DiskName, string]]),
    ['temp', tmpdir()],
  ];
  return (await Promise.all(folders.map(([name, folder]) => readDisk(name, folder)))).flat();
}
