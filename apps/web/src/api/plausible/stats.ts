import type { MetricValue } from '@footfall/core/metric';
import type { Answer } from '@footfall/core/query/answer';
import type { QuerySite } from '@footfall/core/query/query';
import { apiFailure } from '../errors.ts';
import { readFilters } from './filters.ts';
import { readInterval, readPeriod } from './period.ts';

/** Plausible's Stats API v1 as a layer on queries: parameters of an address become a query, its answer their shape. */

const MAX_LIMIT = 1_000;
const DEFAULT_LIMIT = 100;
const MAX_PAGE = 1_000_000;
const PREVIOUS_PERIOD = 'previous_period';

/** What parameters are read with: the site, and the time (epoch milliseconds). */
export type StatsContext = { site: QuerySite; now: number };

/** A query, and what becomes of its answer. */
export type StatsQuestion = { query: object; present(answer: Pick<Answer, 'results'>): unknown };

export type ReadStats = (parameters: URLSearchParams, context: StatsContext) => StatsQuestion;

function refuse(message: string, where: string): never {
  throw apiFailure('invalid_parameter', message, { where });
}

function readMetrics(parameters: URLSearchParams): string[] {
  return (parameters.get('metrics') || 'visitors').split(',').map((name) => name.trim());
}

function readFlag(parameters: URLSearchParams, name: string): boolean {
  const text = parameters.get(name) || 'false';
  return text === 'true' || text === 'false'
    ? text === 'true'
    : refuse(`${name} must be true or false, not ${JSON.stringify(text)}`, name);
}

function readNumber(
  parameters: URLSearchParams,
  name: string,
  { most, otherwise }: { most: number; otherwise: number },
): number {
  const text = parameters.get(name) || String(otherwise);
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= most
    ? number
    : refuse(`${name} must be a whole number from 1 to ${most}, not ${JSON.stringify(text)}`, name);
}

function readCompare(parameters: URLSearchParams): boolean {
  const text = parameters.get('compare') || null;
  if (text === null || text === PREVIOUS_PERIOD) return text !== null;
  return refuse(`compare can be ${PREVIOUS_PERIOD}, not ${JSON.stringify(text)}`, 'compare');
}

/** What all three have of a query. */
function readCommon(parameters: URLSearchParams, { site, now }: StatsContext) {
  return {
    metrics: readMetrics(parameters),
    date_range: readPeriod(parameters, { zone: site.timezone, now }),
    filters: readFilters(parameters.get('filters'), site.goals),
    include: { imports: readFlag(parameters, 'with_imported') },
  };
}

type Values = Readonly<Record<string, MetricValue | undefined>>;

const byName = (names: readonly string[], values: readonly MetricValue[]): Values =>
  Object.fromEntries(names.map((name, index) => [name, values[index]]));

/** Totals: `{ visitors: { value, change? }, … }`. */
export const readAggregate: ReadStats = (parameters, context) => {
  const { include, ...common } = readCommon(parameters, context);
  const comparisons = readCompare(parameters) ? { comparisons: { mode: PREVIOUS_PERIOD } } : {};
  return {
    query: { ...common, include: { ...include, ...comparisons } },
    present: ({ results: [row] }) => ({
      results: Object.fromEntries(
        common.metrics.map((name, index) => {
          const change = row?.comparison?.change[index];
          const value = row?.metrics[index] ?? null;
          return [name, { value, ...(change === undefined ? {} : { change }) }];
        }),
      ),
    }),
  };
};

/** A row for each bucket of time: `{ date, visitors, … }`. */
export const readTimeseries: ReadStats = (parameters, context) => {
  const common = readCommon(parameters, context);
  return {
    query: { ...common, dimensions: [`time:${readInterval(parameters)}`] },
    present: ({ results }) => ({
      results: results.map(({ dimensions: [date], metrics }) => ({
        date,
        ...byName(common.metrics, metrics),
      })),
    }),
  };
};

/** What the value of a property is called in rows: `source` of `visit:source`, `plan` of `event:props:plan`. */
const rowName = (property: string): string => property.replace(/^(?:event:props:|event:|visit:|item:)/, '');

/** A row for each value of a property: `{ source, visitors, … }`. */
export const readBreakdown: ReadStats = (parameters, context) => {
  const common = readCommon(parameters, context);
  const property = parameters.get('property') ?? '';
  if (property === '' || property.startsWith('time'))
    refuse('property must be a dimension such as visit:source', 'property');
  const limit = readNumber(parameters, 'limit', { most: MAX_LIMIT, otherwise: DEFAULT_LIMIT });
  const page = readNumber(parameters, 'page', { most: MAX_PAGE, otherwise: 1 });
  return {
    query: { ...common, dimensions: [property], pagination: { limit, offset: (page - 1) * limit } },
    present: ({ results }) => ({
      results: results.map(({ dimensions: [value], metrics }) => ({
        [rowName(property)]: value,
        ...byName(common.metrics, metrics),
      })),
    }),
  };
};
