import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Pool, transaction } from '@footfall/postgres/pool';
import { EARLIEST_RECEIPT } from './days.ts';
import { MONTH_FILES, type MonthFiles } from './month-files.ts';
import { siteFolder } from './seal.ts';

/** No reader and no sealing takes as long. Milliseconds. */
const GRACE_MS = 3_600_000;

/** A month whose files are listed; paths relative to the folder of files. */
type Month = { siteId: string; generation: number; month: string } & MonthFiles;

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

async function deleteSuperseded(pool: Pool, filesDir: string): Promise<void> {
  const { rows: gone } = await pool.query<{ path: string }>(
    `SELECT path FROM reportstore.superseded_file WHERE since < now() - $1 * interval '1 ms'`,
    [GRACE_MS],
  );
  if (gone.length === 0) return;
  for (const { path: name } of gone) await rm(path.join(filesDir, name), { force: true });
  await pool.query('DELETE FROM reportstore.superseded_file WHERE path = ANY ($1)', [
    gone.map((row) => row.path),
  ]);
}

/**
 * Opens the days of a month whose files are lost, so that they are sealed anew from the event store; until then answers lack them,
 * and say so by their dirty days.
 */
async function reopen(pool: Pool, { siteId, generation, month, facts }: Month): Promise<void> {
  await transaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `DELETE FROM reportstore.month_file WHERE site_id = $1 AND generation = $2 AND month = $3 AND facts = $4`,
      [siteId, generation, month, facts],
    );
    // It was sealed again meanwhile.
    if (rowCount === 0) return;
    await client.query(
      `UPDATE reportstore.day_state AS state SET version = version + 1, sealed_version = NULL,
         dirty_since = least(dirty_since, ${EARLIEST_RECEIPT})
       WHERE site_id = $1 AND generation = $2 AND to_char(day, 'YYYY-MM') = $3`,
      [siteId, generation, month],
    );
  });
}

/** Deletes files that were replaced an hour ago and such that a crash left behind; sees that those which are lost are made anew. */
export async function sweepFiles(pool: Pool, filesDir: string): Promise<void> {
  await deleteSuperseded(pool, filesDir);
  // In this order: whatever is listed in Postgres was in the folder before.
  const { rows: months } = await pool.query<Month>(
    `SELECT site_id AS "siteId", generation, month, ${MONTH_FILES} FROM reportstore.month_file`,
  );
  const { rows: superseded } = await pool.query<{ path: string }>(
    'SELECT path FROM reportstore.superseded_file',
  );
  const files = await filesIn(filesDir);
  const there = new Set(files);
  const inFolder = (name: string) => path.join(filesDir, name);
  const fileNames = ({ facts, visits, rollUps }: MonthFiles) => [facts, visits, rollUps];
  for (const month of months)
    if (!fileNames(month).every((name) => there.has(inFolder(name)))) await reopen(pool, month);
  const known = new Set([...months.flatMap(fileNames), ...superseded.map((row) => row.path)].map(inFolder));
  for (const file of files) if (!known.has(file) && (await isOld(file))) await rm(file, { force: true });
}

/** Deletes all files of a site. */
export async function deleteSiteFiles(filesDir: string, siteId: string): Promise<void> {
  await rm(path.join(filesDir, siteFolder(siteId)), { recursive: true, force: true });
}
