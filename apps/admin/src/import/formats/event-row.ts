import { clientInLists } from './client.ts';
import { parseImportInstant } from './instant.ts';
import { bad, type ImportedEvent, type Parsed, skipped } from './parsed.ts';
import { plainText } from './plain-text.ts';

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
  language: { name: 'lang', read: (value) => (value === '(none)' ? undefined : value) },
  screen: { name: 'screen', read: screen },
  props: { name: 'props', read: json },
  items: { name: 'items', read: json },
  revenue: { name: 'revenue', read: json },
  interactive: { name: 'interactive', read: flag },
  hash: { name: 'hash', read: flag },
  scroll: { name: 'scroll', read: number },
  engaged_ms: { name: 'engaged_ms', read: number },
};

const REVENUE: Readonly<Record<string, 'amount' | 'currency'>> = {
  'revenue.amount': 'amount',
  'revenue.currency': 'currency',
  revenue_amount: 'amount',
  revenue_currency: 'currency',
};
const PROP = 'props.';

const isAbsent = (value: unknown) => value === undefined || value === null || value === '';
const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null;

function collectRevenue(row: Row): Row | undefined {
  const parts = Object.entries(REVENUE).flatMap(([column, part]) =>
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
  // An address that we had stored has a fragment only where it is a route.
  if (row.occurred_at !== undefined && event.hash === undefined && plainText(row.url).includes('#'))
    event.hash = true;
  const [money, props] = [collectRevenue(row), collectProps(row)];
  if (money !== undefined) event.revenue = money;
  if (props !== undefined) event.props = isObject(event.props) ? { ...event.props, ...props } : props;
  if (isAbsent(event.name) && isAbsent(event.url)) return bad('there is neither a name nor a url');
  // The collector would take it for one of this moment, and it is history.
  if (event.timestamp === undefined && event.ts === undefined) return bad('there is no timestamp');
  // Our export says who was a bot, but not by which agent.
  if (event.user_agent === undefined && /^true$/i.test(plainText(row.bot))) return skipped('bot');
  return { kind: 'event', event: event as ImportedEvent };
}
