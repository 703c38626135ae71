import { trimBlanks } from '@footfall/core/blank';
import type { ImportedTotal } from '@footfall/core/imported';
import { adminFailure } from '../../errors.ts';
import type { Row } from '../formats/event-row.ts';
import { type CsvRecord, detectDelimiter, parseValues } from '../read/csv.ts';
import type { Found } from '../read/files.ts';
import { readRecords } from '../read/records.ts';
import { noteProblem, type Problem } from '../send/problems.ts';
import { hasKnownColumn } from './ga4/languages.ts';
import { ga4Table, isComment, NO_SPAN, type ReportSpan, spanOfComment, unknownColumn } from './ga4/report.ts';
import { plausibleRules } from './plausible.ts';
import { parseDay, readTotals, rulesFor, type TotalRule } from './totals.ts';

export type TotalsSource = 'plausible' | 'ga4';
export type TotalsFile = Found & { source: TotalsSource };

/** Rows that were read and what they came to: `read` = `accepted` + `rejected` + `skipped`. */
export type RowCounts = { read: number; accepted: number; rejected: number; skipped: number };

/** What is noted while files are read. */
export type Notes = { rows: RowCounts; rules: TotalRule[]; problems: Problem[] };

export const newNotes = (): Notes => ({
  rows: { read: 0, accepted: 0, rejected: 0, skipped: 0 },
  rules: [],
  problems: [],
});

/** What the cells of a row came to: totals, `skipped` on purpose, or what is wrong with it. */
type Outcome = ImportedTotal[] | 'skipped' | { wrong: string };
/** How the rows behind a heading are read. */
type Table = (values: readonly string[] | null) => Outcome;

const UNREADABLE = { wrong: 'its day or one of its numbers cannot be read' };
const miscounted = (columns: number) => ({ wrong: `it has not the ${columns} values of the heading` });

/** Tables of Plausible: one a file, of days all of them. */
function plausibleTable(file: TotalsFile, columns: string[], { rules: noted }: Notes): Table {
  const rules = rulesFor(plausibleRules(file.name) ?? [], columns);
  noted.push(...rules);
  return (values) => {
    if (values?.length !== columns.length) return miscounted(columns.length);
    const row: Row = Object.fromEntries(values.map((value, index) => [columns[index] ?? '', value]));
    const day = parseDay(row.date);
    const totals = day === null ? null : readTotals(row, day, rules);
    return totals ?? UNREADABLE;
  };
}

/** Tables of GA4: any number a file, of which those with days are taken. `onLeftOut` hears why one was not. */
function reportTable(
  names: string[],
  { span, notes, onLeftOut }: { span: ReportSpan; notes: Notes; onLeftOut: (why: string) => void },
): Table | { unknown: string } {
  const table = ga4Table(names, span);
  if ('unknown' in table) return table;
  if ('why' in table) {
    onLeftOut(table.why);
    return () => 'skipped';
  }
  notes.rules.push(...table.rules);
  return (values) => {
    if (values === null) return miscounted(names.length);
    const row = table.read(values);
    return row === 'sum' ? 'skipped' : (row ?? UNREADABLE);
  };
}

/** Reads the lines of one file one after the other, which say what those behind them are. */
class FileReader {
  readonly #file: TotalsFile;
  readonly #notes: Notes;
  #table: Table | null = null;
  #delimiter: ReturnType<typeof detectDelimiter> = ',';
  #span: ReportSpan = NO_SPAN;
  #isBehindBlank = false;
  #taken = false;
  #whyNot: string | null = null;

  constructor(file: TotalsFile, notes: Notes) {
    this.#file = file;
    this.#notes = notes;
  }

  /** The totals of the next records. Throws Failure `invalid_file`. */
  read(records: readonly CsvRecord[]): ImportedTotal[] {
    const totals: ImportedTotal[] = [];
    for (let from = 0; from < records.length; ) {
      const { text, line } = records[from] as CsvRecord;
      if (this.#isBreak(text)) {
        this.#noteBreak(text);
        from += 1;
      } else if (this.#table === null || (this.#isBehindBlank && this.#isHeading(text))) {
        this.#isBehindBlank = false;
        this.#open(text, line);
        from += 1;
      } else {
        this.#isBehindBlank = false;
        const end = records.findIndex((record, index) => index > from && this.#isBreak(record.text));
        const rows = records.slice(from, end === -1 ? undefined : end);
        for (const total of this.#readRows(rows, this.#table)) totals.push(total);
        from += rows.length;
      }
    }
    return totals;
  }

  /** Whether a line stands between tables. A spreadsheet fills it with delimiters. */
  #isBreak(text: string): boolean {
    const isEmpty = trimBlanks(text.replace(/[,;\t]+/g, '')) === '';
    return isEmpty || (this.#file.source === 'ga4' && isComment(text));
  }

  #noteBreak(text: string): void {
    if (this.#file.source !== 'ga4') return;
    if (isComment(text)) {
      this.#span = spanOfComment(text, this.#span);
      this.#table = null;
    } else this.#isBehindBlank = true;
  }

  /** Whether a line behind an empty one begins another table; it may be a gap in one. */
  #isHeading(text: string): boolean {
    return hasKnownColumn(parseValues([text], detectDelimiter(text))[0] ?? []);
  }

  /** All at once, since the parser takes its time to begin. */
  #readRows(rows: readonly CsvRecord[], table: Table): ImportedTotal[] {
    const all = parseValues(
      rows.map(({ text }) => text),
      this.#delimiter,
    );
    return rows.flatMap(({ line }, index) => {
      const values = all[index]?.map((value) => trimBlanks(value)) ?? null;
      return this.#note(table(values), line);
    });
  }

  #open(heading: string, line: number): void {
    const isReport = this.#file.source === 'ga4';
    this.#delimiter = detectDelimiter(heading);
    const names = (parseValues([heading], this.#delimiter)[0] ?? []).map((name) => trimBlanks(name));
    this.#table = isReport
      ? this.#openReport(names, line)
      : plausibleTable(
          this.#file,
          names.map((name) => name.toLowerCase()),
          this.#notes,
        );
  }

  #openReport(names: string[], line: number): Table {
    let isLeftOut = false;
    const table = reportTable(names, {
      span: this.#span,
      notes: this.#notes,
      onLeftOut: (why) => {
        isLeftOut = true;
        this.#whyNot ??= why;
      },
    });
    if ('unknown' in table) throw this.#failure(`line ${line}: ${unknownColumn(table.unknown)}`);
    this.#taken ||= !isLeftOut;
    return table;
  }

  #note(outcome: Outcome, line: number): ImportedTotal[] {
    const { rows, problems } = this.#notes;
    rows.read += 1;
    if (outcome === 'skipped') rows.skipped += 1;
    else if ('wrong' in outcome) {
      rows.rejected += 1;
      const problem = { file: this.#file.name, line, reason: 'invalid_record', message: outcome.wrong };
      noteProblem(problems, problem);
    } else {
      rows.accepted += 1;
      return outcome;
    }
    return [];
  }

  #failure(what: string) {
    const { name } = this.#file;
    return adminFailure('invalid_file', `${name}: ${what}`, { where: name });
  }

  /** Throws Failure `invalid_file` when no table of the file could be taken. */
  end(): void {
    if (this.#file.source === 'ga4' && !this.#taken)
      throw this.#failure(this.#whyNot ?? 'there is no table in it');
  }
}

/**
 * The totals of one file, a group of rows at a time. Reports of GA4 have comments, and may have several tables.
 * @throws Failure `invalid_file`
 */
export async function* totalsIn(
  file: TotalsFile,
  notes: Notes,
  onRead: (bytes: number) => void,
): AsyncGenerator<ImportedTotal[]> {
  const reader = new FileReader(file, notes);
  for await (const { records, bytesRead } of readRecords(file.path, 'csv')) {
    const totals = reader.read(records);
    onRead(bytesRead);
    yield totals;
  }
  reader.end();
}
