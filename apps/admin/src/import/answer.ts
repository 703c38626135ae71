import type { Result } from '../command.ts';
import type { Looked } from './look.ts';
import type { Imported } from './send/import-events.ts';
import type { Problem } from './send/import-file.ts';
import type { TotalsImported } from './totals/import-totals.ts';

const sumCounts = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

const listed = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

function countLines(name: string, counts: Readonly<Record<string, number>>): string {
  const sum = sumCounts(counts);
  return `${name.padEnd(9)} ${sum}${sum > 0 ? ` (${listed(counts)})` : ''}`;
}

const ignoredLine = (ignored: readonly string[]) =>
  ignored.length > 0 ? [`ignored   ${ignored.join(', ')}`] : [];

const problemLine = ({ file, line, reason, message }: Problem) => `${file}:${line}: ${reason}: ${message}`;

/** What became of events. */
export function eventsAnswer({ counts, before, problems }: Imported, { events, ignored }: Looked): Result {
  const { read, accepted, rejected, skipped } = counts;
  const json = {
    files: events.length,
    formats: [...new Set(events.map(({ format }) => format))],
    read,
    accepted,
    rejected,
    skipped: sumCounts(skipped),
    skipped_reasons: skipped,
    read_before: before,
    ignored_files: ignored,
    problems,
  };
  const lines = [
    `read      ${read} of ${events.length} files${before > 0 ? ` (${before} in earlier runs)` : ''}`,
    `accepted  ${accepted}`,
    countLines('rejected', rejected),
    countLines('skipped', skipped),
    ...ignoredLine(ignored),
    ...problems.map(problemLine),
  ];
  return { json, text: lines.join('\n'), ok: true };
}

/** What became of totals. */
export function totalsAnswer(
  { id, totals, known, rows, problems }: TotalsImported,
  { totals: files, ignored }: Looked,
): Result {
  const { read, accepted, rejected, skipped } = rows;
  const json = {
    import_id: id,
    source: files[0]?.source ?? null,
    files: files.length,
    read,
    accepted,
    rejected: rejected > 0 ? { invalid_record: rejected } : {},
    skipped,
    totals,
    totals_known: known,
    ignored_files: ignored,
    problems,
  };
  const lines = [
    id === null ? 'nothing new: no import was made' : `import    ${id}`,
    `read      ${read} of ${files.length} files`,
    `accepted  ${accepted}`,
    `rejected  ${rejected}`,
    `totals    ${totals}${known > 0 ? ` (${known} are in earlier imports)` : ''}`,
    ...ignoredLine(ignored),
    ...problems.map(problemLine),
  ];
  return { json, text: lines.join('\n'), ok: true };
}
