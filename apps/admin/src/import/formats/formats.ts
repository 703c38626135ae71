import { parseCombined } from './combined-log.ts';
import { parseElb } from './elb-log.ts';
import { parseEnvoy } from './envoy-log.ts';
import { eventOfRow, type Row, withoutQuotes } from './event-row.ts';
import { parseFastly } from './fastly-log.ts';
import { ga4Event } from './ga4-event.ts';
import { parseHaproxy } from './haproxy-log.ts';
import { parseJsonLog } from './json-log.ts';
import { type Hit, type Place, pageView } from './page-view.ts';
import { bad, NOTHING, type Parsed, skipped } from './parsed.ts';
import { type UmamiTables, umamiEvent, umamiTable } from './umami.ts';
import { NO_HEAD, parseW3c } from './w3c-log.ts';

/** `currency` is the site's. */
export type FormatContext = { place: Place; tables: UmamiTables; currency: string };

/**
 * A format of events: `of` says whether it is made of lines, or of rows (objects of JSON or records of CSV, as a file begins). `open`
 * answers what reads one file, since a line may say how those behind it are to be read.
 */
export type Format = { title: string } & (
  | { of: 'lines'; open(context: FormatContext): (line: string) => Parsed }
  | { of: 'rows'; open(context: FormatContext): (row: Row) => Parsed }
);

function openW3c({ place }: FormatContext): (line: string) => Parsed {
  let head = NO_HEAD;
  return (line) => {
    const read = parseW3c(line, head);
    if (read === null)
      return bad(head.fields.length === 0 ? 'there is no #Fields line before it' : 'it has too few fields');
    if ('head' in read) head = read.head;
    return 'hit' in read ? pageView(read.hit, place) : NOTHING;
  };
}

/** A format whose lines are read each by itself. */
const lineFormat = (title: string, parse: (line: string) => Hit | null) => ({
  title,
  of: 'lines' as const,
  open:
    ({ place }: FormatContext) =>
    (line: string): Parsed => {
      const hit = parse(line);
      return hit === null ? bad(`it is not a line of ${title}`) : pageView(hit, place);
    },
});

/** Every format of events, by the name that the operator gives it. */
export const FORMATS = {
  jsonl: { title: 'events as JSON lines', of: 'rows', open: () => eventOfRow },
  csv: { title: 'events as CSV', of: 'rows', open: () => (row) => eventOfRow(withoutQuotes(row)) },
  combined: lineFormat('a log of Apache or nginx in the combined or common format', parseCombined),
  'json-log': {
    title: 'a log of a web server as JSON lines',
    of: 'rows',
    open:
      ({ place }) =>
      (row) => {
        const hit = parseJsonLog(row);
        if (hit !== null) return pageView(hit, place);
        // Caddy tells of its own doings in the same file.
        return 'logger' in row ? skipped('bookkeeping') : bad('it has no request or no status');
      },
  },
  cloudfront: { title: 'a standard log of CloudFront', of: 'lines', open: openW3c },
  w3c: { title: 'a log in W3C’s extended format, such as those of IIS', of: 'lines', open: openW3c },
  elb: lineFormat('a log of AWS’ Application or Classic Load Balancer', parseElb),
  haproxy: lineFormat('an HTTP log of HAProxy', parseHaproxy),
  envoy: lineFormat('an access log of Envoy or Istio', parseEnvoy),
  fastly: lineFormat('a log in version 1 of Fastly’s format', parseFastly),
  ga4: {
    title: 'an export of GA4 to BigQuery as JSON lines',
    of: 'rows',
    open:
      ({ currency }) =>
      (row) =>
        ga4Event(row, currency),
  },
  umami: {
    title: 'tables of Umami as CSV or JSON lines',
    of: 'rows',
    open: ({ place, tables, currency }) => {
      const origin = (host: string | undefined) =>
        place.host ?? (host === undefined ? place.site : `https://${host}`);
      return (row) => {
        // Tables that website_event refers to have been read before.
        if (umamiTable(row) !== 'website_event') return NOTHING;
        return umamiEvent(row, tables, { origin, currency });
      };
    },
  },
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;
