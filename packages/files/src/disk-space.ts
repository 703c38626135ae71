import { stat, statfs } from 'node:fs/promises';
import path from 'node:path';

/** Bytes of a disk that this user may still write, and all that it has; `device` tells one disk from another. */
export type DiskSpace = { free: number; total: number; device: number };

/**
 * The room on the disk of a folder, or of the nearest folder above it that exists.
 * @throws the system's error when nobody can tell
 */
export async function diskSpace(folder: string): Promise<DiskSpace> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    const { dev } = await stat(folder);
    return { free: bavail * bsize, total: blocks * bsize, device: dev };
  } catch (error) {
    const parent = path.dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === folder) throw error;
    return diskSpace(parent);
  }
}

/** Below this nothing of ours can work any more, whatever the system's own reserve is. Bytes. */
const FULL = 1024 * 1024;

/**
 * A sentence about the first of these folders whose disk is full; undefined while all have room. For a failure whose own words do
 * not say that this is why.
 */
export async function fullDisk(
  folders: readonly string[],
  readSpace: (folder: string) => Promise<Pick<DiskSpace, 'free' | 'total'>> = diskSpace,
): Promise<string | undefined> {
  for (const folder of folders) {
    const space = await readSpace(folder).catch(() => undefined);
    // What is not a disk, such as /proc, has no room at all.
    if (space !== undefined && space.total > 0 && space.free < FULL)
      return `no space left on the disk of ${folder} (${Math.round(space.total / FULL)} MB, ${Math.round(space.free / 1024)} KB free)`;
  }
  return undefined;
}
