import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { makeFolder } from '@footfall/files/make-folder';
import { openPromise } from 'yauzl';
import { adminFailure } from '../../errors.ts';
import type { Found } from './files.ts';

const ZIP = Buffer.from('PK\u0003\u0004');

/** Whether a file is a zip archive: by its first bytes, whatever its name. */
export async function isZip(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.equals(ZIP);
  } finally {
    await handle.close();
  }
}

const isHidden = (name: string) =>
  name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

/**
 * Unpacks a zip archive into a folder, without what is hidden.
 * @throws Failure `invalid_file`
 */
export async function unzip(file: Found, folder: string): Promise<Found[]> {
  const found: Found[] = [];
  try {
    const archive = await openPromise(file.path);
    for await (const entry of archive.eachEntry()) {
      const name = entry.fileName;
      if (name.endsWith('/') || isHidden(name)) continue;
      const at = path.join(folder, name);
      await makeFolder(path.dirname(at));
      await pipeline(
        await archive.openReadStreamPromise(entry),
        createWriteStream(at, { flags: 'wx', mode: 0o600 }),
      );
      found.push({ path: at, name, size: entry.uncompressedSize });
    }
  } catch (cause) {
    throw adminFailure('invalid_file', `${file.name} cannot be unpacked: ${(cause as Error).message}`, {
      where: file.name,
      cause,
    });
  }
  return found.sort((one, other) => (one.name < other.name ? -1 : 1));
}
