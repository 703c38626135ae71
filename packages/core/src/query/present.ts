import { type MetricValue, percentChange } from '../metric.ts';
import { OTHER } from '../part-query.ts';
import { MOST_VALUES, ROLL_UP_OTHER } from '../roll-up.ts';
import { cursorText } from './cursor.ts';
import { type SkipReason, skipReason } from './imports.ts';
import { labelBuckets, labelKey } from './label.ts';
import type { LabelStyle } from './label-style.ts';
import type { Tables } from './measure.ts';
import { cursorAt, type Row } from './order.ts';
import { isOther } from './other.ts';
import type { Query } from './query.ts';
import type { Scope } from './scope.ts';
import type { Table } from './table.ts';

export type ResultRow = {
  dimensions: string[];
  metrics: MetricValue[];
  comparison?: { metrics: MetricValue[]; change: (number | null)[] };
};

export type Warning =
  | { code: 'currency_without_rate'; message: string; currencies: string[] }
  /** `groups` stand alone. */
  | { code: 'groups_cut'; message: string; groups: number }
  /** On some sealed days values of a dimension are one, see roll-up.ts. */
  | { code: 'values_cut'; message: string; dimension: string };

/** What an answer says of its rows. */
export type BodyMeta = {
  total_rows?: number;
  time_labels?: string[];
  imports_included?: boolean;
  imports_skip_reason?: SkipReason;
  warnings?: Warning[];
  /** For `pagination.cursor` of the next page; absent on the last one. */
  next_cursor?: string;
};

/** What an answer says besides how fresh it is; the same for the same days in the same versions. */
export type Body = { results: ResultRow[]; meta: BodyMeta };

function buildComparison(
  row: Row,
  { metrics: asked }: Query,
  compared: Table,
): NonNullable<ResultRow['comparison']> {
  const metrics = compared.covers(row.key) ? compared.valuesOf(row.key, asked) : asked.map(() => null);
  return { metrics, change: metrics.map((value, index) => percentChange(row.values[index] ?? null, value)) };
}

/** What is said of groups that do not stand alone. */
function cutWarnings({ alone, groups }: Table, { dimensions }: Query): Warning[] {
  if (alone === null || alone.leaveOut || !groups.some(({ key }) => isOther(key, dimensions))) return [];
  const { length } = alone.keys;
  const message = `there are too many groups: the ${length} largest stand alone, all others are added up as ${OTHER}`;
  return [{ code: 'groups_cut', message, groups: length }];
}

/** What is said of values that sealing has added up. */
function valueWarnings(dimension: string | null): Warning[] {
  if (dimension === null) return [];
  const what = `some days had more than ${MOST_VALUES} values of ${dimension}: the smallest of these days are added up as ${ROLL_UP_OTHER}`;
  return [{ code: 'values_cut', message: `${what}; a filter on ${dimension} finds each`, dimension }];
}

function currencyWarnings(tables: readonly Table[], query: Query): Warning[] {
  const currencies = [...new Set(tables.flatMap(({ withoutRate }) => [...withoutRate]))].sort();
  if (currencies.length === 0) return [];
  const message = `amounts in ${currencies.join(', ')} are left out: there is no rate into ${query.site.currency} for some of the days`;
  return [{ code: 'currency_without_rate', message, currencies }];
}

/** Whether imported days are part of an answer, and why they are not. */
function importsMeta(query: Query, { moments, siteImports }: Scope): BodyMeta {
  if (!query.include.imports) return {};
  const reasons = moments.map(({ range }) => skipReason(query, range, siteImports));
  const [reason] = reasons;
  if (reasons.includes(null)) return { imports_included: true };
  return { imports_included: false, ...(reason ? { imports_skip_reason: reason } : {}) };
}

function timeLabels(query: Query, { buckets }: Table, style: LabelStyle): BodyMeta {
  const labels = query.include.timeLabels ? labelBuckets(buckets, query, style) : null;
  return labels === null ? {} : { time_labels: labels };
}

/** Puts what was counted into the shape of the answer: one page of rows, labelled, compared, and what is to be said of them. */
export function present(
  query: Query,
  { own, compared, selection, cutDimension }: Tables,
  { scope, labels }: { scope: Scope; labels: LabelStyle },
): Body {
  const { page, more, total } = selection;
  const last = page.at(-1);
  const tables = compared === undefined ? [own] : [own, compared];
  const warnings = [
    ...currencyWarnings(tables, query),
    ...cutWarnings(own, query),
    ...valueWarnings(cutDimension),
  ];
  const results = page.map((row): ResultRow => {
    const comparison = compared && buildComparison(row, query, compared);
    return {
      dimensions: labelKey(row.key, query, labels),
      metrics: [...row.values],
      ...(comparison === undefined ? {} : { comparison }),
    };
  });
  const meta = {
    ...(query.include.totalRows ? { total_rows: total } : {}),
    ...timeLabels(query, own, labels),
    ...importsMeta(query, scope),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(more && last !== undefined ? { next_cursor: cursorText(cursorAt(last, query.orderBy)) } : {}),
  };
  return { results, meta };
}
