import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { adminFailure } from '../errors.ts';
import { FORMATS, type FormatName } from './formats/formats.ts';
import { type Found, filesAt, fileToImport, firstLines } from './read/files.ts';
import { describeFile, type Looks } from './read/unknown-file.ts';
import { unpack } from './read/unzip.ts';
import type { EventFile } from './send/import-events.ts';
import { isGa4Report } from './totals/ga4/report.ts';
import { plausibleRules } from './totals/plausible.ts';
import type { TotalsFile } from './totals/totals-file.ts';

export type AnyFormat = FormatName | 'plausible' | 'auto';

/** What an operator may call a format. */
export const FORMAT_NAMES: readonly string[] = ['auto', ...Object.keys(FORMATS), 'plausible'];

/** A file that is nothing known, and what it looks like. */
export type Ignored = Looks & { name: string };

/** What there is to import: events, or totals, never both; and files that are nothing known. */
export type Looked = { events: EventFile[]; totals: TotalsFile[]; ignored: Ignored[] };

/** Runs `work` with a folder that is gone afterwards. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'footfall-import-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The files of a path; those of an archive are unpacked into the folder, one archive after the other. */
async function unpacked(from: string, folder: string): Promise<Found[]> {
  const all: Found[] = [];
  for (const file of await filesAt(path.resolve(from))) all.push(...(await unpack(file, folder)));
  return all;
}

async function totalsFile(found: Found, format: AnyFormat): Promise<TotalsFile | null> {
  if (format !== 'auto' && format !== 'plausible' && format !== 'ga4') return null;
  if (format !== 'ga4' && plausibleRules(found.name) !== null) return { ...found, source: 'plausible' };
  if (format !== 'plausible' && isGa4Report(await firstLines(found.path))) return { ...found, source: 'ga4' };
  return null;
}

/** Files that are named in one line. */
const NAMED = 3;

/** What to say when no file is of a known format: of each kind what it looks like and what to do. */
function unknownFiles(ignored: readonly Ignored[]): string {
  if (ignored.length === 0) return 'it has no files';
  const kinds = [...Map.groupBy(ignored, ({ what }) => what).values()].slice(0, NAMED);
  const texts = kinds.map((files) => {
    const [{ name, what, remedy }] = files as [Ignored];
    return `${name}${files.length > 1 ? ` and ${files.length - 1} more` : ''} looks like ${what}; ${remedy}`;
  });
  return `no file of a known format: ${texts.join('. ')}`;
}

function check(from: string, { events, totals, ignored }: Looked): void {
  const sources = new Set(totals.map(({ source }) => source));
  if ((events.length > 0 && totals.length > 0) || sources.size > 1)
    throw adminFailure(
      'invalid_file',
      `--from ${from}: it holds exports of several kinds; import them one by one`,
      {
        where: 'from',
      },
    );
  if (events.length + totals.length > 0) return;
  throw adminFailure('unknown_format', `--from ${from}: ${unknownFiles(ignored)}`, { where: 'from' });
}

/**
 * Looks at what is to be imported.
 * @throws Failure `invalid_file`, `unknown_format`
 */
export async function look(
  from: string,
  { format, folder }: { format: AnyFormat; folder: string },
): Promise<Looked> {
  const looked: Looked = { events: [], totals: [], ignored: [] };
  for (const found of await unpacked(from, folder)) {
    const totals = await totalsFile(found, format);
    const events = totals !== null || format === 'plausible' ? null : await fileToImport(found, format);
    if (totals !== null) looked.totals.push(totals);
    else if (events !== null) looked.events.push({ ...events, size: found.size });
    else
      looked.ignored.push({ name: found.name, ...(await describeFile(found, await firstLines(found.path))) });
  }
  check(from, looked);
  return looked;
}
