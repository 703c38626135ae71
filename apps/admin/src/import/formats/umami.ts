import { PAGEVIEW } from '@footfall/core/event-name';
import type { Row } from './event-row.ts';
import { parseImportInstant } from './instant.ts';
import { bad, type Parsed, skipped } from './parsed.ts';
import { plainText } from './plain-text.ts';
import { agentText } from './stated-agent.ts';

/** Rows of other tables that the rows of website_event refer to: sessions by their id, properties by the event's. */
export type UmamiTables = { sessions: Map<string, Row>; data: Map<string, Record<string, string>> };

const EVENT = '2';
const PAGE_VIEW = '1';

/** What databases write for nothing. */
const NOTHING: ReadonlySet<string> = new Set(['', '\\N', 'NULL']);
const isGiven = (value: unknown): boolean => !NOTHING.has(plainText(value));
const text = (row: Row, name: string): string | undefined =>
  isGiven(row[name]) ? plainText(row[name]) : undefined;

/** Which of Umami's tables a row is of; null: none that is taken. */
export function umamiTable(row: Row): 'website_event' | 'session' | 'event_data' | null {
  if ('url_path' in row && 'session_id' in row) return 'website_event';
  if ('website_event_id' in row && ('data_key' in row || 'event_key' in row)) return 'event_data';
  if ('session_id' in row && ('browser' in row || 'device' in row)) return 'session';
  return null;
}

/** Notes a row of a table that others refer to. */
export function noteUmamiRow(row: Row, { sessions, data }: UmamiTables): void {
  const table = umamiTable(row);
  if (table === 'session') sessions.set(plainText(row.session_id), row);
  if (table !== 'event_data') return;
  const name = text(row, 'data_key') ?? text(row, 'event_key');
  const value = text(row, 'string_value') ?? text(row, 'number_value') ?? text(row, 'date_value');
  if (name === undefined || value === undefined) return;
  const id = plainText(row.website_event_id);
  const props = data.get(id) ?? {};
  // Numbers come as decimals of four places.
  props[name] = isGiven(row.string_value) ? value : value.replace(/\.0+$/, '');
  data.set(id, props);
}

function buildReferrer(row: Row): string | undefined {
  const domain = text(row, 'referrer_domain');
  if (domain === undefined) return undefined;
  const query = text(row, 'referrer_query');
  return `https://${domain}${text(row, 'referrer_path') ?? '/'}${query === undefined ? '' : `?${query}`}`;
}

function parseScreen(value: string | undefined): [number, number] | undefined {
  const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(value ?? '') ?? [];
  return width === undefined ? undefined : [Number(width), Number(height)];
}

/** Where the visit was, as properties: an event takes a country by its address only, and Umami keeps none. */
function collectPlace(row: Row): Record<string, string> {
  const named = {
    country: text(row, 'country'),
    region: text(row, 'region') ?? text(row, 'subdivision1'),
    city: text(row, 'city'),
  };
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** The event of a row of Umami's table website_event (versions 2 and 3); its visitor is the session. `origin` is where it was when no row says so. */
export function umamiEvent(
  own: Row,
  tables: UmamiTables,
  origin: (host: string | undefined) => string,
): Parsed {
  const [visitor, path] = [text(own, 'session_id'), text(own, 'url_path')];
  if (visitor === undefined || path === undefined) return bad('there is no session_id or no url_path');
  const session = tables.sessions.get(visitor) ?? {};
  const row: Row = {
    ...session,
    ...Object.fromEntries(Object.entries(own).filter(([, value]) => isGiven(value))),
  };
  const kind = text(row, 'event_type') ?? (text(row, 'event_name') === undefined ? PAGE_VIEW : EVENT);
  if (kind !== PAGE_VIEW && kind !== EVENT) return skipped('bookkeeping');
  const id = text(own, 'event_id');
  const query = text(row, 'url_query');
  const props = { ...collectPlace(row), ...(id === undefined ? {} : tables.data.get(id)) };
  const event = {
    name: kind === EVENT ? text(row, 'event_name') : PAGEVIEW,
    // The session's own time must not stand in for that of the event.
    timestamp: parseImportInstant(own.created_at) ?? own.created_at ?? null,
    url: `${origin(text(row, 'hostname'))}${path.startsWith('/') ? '' : '/'}${path}${query === undefined ? '' : `?${query.replace(/^\?/, '')}`}`,
    referrer: buildReferrer(row),
    title: text(row, 'page_title'),
    lang: text(row, 'language'),
    screen: parseScreen(text(row, 'screen')),
    user: text(row, 'distinct_id'),
    visitor,
    user_agent: agentText({ browser: row.browser, os: row.os, device: row.device }),
    ...(Object.keys(props).length === 0 ? {} : { props }),
  };
  return { kind: 'event', event, ...(id === undefined ? {} : { identity: id }) };
}
