import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { namingFile } from '@footfall/files/file-problem';

/** The content of a JSON file, or null when there is none. */
export async function readJson<T>(file: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Replaces a JSON file as a whole, readable by its owner only: no reader ever sees half of it. */
export async function writeJson(file: string, content: unknown): Promise<void> {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const text = `${JSON.stringify(content, null, 2)}\n`;
  await namingFile(draft, () => writeFile(draft, text, { mode: 0o600 }));
  await rename(draft, file);
}
