import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Pool } from '@footfall/postgres/pool';
import { folderOf } from './seal.ts';

/** No reader and no sealing takes as long. Milliseconds. */
const GRACE_MS = 3_600_000;

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

const isOld = async (file: string): Promise<boolean> => {
  const found = await stat(file).catch(() => null);
  return found !== null && found.mtimeMs < Date.now() - GRACE_MS;
};

/** Deletes files that were replaced an hour ago, and such that a crash left behind. */
export async function sweepFiles(pool: Pool, filesDir: string): Promise<void> {
  const { rows: gone } = await pool.query<{ path: string }>(
    `SELECT path FROM reportstore.superseded_file WHERE since < now() - $1 * interval '1 ms'`,
    [GRACE_MS],
  );
  for (const { path: name } of gone) await rm(path.join(filesDir, name), { force: true });
  await pool.query('DELETE FROM reportstore.superseded_file WHERE path = ANY ($1)', [
    gone.map((row) => row.path),
  ]);
  const { rows: listed } = await pool.query<{ path: string }>(
    `SELECT facts AS path FROM reportstore.month_file UNION ALL SELECT roll_ups FROM reportstore.month_file
     UNION ALL SELECT path FROM reportstore.superseded_file`,
  );
  const known = new Set(listed.map((row) => path.join(filesDir, row.path)));
  for (const file of await filesIn(filesDir)) {
    if (!known.has(file) && (await isOld(file))) await rm(file, { force: true });
  }
}

/** Deletes all files of a site. */
export async function deleteSiteFiles(filesDir: string, siteId: string): Promise<void> {
  await rm(path.join(filesDir, folderOf(siteId)), { recursive: true, force: true });
}
