import { EXPORTED_TEXTS, NONE } from '@footfall/core/dimension';
import { quoteFormula } from '@footfall/core/formula';
import { currentEvent, type StoredEvent } from '@footfall/core/stored-event';
import { localIso } from '@footfall/core/zone';
import type { ParquetColumns } from '@footfall/reportstore/parquet';

/** One value of an exported event; null where the event has none. */
export type ExportValue = string | number | boolean | object | null;

type Column = {
  /** A stranger decides on this text: a spreadsheet must not run it. */
  foreign: boolean;
  /** `zone` is the site's. */
  of: (event: StoredEvent, zone: string) => ExportValue;
};

const instant = (at: number, zone: string): string => {
  const text = localIso(zone, at);
  // Milliseconds stand between the seconds and the offset.
  return `${text.slice(0, 19)}.${String(at % 1_000).padStart(3, '0')}${text.slice(19)}`;
};

const own = (of: Column['of']): Column => ({ foreign: false, of });
const foreign = (of: Column['of']): Column => ({ foreign: true, of });

/** Texts that are ours: of all others a stranger decides. */
const OURS: ReadonlySet<string> = new Set(['channel', 'screen', 'country', 'region', 'city']);

const DERIVED = Object.fromEntries(
  EXPORTED_TEXTS.map(({ name, field }): [string, Column] => {
    const of: Column['of'] = ({ derived }) => derived[field] ?? NONE;
    return [name, OURS.has(name) ? own(of) : foreign(of)];
  }),
);

/** The columns of an export in their order: what came, and what was derived of the single event. openapi/export.ts explains them. */
export const EXPORT_COLUMNS: Readonly<Record<string, Column>> = {
  id: foreign(({ raw }) => raw.id),
  name: foreign(({ raw }) => raw.name),
  occurred_at: own(({ raw }, zone) => instant(raw.occurredAt, zone)),
  received_at: own(({ raw }, zone) => instant(raw.receivedAt, zone)),
  visitor: own(({ raw }) => raw.visitor),
  user: foreign(({ raw }) => raw.user ?? null),
  url: foreign(({ raw }) => raw.url),
  hostname: foreign(({ derived }) => derived.hostname),
  page: foreign(({ derived }) => derived.page),
  title: foreign(({ raw }) => raw.title ?? null),
  referrer: foreign(({ raw }) => raw.referrer ?? null),
  ...DERIVED,
  bot: own(({ derived }) => derived.bot),
  interactive: own(({ derived }) => derived.interactive),
  props: own(({ raw }) => raw.props ?? null),
  revenue_amount: own(({ raw }) => raw.revenue?.amount ?? null),
  revenue_currency: own(({ raw }) => raw.revenue?.currency ?? null),
  order: foreign(({ raw }) => raw.order ?? null),
  items: own(({ raw }) => raw.items ?? null),
  scroll: own(({ raw }) => raw.scroll ?? null),
  engaged_ms: own(({ raw }) => raw.engagedMs ?? null),
  // What the texts above were derived from: with it the export comes back in as it was.
  user_agent: foreign(({ raw }) => raw.userAgent ?? null),
  device_model: foreign(({ raw }) => raw.hints?.model ?? null),
  platform_version: foreign(({ raw }) => raw.hints?.platformVersion ?? null),
  network: own(({ raw }) => raw.ip ?? null),
};

const COLUMNS = Object.entries(EXPORT_COLUMNS);

/** The values of an event by their columns, as this version of the logic writes them. */
function readColumns(event: StoredEvent, zone: string): [string, ExportValue][] {
  const now = currentEvent(event);
  return COLUMNS.map(([name, { of }]) => [name, of(now, zone)]);
}

function formatCell(value: ExportValue): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function cell(value: ExportValue, isForeign: boolean): string {
  const text = formatCell(value);
  const safe = isForeign ? quoteFormula(text) : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The first line of a CSV. */
export const CSV_HEADER = `${Object.keys(EXPORT_COLUMNS).join(',')}\r\n`;

/**
 * An event as a line of CSV (RFC 4180). Text of strangers that a spreadsheet would run as a formula gets a quote in front; ids of
 * visitors and numbers stay as they are.
 */
export function csvLine(event: StoredEvent, zone: string): string {
  const cells = readColumns(event, zone).map(([name, value]) =>
    cell(value, EXPORT_COLUMNS[name]?.foreign === true),
  );
  return `${cells.join(',')}\r\n`;
}

/** An event as a line of JSON; what it does not have is absent. */
export function jsonLine(event: StoredEvent, zone: string): string {
  const entries = readColumns(event, zone);
  return `${JSON.stringify(Object.fromEntries(entries.filter(([, value]) => value !== null)))}\n`;
}

/** Columns of a Parquet file that are not text. */
const TYPES: ParquetColumns = {
  bot: 'BOOLEAN',
  interactive: 'BOOLEAN',
  scroll: 'DOUBLE',
  engaged_ms: 'BIGINT',
};

/** Columns of a Parquet file and their types; `props` and `items` are JSON in a text, as in CSV. */
export const PARQUET_COLUMNS: ParquetColumns = Object.fromEntries(
  Object.keys(EXPORT_COLUMNS).map((name) => [name, TYPES[name] ?? 'VARCHAR'] as const),
);

/** An event as a line of JSON in which every value is a scalar: what a Parquet file is made of. */
export function flatLine(event: StoredEvent, zone: string): string {
  const entries = readColumns(event, zone).map(([name, value]) => {
    return [name, typeof value === 'object' && value !== null ? JSON.stringify(value) : value];
  });
  return `${JSON.stringify(Object.fromEntries(entries))}\n`;
}
