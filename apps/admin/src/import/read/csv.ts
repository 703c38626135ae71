import { parse } from 'csv-parse/sync';
import { MAX_LINE } from './lines.ts';

/** A comma, or what spreadsheets of other countries and databases take for one. */
export type Delimiter = ',' | ';' | '\t';

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t'];
/** A value with more line ends than this is taken for a quote that was never closed. */
const MAX_LINES = 500;

/** Which delimiter a heading has most of. */
export function detectDelimiter(heading: string): Delimiter {
  const counts = DELIMITERS.map((delimiter) => [heading.split(delimiter).length, delimiter] as const);
  return counts.reduce((best, one) => (one[0] > best[0] ? one : best))[1];
}

function parseRows(text: string, delimiter: Delimiter, { strict = false } = {}): string[][] | null {
  try {
    return parse(text, {
      delimiter,
      relax_quotes: !strict,
      relax_column_count: true,
      record_delimiter: '\n',
    }) as string[][];
  } catch {
    // What is wrong is told of the single record.
    return null;
  }
}

/**
 * The values of records (each may have line ends in quoted values); null of one that is not CSV. All at once, since the parser takes
 * a third of a millisecond to begin; one by one only when not all can be read.
 */
export function parseValues(records: readonly string[], delimiter: Delimiter): (string[] | null)[] {
  if (records.length === 0) return [];
  const rows = parseRows(records.join('\n'), delimiter);
  if (rows?.length === records.length) return rows;
  if (records.length === 1) return [rows?.length === 1 ? (rows[0] ?? null) : null];
  return records.flatMap((record) => parseValues([record], delimiter));
}

/** Whether a quoted value is open at the end of a line, when one was or was not at its beginning. */
function isOpenAfter(line: string, delimiter: Delimiter, isOpen: boolean): boolean {
  if (!line.includes('"')) return isOpen;
  let [open, begins] = [isOpen, !isOpen];
  for (let at = 0; at < line.length; at++) {
    const letter = line[at];
    if (!open) {
      open = begins && letter === '"';
      begins = letter === delimiter;
    } else if (letter === '"') {
      if (line[at + 1] === '"') at++;
      else open = false;
    }
  }
  return open;
}

/** How many of the next lines make one record; null when that is not to be seen yet. */
function linesOfNext(lines: readonly string[], from: number, delimiter: Delimiter): number | null {
  let open = false;
  let length = 0;
  for (let count = 1; count <= MAX_LINES; count++) {
    const line = lines[from + count - 1];
    if (line === undefined) return null;
    length += line.length;
    if (count > 1 && length > MAX_LINE) return 1;
    open = isOpenAfter(line, delimiter, open);
    if (!open) return count;
  }
  return 1;
}

/** A record of a table and the number of its first line. */
export type CsvRecord = { text: string; line: number };

/**
 * Puts lines together to records. A quote that is never closed costs the record that it stands in and none behind it: lines belong
 * together only when they are CSV by the letter and have as many values as the first record, the heading.
 */
export function recordJoiner(
  delimiter: Delimiter,
): (lines: readonly string[], isLast: boolean) => CsvRecord[] {
  let waiting: string[] = [];
  let line = 1;
  let columns = 0;
  const joins = (text: string) => {
    const rows = parseRows(text, delimiter, { strict: true });
    return rows?.length === 1 && (columns === 0 || rows[0]?.length === columns);
  };
  return (lines, isLast) => {
    waiting = waiting.concat(lines);
    const records: CsvRecord[] = [];
    let from = 0;
    while (from < waiting.length) {
      let count = linesOfNext(waiting, from, delimiter);
      if (count === null && !isLast) break;
      count ??= 1;
      const text = waiting.slice(from, from + count).join('\n');
      if (count > 1 && !joins(text)) count = 1;
      const record = count === 1 ? (waiting[from] ?? '') : text;
      records.push({ text: record, line });
      if (columns === 0) columns = parseValues([record], delimiter)[0]?.length ?? 1;
      from += count;
      line += count;
    }
    waiting = waiting.slice(from);
    return records;
  };
}
