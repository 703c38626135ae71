import { NONE } from '@footfall/core/dimension';
import { ENGAGEMENT } from '@footfall/core/event-name';
import { unquoteFormula } from '@footfall/core/formula';
import { clientInLists } from './client.ts';
import { parseImportInstant } from './instant.ts';
import { bad, type ImportedEvent, type Parsed, skipped } from './parsed.ts';
import { plainText } from './plain-text.ts';
import { agentText } from './stated-agent.ts';

/** A row of a table, or an object of JSON. */
export type Row = Readonly<Record<string, unknown>>;

type Read = (value: unknown) => unknown;

const asIs: Read = (value) => value;
const json: Read = (value) => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
};
const number: Read = (value) =>
  typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
const flag: Read = (value) =>
  typeof value === 'string' && /^(true|false|t|f|0|1)$/i.test(value) ? /^[t1]/i.test(value) : value;
// What cannot be read goes on as it is: the collector names the reason.
const time: Read = (value) => (typeof value === 'number' ? value : (parseImportInstant(value) ?? value));
// Of a list, as proxies make it, the client's; anything else is for the collector to judge.
const address: Read = (value) =>
  typeof value === 'string' && value.includes(',') ? clientInLists([value]) : value;
const screen: Read = (value) => {
  const [, width, height] = (typeof value === 'string' && /^(\d+) ?[x×*,] ?(\d+)$/i.exec(value)) || [];
  return width === undefined ? (Array.isArray(value) ? value : undefined) : [Number(width), Number(height)];
};

/** Columns and fields, and where they stand in an event: the names of the API, and those of our own export. */
const FIELDS: Readonly<Record<string, { name: string; read: Read }>> = {
  ...Object.fromEntries(
    ['id', 'name', 'url', 'referrer', 'title', 'lang', 'order', 'visitor', 'user', 'user_agent'].map(
      (name) => [name, { name, read: asIs }],
    ),
  ),
  ip: { name: 'ip', read: address },
  ts: { name: 'ts', read: time },
  timestamp: { name: 'timestamp', read: time },
  occurred_at: { name: 'timestamp', read: time },
  language: { name: 'lang', read: (value) => (value === NONE ? undefined : value) },
  screen: { name: 'screen', read: screen },
  props: { name: 'props', read: json },
  items: { name: 'items', read: json },
  revenue: { name: 'revenue', read: json },
  interactive: { name: 'interactive', read: flag },
  hash: { name: 'hash', read: flag },
  scroll: { name: 'scroll', read: number },
  engaged_ms: { name: 'engaged_ms', read: number },
  since_ms: { name: 'since_ms', read: number },
  hints: { name: 'hints', read: json },
  network: { name: 'ip', read: asIs },
};

/** Fields that have an object of their own in an event. */
const HINTS: Readonly<Record<string, string>> = {
  device_model: 'model',
  platform_version: 'platform_version',
};

const REVENUE: Readonly<Record<string, string>> = {
  'revenue.amount': 'amount',
  'revenue.currency': 'currency',
  revenue_amount: 'amount',
  revenue_currency: 'currency',
};
const PROP = 'props.';

const isAbsent = (value: unknown) => value === undefined || value === null || value === '';
const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null;

function collectObject(row: Row, columns: Readonly<Record<string, string>>): Row | undefined {
  const parts = Object.entries(columns).flatMap(([column, part]) =>
    isAbsent(row[column]) ? [] : [[part, row[column]] as const],
  );
  return parts.length === 0 ? undefined : Object.fromEntries(parts);
}

function collectProps(row: Row): Row | undefined {
  const columns = Object.entries(row).filter(([name, value]) => name.startsWith(PROP) && !isAbsent(value));
  return columns.length === 0
    ? undefined
    : Object.fromEntries(columns.map(([name, value]) => [name.slice(PROP.length), value]));
}

/** Whether a row is of an export of ours. */
export const isOwnExport = (row: Row): boolean =>
  row.occurred_at !== undefined && row.received_at !== undefined;

const derived = (value: unknown): string => (value === NONE ? '' : plainText(value));

/** What an event of our own export says only to those who know how it was made. */
function whatWeKnowOfOurs(row: Row, event: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isEarlier =
    event.user_agent === undefined && !('user_agent' in row) && row.bot !== true && row.bot !== 'true';
  const agent = isEarlier
    ? agentText({
        browser: derived(row.browser),
        os: derived(row.os),
        osVersion: derived(row.os_version),
        device: derived(row.device),
      })
    : undefined;
  return {
    // An address that we had stored has a fragment only where it is a route.
    ...(event.hash === undefined && plainText(row.url).includes('#') ? { hash: true } : {}),
    // Engagement has the time of its page's day already.
    ...(row.name === ENGAGEMENT ? { since_ms: 0 } : {}),
    ...(agent === undefined ? {} : { user_agent: agent }),
  };
}

/** Columns of our CSV whose cells have a quote in front where a spreadsheet would run them. */
const QUOTED = [
  'id',
  'name',
  'user',
  'url',
  'title',
  'referrer',
  'language',
  'order',
  'user_agent',
  'device_model',
  'platform_version',
];

/** A row of CSV as it was before it was made safe for spreadsheets, when it is of an export of ours. */
export function withoutQuotes(row: Row): Row {
  if (!isOwnExport(row)) return row;
  const texts = QUOTED.flatMap((name) => {
    const cell = row[name];
    return typeof cell === 'string' ? [[name, unquoteFormula(cell)] as const] : [];
  });
  return { ...row, ...Object.fromEntries(texts) };
}

/**
 * The event of a row whose columns or fields have the names of the API (or of our export): `props.NAME`, `revenue.amount` and
 * `revenue.currency` stand for what lies in objects there, `props`, `items` and `revenue` may be JSON in a text. Other columns are left out.
 */
export function eventOfRow(row: Row): Parsed {
  const event: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) {
    const field = Object.hasOwn(FIELDS, column) ? FIELDS[column] : undefined;
    if (field === undefined || isAbsent(value)) continue;
    const read = field.read(value);
    if (read !== undefined) event[field.name] = read;
  }
  if (isOwnExport(row)) Object.assign(event, whatWeKnowOfOurs(row, event));
  const [money, props, hints] = [collectObject(row, REVENUE), collectProps(row), collectObject(row, HINTS)];
  if (money !== undefined) event.revenue = money;
  if (hints !== undefined) event.hints = hints;
  if (props !== undefined) event.props = isObject(event.props) ? { ...event.props, ...props } : props;
  if (isAbsent(event.name) && isAbsent(event.url)) return bad('there is neither a name nor a url');
  // The collector would take it for one of this moment, and it is history.
  if (event.timestamp === undefined && event.ts === undefined) return bad('there is no timestamp');
  // Exports of earlier versions say who was a bot, but not by which agent. Who is one by its referrer is so again.
  const isBot = /^true$/i.test(plainText(row.bot)) && row.bot_kind !== 'Referrer spam';
  if (isBot && event.user_agent === undefined) return skipped('bot');
  return { kind: 'event', event: event as ImportedEvent };
}
