import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { type Lock, lockFile } from '@footfall/installation/lock';
import { type SpoolFiles, writeAll } from './files.ts';

/** A folder of one spool, which this process has until it releases it or dies. */
export type Home = {
  folder: string;
  /** The same for whoever has the folder. */
  id: string;
  /** Host and folder, for people. */
  place: string;
  release(): void;
};

const slotFolder = (root: string, slot: number) => path.join(root, String(slot));

/** The folder's id, made when it has none. */
async function readOrCreateId(folder: string, files: SpoolFiles): Promise<string> {
  const file = path.join(folder, 'id');
  // There is none yet, or a crash cut it off.
  const known = await readFile(file, 'utf8').catch(() => '');
  if (/^[0-9a-f]{32}$/.test(known)) return known;
  const id = randomBytes(16).toString('hex');
  await files.remove(file).catch(() => undefined);
  const created = await files.create(file);
  await writeAll(created, Buffer.from(id), 0);
  await created.sync();
  await created.close();
  await files.syncFolder(folder);
  return id;
}

async function homeAt(folder: string, lock: Lock, files: SpoolFiles): Promise<Home> {
  try {
    const id = await readOrCreateId(folder, files);
    return { folder, id, place: `${hostname()}:${folder}`, release: () => lock.release() };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The first folder under a root that no process has, made when all are taken. A restarted process finds what it left there. */
export async function takeHome(root: string, files: SpoolFiles): Promise<Home> {
  await files.makeFolder(root);
  for (let slot = 1; ; slot += 1) {
    const folder = slotFolder(root, slot);
    await files.makeFolder(folder);
    await files.syncFolder(root);
    const lock = lockFile(path.join(folder, 'lock'));
    if (lock !== null) return homeAt(folder, lock, files);
  }
}

/** The folders under a root, those of other processes among them. */
export async function homesUnder(root: string, files: SpoolFiles): Promise<string[]> {
  const names = await files.list(root).catch((error: unknown) => {
    // No collector of this machine has ever had a spool.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => /^[1-9]\d*$/.test(name)).map((name) => path.join(root, name));
}

/** A folder whose process is gone; null while somebody has it. */
export async function adoptHome(folder: string, files: SpoolFiles): Promise<Home | null> {
  const lock = lockFile(path.join(folder, 'lock'));
  return lock === null ? null : homeAt(folder, lock, files);
}
