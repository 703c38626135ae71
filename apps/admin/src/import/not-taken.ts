import { listCounts, sumCounts } from './counts.ts';
import { FORMATS } from './formats/formats.ts';
import type { Ignored, Looked } from './look.ts';
import { fileToImport, firstLines } from './read/files.ts';
import { describeFile, type Looks } from './read/unknown-file.ts';
import type { EventFile, FileCounts } from './send/import-events.ts';
import type { FileRows } from './totals/import-totals.ts';

/** A file of which nothing was taken: what it looks like, and what to do. */
export type NotTaken = { file: string; looks_like: string; remedy: string };

/** Files that are named; an import may have thousands. */
const NAMED = 20;

/** What lies beside exports to be read by people; nobody means to import it. */
const FOR_PEOPLE =
  /(?:^|\/)(?:readme|licen[cs]e|changelog|notes?)(?:\.[a-z]{2,4})?$|\.md$|\.sha\d+(?:sum)?$/i;

/** Ignored files that an operator may have meant. */
function ignoredFiles(ignored: readonly Ignored[]): NotTaken[] {
  return ignored
    .filter(({ name, isEmpty }) => !isEmpty && !FOR_PEOPLE.test(name))
    .map(({ name, what, remedy }) => ({ file: name, looks_like: what, remedy }));
}

/** What a file looks like of which every record was wrong. */
async function looksOfRejected(file: EventFile): Promise<Looks> {
  const seen = await fileToImport(file, 'auto');
  if (seen === null) return describeFile(file, await firstLines(file.path));
  const what = FORMATS[seen.format].title;
  return seen.format === file.format
    ? { what, remedy: 'every record of it is wrong: see the problems' }
    : { what, remedy: `leave --format out, or say --format ${seen.format}` };
}

async function notTakenFile(file: EventFile, { rejected, skipped }: FileCounts['counts']): Promise<NotTaken> {
  const about = (looks: Looks) => ({ file: file.name, looks_like: looks.what, remedy: looks.remedy });
  if (sumCounts(rejected) > 0) return about(await looksOfRejected(file));
  const what = FORMATS[file.format].title;
  const reasons = listCounts(skipped);
  return about({
    what,
    remedy: reasons === '' ? 'there is no record in it' : `all of it is left out on purpose: ${reasons}`,
  });
}

/**
 * The files of events of which nothing was taken. One whose records were all left out on purpose, such as a log of images, counts only
 * when nothing of any file was taken.
 */
export async function eventsNotTaken(
  files: readonly FileCounts[],
  { events, ignored }: Looked,
): Promise<NotTaken[]> {
  const isNothing = files.every(({ counts }) => counts.accepted === 0);
  const found: NotTaken[] = ignoredFiles(ignored);
  for (const [index, { counts }] of files.entries()) {
    const file = events[index];
    if (file === undefined || counts.accepted > 0 || found.length >= NAMED) continue;
    if (isNothing || sumCounts(counts.rejected) > 0) found.push(await notTakenFile(file, counts));
  }
  return found.slice(0, NAMED);
}

/** The files of totals of which nothing was taken. */
export function totalsNotTaken(files: readonly FileRows[], { ignored }: Looked): NotTaken[] {
  const empty = files
    .filter(({ accepted }) => accepted === 0)
    .map(({ name, read }) => ({
      file: name,
      looks_like: read === 0 ? 'a table without rows' : 'a table whose rows cannot be read',
      remedy: read === 0 ? 'leave it out' : 'see the problems',
    }));
  return [...ignoredFiles(ignored), ...empty].slice(0, NAMED);
}
