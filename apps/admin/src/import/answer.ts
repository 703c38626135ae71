import type { ImportedTotal } from '@footfall/core/imported';
import type { Result } from '../command.ts';
import { listCounts, sumCounts } from './counts.ts';
import { FORMATS } from './formats/formats.ts';
import type { Looked } from './look.ts';
import type { NotTaken } from './not-taken.ts';
import type { FirstEvent } from './send/dry-run.ts';
import type { Imported } from './send/import-events.ts';
import type { Problem } from './send/problems.ts';
import type { TotalsImported } from './totals/import-totals.ts';

const row = (name: string, value: string | number) => `${name.padEnd(9)} ${value}`;

function countLines(name: string, counts: Readonly<Record<string, number>>): string {
  const sum = sumCounts(counts);
  return row(name, `${sum}${sum > 0 ? ` (${listCounts(counts)})` : ''}`);
}

const ignoredLine = (ignored: Looked['ignored']) =>
  ignored.length > 0 ? [row('ignored', ignored.map(({ name }) => name).join(', '))] : [];

const problemLine = ({ file, line, reason, message, count }: Problem) =>
  `${file}:${line}: ${reason}: ${message}${count > 1 ? ` (${count} times)` : ''}`;

const notTakenLine = ({ file, looks_like, remedy }: NotTaken) =>
  `nothing was taken of ${file}: it looks like ${looks_like}; ${remedy}`;

/** Each format and of how many files it is. */
function formatLines(events: Looked['events']): string[] {
  const counts = Map.groupBy(events, ({ format }) => format);
  return [...counts].map(([format, files]) =>
    row('format', `${format}: ${FORMATS[format].title}${files.length > 1 ? ` (${files.length} files)` : ''}`),
  );
}

type Asked = {
  looked: Looked;
  notTaken: readonly NotTaken[];
  /** Nothing was sent or kept. `undefined`: it was. */
  dryRun?: { first: FirstEvent | ImportedTotal | null } | undefined;
};

const dryRunLines = ({ dryRun }: Asked) =>
  dryRun === undefined
    ? []
    : [
        'dry run: nothing was imported',
        ...(dryRun.first === null ? [] : [row('first', JSON.stringify(dryRun.first))]),
      ];

const dryRunFields = ({ dryRun }: Asked) =>
  dryRun === undefined ? {} : { dry_run: true, first: dryRun.first };

/** What became of events, or would. */
export function eventsAnswer(
  { importId, counts, before, problems }: Imported & { importId: string | null },
  asked: Asked,
): Result {
  const { notTaken } = asked;
  const { events, ignored } = asked.looked;
  const { read, accepted, rejected, skipped } = counts;
  const json = {
    import_id: importId,
    ...dryRunFields(asked),
    files: events.length,
    formats: [...new Set(events.map(({ format }) => format))],
    read,
    accepted,
    rejected,
    skipped: sumCounts(skipped),
    skipped_reasons: skipped,
    read_before: before,
    ignored_files: ignored.map(({ name }) => name),
    not_taken: notTaken,
    problems,
  };
  const lines = [
    ...dryRunLines(asked),
    ...(asked.dryRun === undefined ? [row('import', importId ?? 'none: there was nothing new')] : []),
    ...formatLines(events),
    row('read', `${read} of ${events.length} files${before > 0 ? ` (${before} in earlier runs)` : ''}`),
    row('accepted', accepted),
    countLines('rejected', rejected),
    countLines('skipped', skipped),
    ...ignoredLine(ignored),
    ...problems.map(problemLine),
    ...notTaken.map(notTakenLine),
  ];
  return { json, text: lines.join('\n'), ok: notTaken.length === 0 };
}

const PRODUCTS = { plausible: 'Plausible', ga4: 'GA4' } as const;

/** What became of totals, or would. */
export function totalsAnswer({ id, totals, known, rows, problems }: TotalsImported, asked: Asked): Result {
  const { notTaken, dryRun } = asked;
  const { totals: files, ignored } = asked.looked;
  const { read, accepted, rejected, skipped } = rows;
  const source = files[0]?.source ?? null;
  const json = {
    ...dryRunFields(asked),
    import_id: id,
    source,
    files: files.length,
    read,
    accepted,
    rejected: rejected > 0 ? { invalid_record: rejected } : {},
    skipped,
    totals,
    totals_known: known,
    ignored_files: ignored.map(({ name }) => name),
    not_taken: notTaken,
    problems,
  };
  const kept = id === null ? 'nothing new: no import was made' : row('import', id);
  const lines = [
    ...dryRunLines(asked),
    ...(dryRun === undefined ? [kept] : []),
    ...(source === null ? [] : [row('format', `totals of ${PRODUCTS[source]}`)]),
    row('read', `${read} of ${files.length} files`),
    row('accepted', accepted),
    row('rejected', rejected),
    row('totals', `${totals}${known > 0 ? ` (${known} are in earlier imports)` : ''}`),
    ...ignoredLine(ignored),
    ...problems.map(problemLine),
    ...notTaken.map(notTakenLine),
  ];
  return { json, text: lines.join('\n'), ok: notTaken.length === 0 };
}
