import type { StoredEvent } from '@footfall/core/stored-event';
import { localIso } from '@footfall/core/zone';

/** One value of an exported event; null where the event has none. */
export type ExportValue = string | number | boolean | null;

type Column = (event: StoredEvent, zone: string) => ExportValue;

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
const instant = (at: number, zone: string): string => {
  const text = localIso(zone, at);
  // Milliseconds stand between the seconds and the offset.
  return `${text.slice(0, 19)}.${String(at % 1_000).padStart(3, '0')}${text.slice(19)}`;
};

/** The columns of an export in their order: what came, and what was derived of the single event. */
export const EXPORT_COLUMNS: Readonly<Record<string, Column>> = {
  id: ({ raw }) => raw.id,
  name: ({ raw }) => raw.name,
  occurred_at: ({ raw }, zone) => instant(raw.occurredAt, zone),
  received_at: ({ raw }, zone) => instant(raw.receivedAt, zone),
  visitor: ({ raw }) => raw.visitor,
  user: ({ raw }) => raw.user ?? null,
  url: ({ raw }) => raw.url,
  hostname: ({ derived }) => derived.hostname,
  page: ({ derived }) => derived.page,
  title: ({ raw }) => raw.title ?? null,
  referrer: ({ raw }) => raw.referrer ?? null,
  source: ({ derived }) => derived.source,
  channel: ({ derived }) => derived.channel,
  utm_source: ({ derived }) => derived.utmSource,
  utm_medium: ({ derived }) => derived.utmMedium,
  utm_campaign: ({ derived }) => derived.utmCampaign,
  utm_term: ({ derived }) => derived.utmTerm,
  utm_content: ({ derived }) => derived.utmContent,
  device: ({ derived }) => derived.device,
  browser: ({ derived }) => derived.browser,
  browser_version: ({ derived }) => derived.browserVersion,
  os: ({ derived }) => derived.os,
  os_version: ({ derived }) => derived.osVersion,
  screen: ({ derived }) => derived.screen,
  language: ({ derived }) => derived.language,
  country: ({ derived }) => derived.country,
  region: ({ derived }) => derived.region,
  city: ({ derived }) => derived.city,
  bot: ({ derived }) => derived.bot,
  interactive: ({ derived }) => derived.interactive,
  props: ({ raw }) => json(raw.props),
  revenue_amount: ({ raw }) => raw.revenue?.amount ?? null,
  revenue_currency: ({ raw }) => raw.revenue?.currency ?? null,
  order: ({ raw }) => raw.order ?? null,
  items: ({ raw }) => json(raw.items),
  scroll: ({ raw }) => raw.scroll ?? null,
  engaged_ms: ({ raw }) => raw.engagedMs ?? null,
};

/** Columns that are JSON in a cell; in JSONL they are themselves. */
const NESTED = new Set(['props', 'items']);

/** What a spreadsheet would run as a formula begins with one of these. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: ExportValue): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The first line of a CSV. */
export const CSV_HEADER = `${Object.keys(EXPORT_COLUMNS).join(',')}\r\n`;

/** An event as a line of CSV (RFC 4180). Text that a spreadsheet would run as a formula gets a quote in front. */
export function csvLine(event: StoredEvent, zone: string): string {
  return `${Object.values(EXPORT_COLUMNS)
    .map((column) => cell(column(event, zone)))
    .join(',')}\r\n`;
}

/** An event as a line of JSON; what it does not have is absent. */
export function jsonLine(event: StoredEvent, zone: string): string {
  const entries = Object.entries(EXPORT_COLUMNS).flatMap(([name, column]) => {
    const value = column(event, zone);
    if (value === null) return [];
    return [[name, NESTED.has(name) ? (JSON.parse(String(value)) as unknown) : value]];
  });
  return `${JSON.stringify(Object.fromEntries(entries))}\n`;
}
