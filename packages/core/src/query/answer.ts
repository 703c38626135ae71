import { LOGIC_VERSION } from '../logic-version.ts';
import { metricValue, partsOf, totalPartsOf } from '../metric.ts';
import { type Part, type Parts, zeroParts } from '../part.ts';
import type { PartQuery, PartRow } from '../part-query.ts';
import { localIso } from '../zone.ts';
import { bucketLabel, bucketsOf, type LabelStyle, spanOfRange } from './bucket.ts';
import { daysOfRange } from './date-range.ts';
import { fillBuckets, type Group, merge } from './merge.ts';
import { type Row, rowOrder } from './order.ts';
import { type PlannableDay, plan } from './plan.ts';
import type { KnownRange, Query, QueryDimension } from './query.ts';

/** The report store as a query sees it. */
export type PartSource = {
  run(query: PartQuery): Promise<PartRow[]>;
  dayStates(
    siteId: string,
    generation: number,
    from: string | null,
    to: string | null,
  ): Promise<readonly { day: string; version: number; sealedVersion: number | null }[]>;
};

/** The public answer of the query API. */
export type Answer = {
  results: { dimensions: string[]; metrics: (number | null)[] }[];
  meta: { total_rows?: number; time_labels?: string[]; data_through: string; logic_version: string };
  query: Record<string, unknown>;
};

export type AnswerContext = {
  source: PartSource;
  /** Every event received before it is in the report store (epoch milliseconds). */
  dataThrough: number;
  labels: LabelStyle;
};

async function daysWithFacts(query: Query, source: PartSource): Promise<PlannableDay[]> {
  const { site, range } = query;
  const { from, to } =
    range.kind === 'all' ? { from: null, to: range.to } : daysOfRange(range, site.timezone);
  const states = await source.dayStates(site.id, site.generation, from, to);
  return states.map(({ day, version, sealedVersion }) => ({ day, sealed: version === sealedVersion }));
}

function knownRange({ range }: Query, days: readonly PlannableDay[]): KnownRange {
  return range.kind === 'all' ? { kind: 'days', from: days[0]?.day ?? range.to, to: range.to } : range;
}

async function runPlan(queries: readonly PartQuery[], source: PartSource): Promise<PartRow[]> {
  return (await Promise.all(queries.map((query) => source.run(query)))).flat();
}

async function groupsOf(
  query: Query,
  run: { range: KnownRange; days: readonly PlannableDay[]; source: PartSource },
): Promise<Group[]> {
  const parts = [...new Set(query.metrics.flatMap(partsOf))];
  const groups = merge(
    await runPlan(plan({ ...query, range: run.range, days: run.days, parts }), run.source),
    query.dimensions,
  );
  const [first, ...others] = query.dimensions;
  if (first === undefined) return groups.length > 0 ? groups : [{ key: [], parts: zeroParts() }];
  if (first.kind !== 'time' || others.length > 0) return groups;
  return fillBuckets(groups, bucketsOf(run.range, first.granularity, query.site.timezone));
}

async function totalOf(
  query: Query,
  run: { range: KnownRange; days: readonly PlannableDay[]; source: PartSource },
): Promise<Parts> {
  const parts: Part[] = [...new Set(query.metrics.flatMap(totalPartsOf))];
  if (parts.length === 0) return zeroParts();
  const rows = await runPlan(
    plan({ ...query, dimensions: [], range: run.range, days: run.days, parts }),
    run.source,
  );
  return merge(rows, [])[0]?.parts ?? zeroParts();
}

function labelOf(
  key: string,
  dimension: QueryDimension | undefined,
  context: { zone: string; style: LabelStyle },
): string {
  return dimension?.kind === 'time' ? bucketLabel(key, dimension.granularity, context) : key;
}

function understood(query: Query, range: KnownRange): Record<string, unknown> {
  const { site } = query;
  const { from, to } = spanOfRange(range, site.timezone);
  return {
    site_id: site.id,
    metrics: query.metrics,
    date_range: [localIso(site.timezone, from), localIso(site.timezone, to - 1)],
    dimensions: query.dimensions.map(({ name }) => name),
    filters: query.askedFilters,
    order_by: query.orderBy.map(({ by, index, descending }) => [
      by === 'metric' ? query.metrics[index] : query.dimensions[index]?.name,
      descending ? 'desc' : 'asc',
    ]),
    include: { total_rows: query.include.totalRows, time_labels: query.include.timeLabels },
    pagination: { limit: query.limit, offset: query.offset },
  };
}

/**
 * Answers a query: plan, run, merge, present. Ratios are taken last, of sums.
 * @throws Failure `too_many_buckets`, and what the report store throws
 */
export async function answerQuery(query: Query, context: AnswerContext): Promise<Answer> {
  const days = await daysWithFacts(query, context.source);
  const range = knownRange(query, days);
  const run = { range, days, source: context.source };
  const [groups, total] = await Promise.all([groupsOf(query, run), totalOf(query, run)]);
  const rows: Row[] = groups.map(({ key, parts }) => ({
    key,
    values: query.metrics.map((metric) => metricValue(metric, parts, total)),
  }));
  rows.sort(rowOrder(query.orderBy, query.dimensions));
  const label = { zone: query.site.timezone, style: context.labels };
  const time = query.dimensions.find((dimension) => dimension.kind === 'time');
  return {
    results: rows.slice(query.offset, query.offset + query.limit).map(({ key, values }) => ({
      dimensions: key.map((value, index) => labelOf(value, query.dimensions[index], label)),
      metrics: [...values],
    })),
    meta: {
      ...(query.include.totalRows ? { total_rows: rows.length } : {}),
      ...(query.include.timeLabels && time !== undefined
        ? {
            time_labels: bucketsOf(range, time.granularity, label.zone).map((bucket) =>
              labelOf(bucket, time, label),
            ),
          }
        : {}),
      data_through: new Date(context.dataThrough).toISOString(),
      logic_version: String(LOGIC_VERSION),
    },
    query: understood(query, range),
  };
}
