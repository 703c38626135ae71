import { open } from 'node:fs/promises';
import type { Found } from './files.ts';

/** What a file that cannot be imported looks like, and what to do about it. */
export type Looks = { what: string; remedy: string; isEmpty?: true };

const UNPACK = 'unpack it first';
const AS_CSV = 'export it as CSV or JSON lines (docs/import.md)';

/** Formats by their first bytes. */
const BYTES: readonly (readonly [begin: string, what: string, remedy: string])[] = [
  [
    'PAR1',
    'a Parquet file',
    'export it as CSV or JSON lines; an export of Footfall with format=csv or format=jsonl',
  ],
  ['Obj\u0001', 'a file of Avro', 'extract it from BigQuery as newline-delimited JSON'],
  ['ORC', 'a file of ORC', AS_CSV],
  ['SQLite format 3\0', 'a database of SQLite', 'export its tables as CSV'],
  ['PGDMP', 'a dump of Postgres', 'export the tables as CSV with \\copy (docs/import.md)'],
  ['%PDF', 'a PDF', AS_CSV],
  ['PK\u0003\u0004', 'a workbook or another document of Office', 'save its sheets as CSV'],
  ['\u00d0\u00cf\u0011\u00e0', 'a workbook or another document of Office', 'save its sheets as CSV'],
  ['7z\u00bc\u00af', 'an archive of 7-Zip', UNPACK],
  ['Rar!', 'an archive of RAR', UNPACK],
  ['BZh', 'a file packed with bzip2', UNPACK],
  ['\u00fd7zXZ', 'a file packed with xz', UNPACK],
  ['\u0028\u00b5\u002f\u00fd', 'a file packed with zstd', UNPACK],
];

const DASHBOARD = {
  what: 'what the dashboard of Plausible exports, which is not by days',
  remedy: 'take the full export: Site settings, Imports & exports, Export data',
};

/** Texts by their first lines, joined. */
const TEXTS: readonly (readonly [looks: RegExp, what: string, remedy: string])[] = [
  [/^[^\n]{0,400}\0ustar/, 'an archive of tar', UNPACK],
  [/^PK\p{Cc}{2}/u, 'an archive within another one', UNPACK],
  [
    /^\s*<(?:!doctype html|html|head|body)\b/i,
    'a page of HTML',
    'download it again: a page to sign in came instead',
  ],
  [/^\s*<\?xml/i, 'XML', AS_CSV],
  [
    /^-- (?:MySQL|MariaDB|PostgreSQL)[^\n]{0,40}dump/i,
    'a dump of a database',
    'export its tables as CSV (docs/import.md)',
  ],
  [/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[[a-z]+\] \d+#/m, 'an error log of nginx', 'import the access log'],
  [/^\[\w{3} \w{3} \d\d [\d:.]+ \d{4}\] \[/m, 'an error log of Apache', 'import the access log'],
  [
    /^\d{4}-\d\d-\d\d[ \t]\d\d:\d\d:\d\d[ \t].{0,2000}[ \t](?:GET|POST|HEAD)[ \t]/m,
    'a log in W3C’s format without its #Fields line',
    'put that line back in front; it stands at the begin of the server’s own file',
  ],
  [/^"?date"?,"?visitors"?,"?pageviews"?,"?visits"?,"?views_per_visit"?/i, DASHBOARD.what, DASHBOARD.remedy],
  [
    /^"?name"?,"?(?:visitors|unique_entrances|unique_exits|unique_conversions)"?\b/i,
    DASHBOARD.what,
    DASHBOARD.remedy,
  ],
  [/^(?:2|3)?Path,Title,Event,/, 'an export of GoatCounter', 'import the logs of your web server instead'],
  [
    /^\s*[{[]/,
    'JSON that is neither events nor a log',
    'name its fields as the API does: name, url, timestamp (docs/import.md)',
  ],
  [
    /^(?=[^\n]*\b(?:name|url)\b)[^\n]*[,;\t]/i,
    'a table of events without a timestamp',
    'add a column timestamp',
  ],
  [
    /^[^\n,;\t]{1,80}(?:[,;\t][^\n,;\t]{1,80})+\n/,
    'a table whose columns are not known',
    'name them as the API does: timestamp, name, url (docs/import.md)',
  ],
];

/** As much of a file's text as is looked at. */
const LOOKED_AT = 8_000;

async function firstBytes(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(300), 0, 300, 0);
    return buffer.subarray(0, bytesRead).toString('latin1');
  } finally {
    await handle.close();
  }
}

/** What a file looks like that is of no known format, by its first bytes and lines. */
export async function describeFile({ path, size }: Found, lines: readonly string[]): Promise<Looks> {
  if (size === 0 || lines.length === 0)
    return { what: 'an empty file', remedy: 'leave it out', isEmpty: true };
  const bytes = await firstBytes(path);
  const binary = BYTES.find(([begin]) => bytes.startsWith(begin));
  if (binary !== undefined) return { what: binary[1], remedy: binary[2] };
  const text = `${lines
    .map((line) => line.slice(0, LOOKED_AT))
    .join('\n')
    .slice(0, LOOKED_AT)}\n`;
  const known = TEXTS.find(([looks]) => looks.test(text));
  if (known !== undefined) return { what: known[1], remedy: known[2] };
  return {
    what: text.includes('\0') ? 'a file of another program' : 'text of no known format',
    remedy: 'docs/import.md says which formats there are; --format names one',
  };
}
