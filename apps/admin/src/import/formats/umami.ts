import { PAGEVIEW } from '@footfall/core/event-name';
import type { Row } from './event-row.ts';
import { parseImportInstant } from './instant.ts';
import { bad, type Parsed, skipped } from './parsed.ts';
import { plainText } from './plain-text.ts';
import { agentText } from './stated-agent.ts';

/** Rows of other tables that the rows of website_event refer to: sessions by their id, properties and money by the event's. */
export type UmamiTables = {
  sessions: Map<string, Row>;
  data: Map<string, Record<string, string>>;
  revenue: Map<string, Money>;
};

type Money = { amount: string; currency: string };

export const noUmamiTables = (): UmamiTables => ({
  sessions: new Map(),
  data: new Map(),
  revenue: new Map(),
});

/** What the site says where no row does. */
export type UmamiSite = {
  origin: (host: string | undefined) => string;
  currency: string;
};

const EVENT = '2';
const PAGE_VIEW = '1';

/** What databases write for nothing. */
const NOTHING: ReadonlySet<string> = new Set(['', '\\N', 'NULL']);
const isGiven = (value: unknown): boolean => !NOTHING.has(plainText(value));
const text = (row: Row, name: string): string | undefined =>
  isGiven(row[name]) ? plainText(row[name]) : undefined;

/** Which of Umami's tables a row is of; null: none that is taken. */
export function umamiTable(row: Row): 'website_event' | 'session' | 'event_data' | 'revenue' | null {
  if ('url_path' in row && 'session_id' in row) return 'website_event';
  if ('revenue' in row && 'currency' in row && 'event_id' in row) return 'revenue';
  if ('website_event_id' in row && ('data_key' in row || 'event_key' in row)) return 'event_data';
  if ('session_id' in row && ('browser' in row || 'device' in row)) return 'session';
  return null;
}

/** What Umami has for numbers in `data_type`. */
const NUMBER = '2';

/** A decimal of four places, as Umami's tables have numbers, without zeros that say nothing. */
const shortDecimal = (value: string): string =>
  /^-?\d+\.\d+$/.test(value) ? value.replace(/\.?0+$/, '') : value;

/** A number stands in both columns, as text with its four places too. */
function readValue(row: Row): string | undefined {
  const [said, number] = [text(row, 'string_value'), text(row, 'number_value')];
  const isNumber =
    text(row, 'data_type') === NUMBER || (number !== undefined && Number(said) === Number(number));
  if (said !== undefined && !isNumber) return said;
  const value = number ?? said;
  return value === undefined ? text(row, 'date_value') : shortDecimal(value);
}

/** Notes a row of a table that others refer to. */
export function noteUmamiRow(row: Row, { sessions, data, revenue }: UmamiTables): void {
  const table = umamiTable(row);
  if (table === 'session') sessions.set(plainText(row.session_id), row);
  const [amount, currency] = [text(row, 'revenue'), text(row, 'currency')];
  if (table === 'revenue' && amount !== undefined && currency !== undefined)
    revenue.set(plainText(row.event_id), { amount: shortDecimal(amount), currency });
  if (table !== 'event_data') return;
  const name = text(row, 'data_key') ?? text(row, 'event_key');
  const value = readValue(row);
  if (name === undefined || value === undefined) return;
  const id = plainText(row.website_event_id);
  const props = data.get(id) ?? {};
  props[name] = value;
  data.set(id, props);
}

/** Columns of newer tables with what stood in the query of the address. */
const CAMPAIGN = [
  ...['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term'],
  ...['gclid', 'fbclid', 'msclkid', 'ttclid', 'li_fat_id', 'twclid'],
];

/** The query of the address, with what columns of their own say of its campaign unless it says so itself. */
function buildQuery(row: Row): string {
  const query = (text(row, 'url_query') ?? '').replace(/^\?/, '');
  const said = new URLSearchParams(query);
  const more = CAMPAIGN.flatMap((name) => {
    const value = text(row, name);
    return value === undefined || said.has(name)
      ? []
      : [`${name}=${encodeURIComponent(value.toWellFormed())}`];
  });
  const whole = [...(query === '' ? [] : [query]), ...more].join('&');
  return whole === '' ? '' : `?${whole}`;
}

const AMOUNT = /^-?\d+(?:\.\d+)?$/;

/** What is noted of an event: what it earned, by the table of money or by its own data, and the data that say something else. */
function readData(
  id: string | undefined,
  tables: UmamiTables,
  site: UmamiSite,
): { revenue?: Money; data: Record<string, string> } {
  const known = id === undefined ? undefined : tables.revenue.get(id);
  const data = (id === undefined ? undefined : tables.data.get(id)) ?? {};
  const { revenue: amount, currency = site.currency, ...rest } = data;
  if (known !== undefined) return { revenue: known, data: rest };
  if (amount === undefined || !AMOUNT.test(amount)) return { data };
  return { revenue: { amount, currency }, data: rest };
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

/** The event of a row of Umami's table website_event (versions 2 and 3); its visitor is the session. */
export function umamiEvent(own: Row, tables: UmamiTables, site: UmamiSite): Parsed {
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
  const { revenue, data } = readData(id, tables, site);
  const props = { ...collectPlace(row), ...data };
  const event = {
    name: kind === EVENT ? text(row, 'event_name') : PAGEVIEW,
    // The session's own time must not stand in for that of the event.
    timestamp: parseImportInstant(own.created_at) ?? own.created_at ?? null,
    url: `${site.origin(text(row, 'hostname'))}${path.startsWith('/') ? '' : '/'}${path}${buildQuery(row)}`,
    referrer: buildReferrer(row),
    title: text(row, 'page_title'),
    lang: text(row, 'language'),
    screen: parseScreen(text(row, 'screen')),
    user: text(row, 'distinct_id'),
    visitor,
    user_agent: agentText({ browser: row.browser, os: row.os, device: row.device }),
    ...(revenue === undefined ? {} : { revenue }),
    ...(Object.keys(props).length === 0 ? {} : { props }),
  };
  return { kind: 'event', event, ...(id === undefined ? {} : { identity: id }) };
}
