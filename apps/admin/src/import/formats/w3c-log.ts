import { parseImportInstant } from './instant.ts';
import type { Hit } from './page-view.ts';
import { type LineField, lineFields } from './quoted.ts';

/** What lines that begin with `#` have said so far of the lines behind them. */
export type W3cHead = {
  /** Names of fields, in lower case. */
  fields: readonly string[];
  /** Of a log that writes the day only once. */
  day: string | undefined;
};

export const NO_HEAD: W3cHead = { fields: [], day: undefined };

/** What a line in W3C's extended format is: how later ones are to be read, a hit, or a comment. Null: none of them. */
export type W3cLine = { head: W3cHead } | { hit: Hit } | { comment: true } | null;

/** Names that servers and networks give each field, in lower case; the first that is there counts. */
const NAMES = {
  day: ['date'],
  clock: ['time'],
  at: ['timestamp', 'x-timestamp', 'datetime', 'date-time', 'timestamp(ms)'],
  method: ['cs-method', 'method'],
  stem: ['cs-uri-stem', 'cs-uri', 'cs-url'],
  query: ['cs-uri-query'],
  status: ['sc-status'],
  ip: ['c-ip', 'cs-ip', 'client-ip'],
  forwarded: ['x-forwarded-for', 'cs(x-forwarded-for)', 'cs-x-forwarded-for'],
  host: ['x-host-header', 'cs-host', 'cs(host)'],
  scheme: ['cs-protocol', 'cs-uri-scheme'],
  referrer: ['cs(referer)', 'cs(referrer)', 'cs-referer', 'c-referrer'],
  userAgent: ['cs(user-agent)', 'cs-user-agent', 'c-user-agent'],
  contentType: ['sc-content-type', 'sc(content-type)', 'rs(content-type)'],
} as const;

type Name = keyof typeof NAMES;

/** Agents, and addresses in older files of CloudFront, come encoded twice: a `%` is written as `%25`. */
const once = (text: string) => text.replaceAll(/%25(?=[0-9a-f]{2})/gi, '%');

function decoded(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return decodeURIComponent(once(text));
  } catch {
    return text;
  }
}

/** IIS writes a plus for a blank; of two, the second was one. */
const blanks = (text: string) => text.replace(/\+(\+?)/g, ' $1');

/** A path that IIS has decoded, as an address has it. */
const encoded = (path: string) =>
  blanks(path)
    .replaceAll(/%(?![0-9a-f]{2})/gi, '%25')
    .replaceAll(' ', '%20')
    .replaceAll('#', '%23')
    .replaceAll('?', '%3F');

/**
 * How values are written: networks separate them by tabs and encode them as in an address; IIS and other servers separate them by
 * blanks, with a plus for a blank in a value or quotes around it.
 */
type Style = { path(text: string): string; header(field: LineField): string | undefined };

const TABS: Style = { path: (text) => text, header: ({ text }) => decoded(text) };
const BLANKS: Style = {
  path: (text) => (/^https?:\/\//i.test(text) || text.includes('?') ? text : encoded(text)),
  header: ({ text, isQuoted }) => {
    if (isQuoted) return text;
    return text.includes('%20') ? decoded(text) : blanks(text);
  },
};

function splitLine(line: string): { values: LineField[]; style: Style } | null {
  if (line.includes('\t'))
    return { values: line.split('\t').map((text) => ({ text, isQuoted: false })), style: TABS };
  const values = lineFields(line);
  return values === null ? null : { values, style: BLANKS };
}

/** The hit of values by the names of their fields. */
function readHit(read: (name: Name) => LineField | undefined, day: string | undefined, style: Style): Hit {
  const text = (name: Name) => read(name)?.text;
  const header = (name: Name) => {
    const field = read(name);
    return field === undefined ? undefined : style.header(field);
  };
  const [clock, query, target = '', forwarded] = [
    text('clock'),
    text('query')?.replace(/^\?/, ''),
    text('stem'),
    text('forwarded'),
  ];
  const path = style.path(target);
  return {
    at: parseImportInstant(clock === undefined ? text('at') : `${text('day') ?? day} ${clock}`),
    // A log that leaves the method out has nothing but pages, mostly.
    method: text('method') ?? 'GET',
    target: query === undefined || query === '' ? path : `${path}?${once(query)}`,
    status: Number(text('status')),
    ip: text('ip'),
    ...(forwarded === undefined ? {} : { forwarded: blanks(forwarded) }),
    host: text('host'),
    scheme: text('scheme'),
    // A plus in the address of another page is its own.
    referrer: style === TABS ? header('referrer') : text('referrer'),
    userAgent: header('userAgent'),
    contentType: header('contentType'),
  };
}

function readHead(line: string, head: W3cHead): W3cHead | null {
  const [, directive = '', text = ''] = /^#(Fields|Date):\s*(.*)$/i.exec(line) ?? [];
  if (directive.toLowerCase() === 'fields')
    return { ...head, fields: text.trim().toLowerCase().split(/\s+/) };
  return directive === '' ? null : { ...head, day: text.trim().slice(0, 10) };
}

/** Reads a line of a log in W3C's extended format, as IIS and CloudFront write it, by what lines before it have said. */
export function parseW3c(line: string, head: W3cHead): W3cLine {
  if (line.startsWith('#')) {
    const next = readHead(line, head);
    return next === null ? { comment: true } : { head: next };
  }
  const { fields, day } = head;
  const split = splitLine(line);
  if (split === null || fields.length === 0 || split.values.length < fields.length) return null;
  const { values, style } = split;
  const read = (name: Name) => {
    for (const written of NAMES[name]) {
      const value = values[fields.indexOf(written)];
      if (value !== undefined && value.text !== '-' && value.text !== '') return value;
    }
    return undefined;
  };
  return { hit: readHit(read, day, style) };
}

/** Reads a row of JSON with the names of W3C's fields, as CloudFront can write it; null when it has none. */
export function parseW3cRow(row: Readonly<Record<string, unknown>>): Hit | null {
  const values = new Map(
    Object.entries(row).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number'
        ? [[name.toLowerCase(), { text: String(value), isQuoted: false }] as const]
        : [],
    ),
  );
  if (!values.has('cs-uri-stem') || !values.has('sc-status')) return null;
  const read = (name: Name) =>
    NAMES[name]
      .map((written) => values.get(written))
      .find((value) => value !== undefined && value.text !== '-' && value.text !== '');
  return readHit(read, undefined, TABS);
}
