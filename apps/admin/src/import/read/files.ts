import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { adminFailure } from '../../errors.ts';
import { detectFormat } from '../formats/detect.ts';
import type { FormatName } from '../formats/formats.ts';
import type { FileToImport } from '../send/import-file.ts';
import { isJsonDocument } from './json-values.ts';
import { readLines } from './lines.ts';
import { detectShape, readRecords } from './records.ts';

/** Lines by which a format is told. */
const LOOKED_AT = 20;
/** Comments that a file may begin with. */
const MAX_COMMENTS = 2_000;

/** A file that was named, or lies in a folder that was. */
export type Found = { path: string; name: string; size: number };

/**
 * The files of a path, in the order of their names; of a folder all in it, but hidden ones.
 * @throws Failure `invalid_file`
 */
export async function filesAt(from: string): Promise<Found[]> {
  const found = await stat(from).catch((cause: NodeJS.ErrnoException) => {
    const message = cause.code === 'ENOENT' ? 'there is no such file or folder' : cause.message;
    throw adminFailure('invalid_file', `--from ${from}: ${message}`, { where: 'from', cause });
  });
  if (!found.isDirectory()) return [{ path: from, name: path.basename(from), size: found.size }];
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(
    paths
      .sort()
      .map(async (one) => ({ path: one, name: path.relative(from, one), size: (await stat(one)).size })),
  );
}

/** The first lines of a file that are not empty: so many of which a format is told, and all comments before and between them. */
export async function firstLines(file: string): Promise<string[]> {
  const first: string[] = [];
  let told = 0;
  for await (const { lines } of readLines(file)) {
    for (const line of lines.slice(0, MAX_COMMENTS)) {
      if (line.trim() === '') continue;
      first.push(line);
      if (!line.startsWith('#')) told += 1;
      if (told === LOOKED_AT || first.length === MAX_COMMENTS) return first;
    }
  }
  return first;
}

/** The first values of a file that is a document of JSON, as lines. */
async function firstValues(file: string): Promise<string[]> {
  const first: string[] = [];
  for await (const { records } of readRecords(file, 'document')) {
    first.push(...records.slice(0, LOOKED_AT).map(({ text }) => text));
    if (first.length >= LOOKED_AT) break;
  }
  return first.slice(0, LOOKED_AT);
}

async function formatName(file: string, lines: readonly string[]): Promise<FormatName | null> {
  return detectFormat(lines) ?? (isJsonDocument(lines) ? detectFormat(await firstValues(file)) : null);
}

/** How a file is to be read: as the operator says, or as it looks; null when it looks like nothing that is known. */
export async function fileToImport(found: Found, format: FormatName | 'auto'): Promise<FileToImport | null> {
  const lines = await firstLines(found.path);
  const name = format === 'auto' ? await formatName(found.path, lines) : format;
  if (name === null) return null;
  return { path: found.path, name: found.name, format: name, shape: detectShape(name, lines) };
}
