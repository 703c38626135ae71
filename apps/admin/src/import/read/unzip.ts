import { createWriteStream } from 'node:fs';
import { mkdtemp, open, statfs } from 'node:fs/promises';
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

/** What may still be unpacked of one archive and those in it. */
export type Budget = { bytes: number; files: number };

const MAX_FILES = 10_000;
/** Tables and logs shrink to a tenth or a twentieth; what grows more than a hundredfold was made to. */
const MAX_GROWTH = 100;
const ALWAYS_ALLOWED = 1024 ** 3;
/** Archives within archives. */
const MAX_NESTING = 3;
/** Of the disk's room an import leaves the rest to others. */
const SHARE_OF_ROOM = 0.9;

async function archiveBudget({ size }: Found, folder: string): Promise<Budget> {
  const { bavail, bsize } = await statfs(folder);
  const room = Math.floor(bavail * bsize * SHARE_OF_ROOM);
  return { bytes: Math.min(room, ALWAYS_ALLOWED + MAX_GROWTH * size), files: MAX_FILES };
}

function spend(budget: Budget, bytes: number): void {
  budget.bytes -= bytes;
  budget.files -= 1;
  if (budget.files < 0) throw new Error(`it holds more than ${MAX_FILES} files`);
  if (budget.bytes < 0)
    throw new Error('it unpacks to more than may be, or than there is room on the disk for');
}

const isHidden = (name: string) =>
  name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

/**
 * Unpacks a zip archive into a folder, without what is hidden.
 * @throws Failure `invalid_file`
 */
export async function unzip(file: Found, folder: string, budget: Budget): Promise<Found[]> {
  const found: Found[] = [];
  try {
    const archive = await openPromise(file.path);
    for await (const entry of archive.eachEntry()) {
      const name = entry.fileName;
      if (name.endsWith('/') || isHidden(name)) continue;
      // An entry that is larger than it says ends the reading.
      spend(budget, entry.uncompressedSize);
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

/** Workbooks are archives of what nobody wants to see. */
const isOffice = (files: readonly Found[]) => files.some(({ name }) => name === '[Content_Types].xml');

async function unpackNested(
  file: Found,
  { folder, budget, nesting }: { folder: string; budget: Budget; nesting: number },
): Promise<Found[]> {
  if (!(await isZip(file.path))) return [file];
  if (nesting === MAX_NESTING)
    throw adminFailure('invalid_file', `${file.name}: archives lie in it more than ${MAX_NESTING} deep`, {
      where: file.name,
    });
  const inside = await unzip(file, await mkdtemp(path.join(folder, 'zip-')), budget);
  if (isOffice(inside)) return [file];
  const all: Found[] = [];
  for (const one of inside) all.push(...(await unpackNested(one, { folder, budget, nesting: nesting + 1 })));
  return all;
}

/**
 * A file itself, or the files of the zip archive that it is, and of those in it, unpacked into the folder.
 * @throws Failure `invalid_file` also when that is too much
 */
export async function unpack(file: Found, folder: string): Promise<Found[]> {
  return unpackNested(file, { folder, budget: await archiveBudget(file, folder), nesting: 0 });
}
