import { trimBlanks } from '@footfall/core/blank';
import { detectDelimiter, parseValues } from '../read/csv.ts';
import { parseCombined } from './combined-log.ts';
import { parseElb } from './elb-log.ts';
import { parseEnvoy } from './envoy-log.ts';
import type { Row } from './event-row.ts';
import { parseFastly } from './fastly-log.ts';
import type { FormatName } from './formats.ts';
import { isGa4 } from './ga4-event.ts';
import { parseHaproxy } from './haproxy-log.ts';
import { isJsonLog } from './json-log.ts';
import { umamiTable } from './umami.ts';

/** How a line of which nothing else is known is to be read; the first that says yes. */
const LINES: readonly (readonly [FormatName, (line: string) => unknown])[] = [
  ['combined', parseCombined],
  ['elb', parseElb],
  ['haproxy', parseHaproxy],
  ['envoy', parseEnvoy],
  ['fastly', parseFastly],
];

/** How a row of which nothing else is known is to be read; the first that says yes. */
const ROWS: readonly (readonly [FormatName, (row: Row) => boolean])[] = [
  ['umami', (row) => umamiTable(row) !== null],
  ['ga4', isGa4],
  ['json-log', isJsonLog],
  ['jsonl', (row) => 'name' in row || 'url' in row],
];

function jsonFormat(line: string): FormatName | null {
  try {
    const row: unknown = JSON.parse(line);
    if (typeof row !== 'object' || row === null) return null;
    return ROWS.find(([, fits]) => fits(row as Row))?.[0] ?? null;
  } catch {
    return null;
  }
}

function csvFormat(heading: string): FormatName | null {
  const names =
    parseValues([heading], detectDelimiter(heading))[0]?.map((name) => trimBlanks(name).toLowerCase()) ?? [];
  const row = Object.fromEntries(names.map((name) => [name, '1']));
  if (umamiTable(row) !== null) return 'umami';
  // Without a time rows are totals of some dashboard, and not events.
  const hasTime = ['timestamp', 'ts', 'occurred_at'].some((name) => names.includes(name));
  return hasTime && (names.includes('name') || names.includes('url')) ? 'csv' : null;
}

/** The format of a file by its first lines; null when it looks like none that is known. */
export function detectFormat(lines: readonly string[]): FormatName | null {
  const said = lines.filter((line) => line.trim() !== '');
  const [first = ''] = said;
  const fields = said.find((line) => /^#Fields:/i.test(line));
  if (fields !== undefined) return /\bx-edge-/i.test(fields) ? 'cloudfront' : 'w3c';
  const [log] = LINES.find(([, parse]) => said.some((line) => parse(line) !== null)) ?? [];
  if (log !== undefined) return log;
  const rows = said.filter((line) => line.trimStart().startsWith('{'));
  if (rows.length > 0)
    return rows.reduce<FormatName | null>((found, line) => found ?? jsonFormat(line), null);
  return csvFormat(first);
}
