import { parseCloudFront } from './cloudfront-log.ts';
import { parseCombined } from './combined-log.ts';
import { eventOfRow, type Row } from './event-row.ts';
import { ga4Event } from './ga4-event.ts';
import { isJsonLog, parseJsonLog } from './json-log.ts';
import { type Place, pageView } from './page-view.ts';
import { bad, NOTHING, type Parsed, skipped } from './parsed.ts';
import { type UmamiTables, umamiEvent, umamiTable } from './umami.ts';

export type FormatContext = { place: Place; tables: UmamiTables };

/**
 * A format of events: `of` says whether it is made of lines, or of rows (objects of JSON or records of CSV, as a file begins). `open`
 * answers what reads one file, since a line may say how those behind it are to be read.
 */
export type Format = { title: string } & (
  | { of: 'lines'; open(context: FormatContext): (line: string) => Parsed }
  | { of: 'rows'; open(context: FormatContext): (row: Row) => Parsed }
);

function cloudFront({ place }: FormatContext): (line: string) => Parsed {
  let fields: readonly string[] = [];
  return (line) => {
    const read = parseCloudFront(line, fields);
    if (read === null)
      return bad(fields.length === 0 ? 'there is no #Fields line before it' : 'it has too few fields');
    if ('fields' in read) fields = read.fields;
    return 'hit' in read ? pageView(read.hit, place) : NOTHING;
  };
}

/** Every format of events, by the name that the operator gives it. */
export const FORMATS = {
  jsonl: { title: 'events as JSON lines', of: 'rows', open: () => eventOfRow },
  csv: { title: 'events as CSV', of: 'rows', open: () => eventOfRow },
  combined: {
    title: 'a log of Apache or nginx in the combined or common format',
    of: 'lines',
    open:
      ({ place }) =>
      (line) => {
        const hit = parseCombined(line);
        return hit === null ? bad('it is not a line of the combined or common format') : pageView(hit, place);
      },
  },
  'json-log': {
    title: 'a log of a web server as JSON lines',
    of: 'rows',
    open:
      ({ place }) =>
      (row) => {
        const hit = parseJsonLog(row);
        if (hit !== null) return pageView(hit, place);
        // Caddy tells of its own doings in the same file.
        return 'logger' in row && !isJsonLog(row)
          ? skipped('bookkeeping')
          : bad('it has no request or no status');
      },
  },
  cloudfront: { title: 'a standard log of CloudFront', of: 'lines', open: cloudFront },
  ga4: { title: 'an export of GA4 to BigQuery as JSON lines', of: 'rows', open: () => ga4Event },
  umami: {
    title: 'tables of Umami as CSV or JSON lines',
    of: 'rows',
    open: ({ place, tables }) => {
      const origin = (host: string | undefined) =>
        place.host ?? (host === undefined ? place.site : `https://${host}`);
      return (row) => {
        // Tables that website_event refers to have been read before.
        if (umamiTable(row) !== 'website_event') return NOTHING;
        return umamiEvent(row, tables, origin);
      };
    },
  },
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;
