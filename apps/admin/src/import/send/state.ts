import { createHash, type Hash } from 'node:crypto';
import path from 'node:path';
import { makeFolder } from '@footfall/files/make-folder';
import { readJson, writeJson } from '@footfall/installation/json-file';
import type { FormatName } from '../formats/formats.ts';

/** `read` = `accepted` + all of `rejected` + all of `skipped`. */
export type Counts = {
  read: number;
  accepted: number;
  rejected: Record<string, number>;
  skipped: Record<string, number>;
};

/** How far one file was taken: its first `records` records, whose keyed digest tells them again under another name. */
export type Progress = {
  format: FormatName;
  records: number;
  digest: string;
  /** All of the file as it was then. */
  done: boolean;
  counts: Counts;
  /** The imports by which its records were taken; absent: of a version that did not note them. */
  imports?: string[];
};

/** What imports into one site have done, for those that come after them. Holds nothing of any record. */
export type ImportState = {
  /** The API key of a run that did not come to its end. */
  keyId: string | null;
  files: Progress[];
  /** An import that did not come to its end, and the absolute path that it reads. */
  open?: { importId: string; from: string };
};

export const zeroCounts = (): Counts => ({ read: 0, accepted: 0, rejected: {}, skipped: {} });

/** Counts one more of a name. */
export function countOne(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

function addNumbers(sum: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + count;
}

/** Adds `more` to `sum`. */
export function addTo(sum: Counts, more: Counts): void {
  sum.read += more.read;
  sum.accepted += more.accepted;
  addNumbers(sum.rejected, more.rejected);
  addNumbers(sum.skipped, more.skipped);
}

/** Digests the records of a file one by one; keyed, since a short file has few addresses to try. */
export function contentHash(key: Uint8Array): Hash {
  return createHash('sha256').update(key);
}

/** The digest of all that was put into a hash so far; it goes on. */
export const digestSoFar = (hash: Hash): string => hash.copy().digest('base64url');

/** Forgets what an import has taken, so that the same can be brought in again. */
export function forgetImport(state: ImportState, importId: string): void {
  state.files = state.files.filter(({ imports = [] }) => !imports.includes(importId));
  if (state.open?.importId === importId) delete state.open;
}

/** Where the state of imports into a site is kept; the folder is made. */
export async function stateFile(dataDir: string, siteId: string): Promise<string> {
  const folder = path.join(dataDir, 'imports');
  await makeFolder(folder);
  return path.join(folder, `${siteId}.json`);
}

const NOTHING_DONE: ImportState = { keyId: null, files: [] };

/** The state in a file, also one of a version that kept less or keeps more: what this one does not know stays. */
export async function readState(file: string): Promise<ImportState> {
  return { ...structuredClone(NOTHING_DONE), ...(await readJson<Partial<ImportState>>(file)) };
}

/** Replaces the state as a whole: whoever is killed leaves the old or the new. */
export function writeState(file: string, state: ImportState): Promise<void> {
  return writeJson(file, state);
}
