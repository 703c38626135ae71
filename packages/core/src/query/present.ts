import { type MetricValue, percentChange } from '../metric.ts';
import { cursorText } from './cursor.ts';
import { type SkipReason, skipReason } from './imports.ts';
import { type LabelStyle, labelBuckets, labelKey } from './label.ts';
import type { Tables } from './measure.ts';
import { cursorAt, type Row } from './order.ts';
import type { Query } from './query.ts';
import { pickPage, selectRows } from './rows.ts';
import type { Scope } from './scope.ts';
import type { Table } from './table.ts';

export type ResultRow = {
  dimensions: string[];
  metrics: MetricValue[];
  comparison?: { metrics: MetricValue[]; change: (number | null)[] };
};

export type Warning = { code: 'currency_without_rate'; message: string; currencies: string[] };

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

/** Both ranges of a comparison. */
type Compared = { own: Table; compared: Table };

/** The group that a row is compared with: its own texts, and the bucket at the same place of the other range. */
function comparedKey(
  key: readonly string[],
  { dimensions }: Query,
  { own, compared }: Compared,
): readonly string[] {
  return key.map((value, index) =>
    dimensions[index]?.kind === 'time' ? (compared.buckets[own.buckets.indexOf(value)] ?? '') : value,
  );
}

function buildComparison(row: Row, query: Query, tables: Compared): ResultRow['comparison'] {
  const metrics = tables.compared.valuesOf(comparedKey(row.key, query, tables), query.metrics);
  return { metrics, change: metrics.map((value, index) => percentChange(row.values[index] ?? null, value)) };
}

function buildWarnings(tables: readonly Table[], query: Query): Warning[] {
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
  { own, compared }: Tables,
  { scope, labels }: { scope: Scope; labels: LabelStyle },
): Body {
  const rows = selectRows(query, own);
  const { page, more } = pickPage(query, rows);
  const last = page.at(-1);
  const warnings = buildWarnings(compared === undefined ? [own] : [own, compared], query);
  const results = page.map((row): ResultRow => {
    const comparison = compared === undefined ? undefined : buildComparison(row, query, { own, compared });
    return {
      dimensions: labelKey(row.key, query, labels),
      metrics: [...row.values],
      ...(comparison === undefined ? {} : { comparison }),
    };
  });
  const meta = {
    ...(query.include.totalRows ? { total_rows: rows.length } : {}),
    ...timeLabels(query, own, labels),
    ...importsMeta(query, scope),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(more && last !== undefined ? { next_cursor: cursorText(cursorAt(last, query.orderBy)) } : {}),
  };
  return { results, meta };
}
