import { type MetricValue, percentChange } from '@footfall/core/metric';
import type { Answer } from '@footfall/core/query/answer';
import { localDay } from '@footfall/core/zone';
import type { Granularity } from '#chart/bucket-text.ts';
import { apiFilters, type ReportFilter } from './address.ts';
import { type AskContext, answer } from './answer.ts';
import { BREAKDOWNS, type BreakdownName } from './breakdown.ts';
import { FIGURES, type Figure, type Lines, type Series } from './figure.ts';
import type { DateRange, Period } from './period.ts';
import { previousLabels } from './previous-labels.ts';

export type Rows = {
  breakdown: BreakdownName;
  rows: readonly { label: string; visitors: number; share: number | null }[];
  /** Of all rows, those not shown among them. */
  total: number;
};

export type Overview = { figures: readonly Figure[]; series: Series; panels: readonly Rows[] };

export type OverviewChoice = {
  period: Period;
  filters: readonly ReportFilter[];
  /** Filters of the query language that must hold as well. */
  segment?: readonly unknown[];
  tabs: readonly BreakdownName[];
  compare: boolean;
};

const ROWS = 9;

/** A value to draw; amounts of money lose digits that no chart shows. */
const toNumber = (value: MetricValue | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

const firstRow = ({ results }: Answer): (number | null)[] => (results[0]?.metrics ?? []).map(toNumber);

function buildFigures(now: Answer, before: Answer | null): Figure[] {
  return FIGURES.map((name, index) => {
    const value = firstRow(now)[index] ?? null;
    const previous = before === null ? null : (firstRow(before)[index] ?? null);
    return { name, value, previous, change: percentChange(value, previous) };
  });
}

const readLabels = ({ results }: Answer): string[] => results.map(({ dimensions }) => dimensions[0] ?? '');

/** The lines of all figures; what lies behind bucket `last` has not happened yet and is not zero. */
function buildLines({ results }: Answer, last = results.length): Lines {
  const lines = FIGURES.map((name, index) => [
    name,
    results.map(({ metrics }, bucket) => (bucket > last ? null : toNumber(metrics[index]))),
  ]);
  return Object.fromEntries(lines) as Lines;
}

/** The lines of what each bucket is compared with. */
function buildPreviousLines({ results }: Answer): Lines {
  const lines = FIGURES.map((name, index) => [
    name,
    results.map(({ comparison }) => toNumber(comparison?.metrics[index])),
  ]);
  return Object.fromEntries(lines) as Lines;
}

/** Index of the bucket that a time lies in; buckets by the hour are labelled with an instant, others with a local day. */
function bucketAt(labels: readonly string[], granularity: Granularity, { site, now }: AskContext): number {
  const today = localDay(site.timezone, now);
  const begun = (label: string) => (granularity === 'hour' ? Date.parse(label) <= now : label <= today);
  return labels.findLastIndex(begun);
}

function buildRows(breakdown: BreakdownName, { results, meta }: Answer): Rows {
  const rows = results.map(({ dimensions, metrics: [visitors, share] }) => ({
    label: dimensions[0] ?? '',
    visitors: toNumber(visitors) ?? 0,
    share: toNumber(share),
  }));
  return { breakdown, rows, total: meta.total_rows ?? rows.length };
}

function panelQuery(breakdown: BreakdownName): object {
  return {
    metrics: ['visitors', 'percentage'],
    dimensions: [BREAKDOWNS[breakdown].dimension],
    include: { total_rows: true },
    pagination: { limit: ROWS },
  };
}

/** All that the overview shows, from the same queries that the API answers. */
export async function overview(
  { period, filters, segment = [], tabs, compare }: OverviewChoice,
  context: AskContext,
): Promise<Overview> {
  const shared = { filters: [...apiFilters(filters), ...segment] };
  const ask = (date_range: DateRange, query: object) => answer({ ...shared, ...query, date_range }, context);
  const figures = { metrics: FIGURES };
  const before = compare ? period.previous : null;
  const series = {
    metrics: FIGURES,
    dimensions: [`time:${period.granularity}`],
    ...(before === null ? {} : { include: { comparisons: { mode: 'custom', date_range: before.series } } }),
  };
  const [now, then, line, ...panels] = await Promise.all([
    ask(period.dateRange, figures),
    before === null ? null : ask(before.figures, figures),
    ask(period.dateRange, series),
    ...tabs.map(async (tab) => buildRows(tab, await ask(period.dateRange, panelQuery(tab)))),
  ]);
  const labels = readLabels(line);
  const openFrom = period.open ? bucketAt(labels, period.granularity, context) : null;
  return {
    figures: buildFigures(now, then),
    series: {
      granularity: period.granularity,
      labels,
      lines: buildLines(line, openFrom ?? undefined),
      openFrom,
      previous: before && {
        labels: previousLabels(labels, { ...period, previous: before, site: context.site }),
        lines: buildPreviousLines(line),
      },
    },
    panels,
  };
}
