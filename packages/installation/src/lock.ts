import { rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';

/** Who holds the data folder. */
export type Holder = { pid: number; purpose: 'supervisor' | 'admin' };
export type Lock = { release(): void };

const holderFile = (file: string) => `${file}.json`;

function isBusy(error: unknown): boolean {
  const SQLITE_BUSY = 5;
  return (error as { errcode?: number }).errcode === SQLITE_BUSY;
}

/**
 * Locks a file, made when it is absent, or answers null when another process has it. The operating system takes the lock back when
 * its holder dies, however it dies, which a file with a process id cannot promise. Node offers such a lock only through
 * SQLite: the file is an empty database in an open transaction.
 */
export function lockFile(file: string): Lock | null {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return { release: () => database.close() };
}

/** Takes the lock of a data folder and says who has it, or answers null when another process has it. */
export function tryLock(file: string, purpose: Holder['purpose']): Lock | null {
  const lock = lockFile(file);
  if (lock === null) return null;
  const holder: Holder = { pid: process.pid, purpose };
  writeFileSync(holderFile(file), JSON.stringify(holder), { mode: 0o600 });
  return {
    release: () => {
      rmSync(holderFile(file), { force: true });
      lock.release();
    },
  };
}

/** Who has the lock, as far as it has said so yet. */
export async function lockHolder(file: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(holderFile(file), 'utf8'));
  } catch {
    // Released, or not yet written: whoever asks looks again.
    return null;
  }
}
