import { trimBlanks } from '@footfall/core/blank';
import type { Dimension, DimensionName } from '@footfall/core/dimension';
import { canonicalText } from '@footfall/core/dimension-text';
import type { ImportedDimension, ImportedPart, ImportedTotal, Measures } from '@footfall/core/imported';
import { IMPORTED_PARTS } from '@footfall/core/imported';
import { isDay } from '@footfall/core/zone';
import type { Row } from '../formats/event-row.ts';
import { plainText } from '../formats/plain-text.ts';

/** A part of a total, and the column that it is in; with a factor where the column's unit is another one. */
type PartColumn = string | readonly [column: string, factor: number];

/** How rows of a table become totals of a dimension. */
export type TotalRule = {
  dimension: ImportedDimension;
  /** The column that has the value, or the value of all rows. */
  value: { column: string; read?: (text: string, row: Row) => string | null } | { always: string };
  parts: Readonly<Partial<Record<ImportedPart, PartColumn>>>;
};

/** Longer values are cut: a key of the database holds no more. */
const MAX_VALUE = 600;

const columnName = (part: PartColumn): string => (typeof part === 'string' ? part : part[0]);

/** A count has no places: three digits behind a comma or a point are thousands, as spreadsheets write them. */
const THOUSANDS = /^\d{1,3}(?:[.,]\d{3})+$/;

/** A count of a column; null when it is none. */
export function parseCount(value: unknown): number | null {
  const written = plainText(value).trim();
  const text = THOUSANDS.test(written) ? written.replaceAll(/[.,]/g, '') : written;
  const count = text === '' ? 0 : Number(text);
  return Number.isFinite(count) && count >= 0 && count <= Number.MAX_SAFE_INTEGER ? count : null;
}

/** As spreadsheets of many countries write it; with slashes nobody knows which part is the month. */
const DOTTED_DAY = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;

/** A day as tables write it, `2026-01-31` or `20260131`, and as spreadsheets make it, `31.01.2026`; null when it is none. */
export function parseDay(value: unknown): string | null {
  const text = plainText(value).trim();
  const [, date = '', month = '', year] = DOTTED_DAY.exec(text) ?? [];
  if (year !== undefined) return parseDay(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`);
  const day = /^\d{8}$/.test(text)
    ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
    : text.slice(0, 10);
  return isDay(day) ? day : null;
}

/** The rules of which a table with these columns has the value and at least one part, without the parts that it lacks. */
export function rulesFor(rules: readonly TotalRule[], columns: readonly string[]): TotalRule[] {
  const has = (column: string) => columns.includes(column);
  return rules.flatMap((rule) => {
    const parts = Object.entries(rule.parts).filter(([, part]) => has(columnName(part)));
    const hasValue = 'always' in rule.value || has(rule.value.column);
    return hasValue && parts.length > 0 ? [{ ...rule, parts: Object.fromEntries(parts) }] : [];
  });
}

/** What tables with these rules know: the union of what they say of each dimension. */
export function collectMeasures(rules: readonly TotalRule[]): Measures {
  const measures: Partial<Record<ImportedDimension, readonly ImportedPart[]>> = {};
  for (const { dimension, parts } of rules) {
    const known = new Set([...(measures[dimension] ?? []), ...Object.keys(parts)]);
    measures[dimension] = IMPORTED_PARTS.filter((part) => known.has(part));
  }
  return measures;
}

function readValue({ value, dimension: name }: TotalRule, row: Row): string | null {
  if ('always' in value) return value.always;
  const dimension: Dimension = { kind: 'column', name: name as DimensionName };
  const text = trimBlanks(plainText(row[value.column]));
  const read = value.read === undefined ? text : value.read(text, row);
  if (read === null) return null;
  return canonicalText(dimension, read.replaceAll('\0', '').toWellFormed()).slice(0, MAX_VALUE);
}

function readCounts({ parts }: TotalRule, row: Row): ImportedTotal['counts'] | null {
  const counts: Partial<Record<ImportedPart, number>> = {};
  for (const [name, part] of Object.entries(parts)) {
    const count = parseCount(row[columnName(part)]);
    if (count === null) return null;
    counts[name as ImportedPart] = Math.round(count * (typeof part === 'string' ? 1 : part[1]));
  }
  return counts;
}

/** The totals of a row; null when one of its counts is none. Values that a rule does not want are left out. */
export function readTotals(row: Row, day: string, rules: readonly TotalRule[]): ImportedTotal[] | null {
  const totals: ImportedTotal[] = [];
  for (const rule of rules) {
    const [value, counts] = [readValue(rule, row), readCounts(rule, row)];
    if (counts === null) return null;
    if (value !== null) totals.push({ day, dimension: rule.dimension, value, counts });
  }
  return totals;
}
