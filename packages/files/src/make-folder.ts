import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** What is ours to keep is the owner's alone. */
const OWNER_ONLY = 0o700;

async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: OWNER_ONLY });
  } catch (error) {
    const found = await stat(folder).catch(() => null);
    if (found?.isDirectory() !== true) throw error;
  }
}

/**
 * Makes a folder that its owner alone may enter, and the folders above it that are missing. One that exists stays as it is.
 * Node's own `mkdir` with `recursive` never comes back from a folder whose system makes none, such as one below /proc.
 * @throws the system's error when it cannot be made
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeOne(folder);
  } catch (error) {
    const parent = path.dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === folder) throw error;
    await makeFolder(parent);
    await makeOne(folder);
  }
}
