import { chmod, lstat, readdir } from 'node:fs/promises';
import path from 'node:path';

const OTHERS = 0o077;

/** Gone meanwhile, or another user's, or on a disk that keeps no modes: not ours to mend. */
const NOT_OURS: ReadonlySet<string | undefined> = new Set([
  'ENOENT',
  'ENOTDIR',
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTSUP',
]);

function unlessOurs(error: unknown): void {
  if (!NOT_OURS.has((error as NodeJS.ErrnoException).code)) throw error;
}

async function restrict(target: string): Promise<void> {
  const { mode } = await lstat(target);
  if ((mode & OTHERS) !== 0) await chmod(target, mode & 0o7777 & ~OTHERS);
}

/**
 * Takes from a folder, and from all files and folders in it, whatever others than their owner may do. Links are left as they are: what they
 * name may be outside. A folder that is absent is nothing to mend.
 */
export async function keepPrivate(folder: string): Promise<void> {
  await restrict(folder).catch(unlessOurs);
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    unlessOurs(error);
    return [];
  });
  await Promise.all(
    entries.map((entry) => {
      const target = path.join(folder, entry.name);
      if (entry.isDirectory()) return keepPrivate(target);
      return entry.isFile() ? restrict(target).catch(unlessOurs) : undefined;
    }),
  );
}
