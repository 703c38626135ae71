import { trimBlanks } from '@footfall/core/blank';
import type { ImportedTotal, Measures } from '@footfall/core/imported';
import { ROLL_UP_ALL } from '@footfall/core/roll-up';
import { addImport, type Kept } from '@footfall/db/count/imported';
import type { Pool } from '@footfall/postgres/pool';
import { adminFailure } from '../../errors.ts';
import type { Row } from '../formats/event-row.ts';
import { parseValues } from '../read/csv.ts';
import type { Found } from '../read/files.ts';
import { readRecords } from '../read/records.ts';
import type { Problem } from '../send/import-file.ts';
import { progressBar } from '../send/progress-bar.ts';
import {
  computedColumns,
  ga4Day,
  ga4Rules,
  isAllNumbers,
  isOtherTime,
  type ReportSpan,
  spanOfComment,
  withSums,
} from './ga4-report.ts';
import { plausibleRules } from './plausible.ts';
import { collectMeasures, parseDay, readTotals, rulesFor, type TotalRule } from './totals.ts';

export type TotalsSource = 'plausible' | 'ga4';
export type TotalsFile = Found & { source: TotalsSource };

/** Rows that were read and what they came to: `read` = `accepted` + `rejected` + `skipped`. */
export type RowCounts = { read: number; accepted: number; rejected: number; skipped: number };

export type TotalsImported = Kept & {
  rows: RowCounts;
  /** Totals that were left out, since an earlier import has their days. */
  known: number;
  problems: Problem[];
};

/** Problems that are kept for the answer. */
const SHOWN = 10;

/** What is noted while files are read. */
type Notes = { rows: RowCounts; rules: TotalRule[]; problems: Problem[] };

export const newNotes = (): Notes => ({
  rows: { read: 0, accepted: 0, rejected: 0, skipped: 0 },
  rules: [],
  problems: [],
});

type ReadRow = { row: Row; line: number };
/** How the rows behind a heading are read: to totals, or to null. */
type Table = { columns: string[]; rules: TotalRule[]; read: (row: Row) => ImportedTotal[] | null };

function reject(file: TotalsFile, line: number, message: string, { rows, problems }: Notes): void {
  rows.rejected += 1;
  if (problems.length < SHOWN) problems.push({ file: file.name, line, reason: 'invalid_record', message });
}

function plausibleTable(file: TotalsFile, columns: string[]): Table {
  const rules = rulesFor(plausibleRules(file.name) ?? [], columns);
  return {
    columns,
    rules,
    read: (row) => {
      const day = parseDay(row.date);
      return day === null ? null : readTotals(row, day, rules);
    },
  };
}

function ga4Table(file: TotalsFile, named: string[], span: ReportSpan): Table {
  const columns = named.map((name) => name.toLowerCase());
  const all = [...columns, ...computedColumns(columns)];
  const rules = rulesFor(ga4Rules(all), all);
  const other = columns.find(isOtherTime);
  if (other !== undefined)
    throw adminFailure('invalid_file', `${file.name}: it is by ${other}; only totals of days can be taken`, {
      where: file.name,
    });
  const hasDays = columns.includes('date') || (columns.includes('nth day') && span.start !== null);
  if (!hasDays && (span.start === null || span.start !== span.end)) {
    const remedy = 'add the dimension Date in an exploration, or export a report of a single day';
    throw adminFailure('invalid_file', `${file.name}: its rows have no day; ${remedy}`, { where: file.name });
  }
  return {
    columns,
    rules,
    read: (row) => {
      const day = ga4Day(row, span);
      // What is not of a dimension that we have must be of none: totals of parts are not those of the day.
      if (day === null || (rules.some(({ dimension }) => dimension === ROLL_UP_ALL) && !isAllNumbers(row)))
        return null;
      return readTotals(withSums(row), day, rules);
    },
  };
}

const toRow = (columns: readonly string[], values: readonly string[]): Row =>
  Object.fromEntries(values.map((value, index) => [columns[index] ?? '', value]));

function take(table: Table, { row, line }: ReadRow, file: TotalsFile, notes: Notes): ImportedTotal[] {
  notes.rows.read += 1;
  const totals = table.read(row);
  if (totals === null) {
    reject(file, line, 'its day or one of its numbers cannot be read', notes);
    return [];
  }
  notes.rows.accepted += 1;
  return totals;
}

/** The totals of one file, a group of rows at a time. Reports of GA4 have comments, and may have several tables. */
export async function* totalsIn(
  file: TotalsFile,
  notes: Notes,
  onRead: (bytes: number) => void,
): AsyncGenerator<ImportedTotal[]> {
  let table: Table | null = null;
  let span: ReportSpan = { start: null, end: null };
  const isReport = file.source === 'ga4';
  for await (const { records, bytesRead } of readRecords(file.path, 'csv')) {
    const all = parseValues(
      records.map(({ text }) => text),
      ',',
    );
    const totals: ImportedTotal[] = [];
    for (const [index, { text, line }] of records.entries()) {
      const values = all[index] ?? null;
      if (trimBlanks(text) === '' || (isReport && text.startsWith('#'))) {
        span = isReport ? spanOfComment(text, span) : span;
        table = isReport ? null : table;
      } else if (table === null) {
        const names = (values ?? []).map((name) => trimBlanks(name));
        table = isReport ? ga4Table(file, names, span) : plausibleTable(file, names);
        notes.rules.push(...table.rules);
      } else if (isReport && values?.includes('Grand total')) {
        // It stands in a column of its own behind the others.
        notes.rows.read += 1;
        notes.rows.skipped += 1;
      } else if (values?.length === table.columns.length) {
        totals.push(...take(table, { row: toRow(table.columns, values), line }, file, notes));
      } else {
        notes.rows.read += 1;
        reject(file, line, `it has not the ${table.columns.length} values of the heading`, notes);
      }
    }
    onRead(bytesRead);
    yield totals;
  }
}

/**
 * Keeps the totals that other products had counted, all files as one import or nothing of them.
 * @throws Failure `invalid_file`
 */
export async function importTotals(
  files: readonly TotalsFile[],
  {
    siteId,
    source,
    pool,
    terminal,
  }: { siteId: string; source: TotalsSource; pool: Pool; terminal: NodeJS.WriteStream },
): Promise<TotalsImported> {
  const notes = newNotes();
  const bar = progressBar(terminal);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  let known = 0;
  const read = async function* () {
    let before = 0;
    for (const file of files) {
      const base = before;
      yield* totalsIn(file, notes, (bytes) =>
        bar.show({ read: base + bytes, size, accepted: notes.rows.accepted, what: 'rows' }),
      );
      before += file.size;
    }
  };
  try {
    const kept = await addImport(pool, {
      siteId,
      source,
      totals: read(),
      measures: (): Measures => collectMeasures(notes.rules),
      onKnown: (totals) => {
        known += totals;
      },
    });
    return { ...kept, rows: notes.rows, known, problems: notes.problems };
  } finally {
    bar.end();
  }
}
