import { trimBlanks } from '@footfall/core/blank';
import { isJsonObject } from '@footfall/core/json';
import type { Row } from '../formats/event-row.ts';
import { FORMATS, type Format, type FormatContext, type FormatName } from '../formats/formats.ts';
import { bad, NOTHING, type Parsed } from '../formats/parsed.ts';
import { type CsvRecord, detectDelimiter, parseValues, recordJoiner } from './csv.ts';
import { isJsonDocument, JsonValues } from './json-values.ts';
import { MAX_LINE, readLines, readText } from './lines.ts';

/** Records that were read together, and how many bytes of the file have been read with them. */
export type Records = { records: CsvRecord[]; bytesRead: number };

/** How records lie in a file: one a line, one value of JSON a line, a document of JSON, a table. */
export type Shape = 'lines' | 'json' | 'document' | 'csv';

/** How the records of a format lie in a file that begins with these lines. */
export function detectShape(format: FormatName, lines: readonly string[]): Shape {
  if (FORMATS[format].of === 'lines') return 'lines';
  if (isJsonDocument(lines)) return 'document';
  return lines[0]?.trimStart().startsWith('{') ? 'json' : 'csv';
}

async function* readDocument(file: string): AsyncGenerator<Records> {
  const values = new JsonValues();
  let bytesRead = 0;
  for await (const part of readText(file)) {
    bytesRead = part.bytesRead;
    yield { records: values.push(part.text), bytesRead };
  }
  yield { records: values.end(), bytesRead };
}

/**
 * The records of a file, a group at a time.
 * @throws Failure `invalid_file`
 */
export async function* readRecords(file: string, shape: Shape): AsyncGenerator<Records> {
  if (shape === 'document') yield* readDocument(file);
  else yield* readByLines(file, shape);
}

async function* readByLines(file: string, shape: Shape): AsyncGenerator<Records> {
  let join: ReturnType<typeof recordJoiner> | null = null;
  let line = 1;
  let bytesRead = 0;
  for await (const group of readLines(file)) {
    bytesRead = group.bytesRead;
    if (shape === 'csv') {
      join ??= recordJoiner(detectDelimiter(group.lines[0] ?? ''));
      yield { records: join(group.lines, false), bytesRead };
    } else {
      const first = line;
      line += group.lines.length;
      yield { records: group.lines.map((text, index) => ({ text, line: first + index })), bytesRead };
    }
  }
  if (join !== null) yield { records: join([], true), bytesRead };
}

/** Lists and objects within each other; what nests deeper is nothing that is known, and writing it again would overflow the stack. */
const MAX_DEPTH = 100;
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [123, 125, 91, 93];

/** Whether brackets nest deeper than that; those in texts count, too. */
function nestsTooDeep(text: string): boolean {
  let [depth, deepest] = [0, 0];
  if (text.length <= 2 * MAX_DEPTH) return false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) deepest = Math.max(deepest, ++depth);
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1;
  }
  return deepest > MAX_DEPTH;
}

function rowOfJson(text: string): Row | null {
  if (nestsTooDeep(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

const isEmpty = (text: string) => trimBlanks(text) === '';
const TOO_LONG = bad(`it is longer than ${MAX_LINE} characters`);

/** A row, or what stands in its place. */
type Slot = { row: Row } | { parsed: Parsed };

const PROPS = /^props\./i;

/** A column as formats know it: people write `Date` and `URL`; behind `props.` a name is a value of theirs. */
function columnName(written: string): string {
  const name = trimBlanks(written);
  return PROPS.test(name) ? `props.${name.slice('props.'.length)}` : name.toLowerCase();
}

/** Reads the rows of a table of CSV; the first record is its heading. */
function csvSlots(): (records: readonly CsvRecord[]) => Slot[] {
  let heading: string[] | null = null;
  let delimiter: ReturnType<typeof detectDelimiter> = ',';
  return (records) => {
    const [first] = records;
    if (heading === null && first !== undefined) delimiter = detectDelimiter(first.text);
    const all = parseValues(
      records.map(({ text }) => text),
      delimiter,
    );
    return all.map((values, index): Slot => {
      if (isEmpty(records[index]?.text ?? '')) return { parsed: NOTHING };
      if (values === null) return { parsed: bad('it is not CSV: a quote is not closed') };
      if (heading === null) {
        heading = values.map(columnName);
        return { parsed: NOTHING };
      }
      const names = heading;
      if (values.length !== names.length)
        return { parsed: bad(`it has ${values.length} values, and the heading ${names.length}`) };
      return { row: Object.fromEntries(values.map((value, at) => [names[at] ?? '', value])) };
    });
  };
}

function createSlotReader(shape: Shape): (records: readonly CsvRecord[]) => Slot[] {
  if (shape === 'csv') return csvSlots();
  return (records) =>
    records.map(({ text }) => {
      if (isEmpty(text)) return { parsed: NOTHING };
      const row = rowOfJson(text);
      return row === null ? { parsed: bad('it is not an object of JSON, or nests too deeply') } : { row };
    });
}

/** What reads the records of one file, in their order. Never throws. */
export function recordParser(
  name: FormatName,
  shape: Shape,
  context: FormatContext,
): (records: readonly CsvRecord[]) => Parsed[] {
  const format: Format = FORMATS[name];
  if (format.of === 'lines') {
    const parse = format.open(context);
    return (records) =>
      records.map(({ text }) => (isEmpty(text) ? NOTHING : text.length > MAX_LINE ? TOO_LONG : parse(text)));
  }
  const parse = format.open(context);
  const slots = createSlotReader(shape);
  return (records) =>
    slots(records).map((slot, index) => {
      if ((records[index]?.text.length ?? 0) > MAX_LINE) return TOO_LONG;
      return 'row' in slot ? parse(slot.row) : slot.parsed;
    });
}

/** What reads the rows of one file and leaves out whatever is none. */
export function createRowReader(shape: Shape): (records: readonly CsvRecord[]) => Row[] {
  const slots = createSlotReader(shape);
  return (records) => slots(records).flatMap((slot) => ('row' in slot ? [slot.row] : []));
}
