import { failureResponses } from './failures.ts';
import { arraySchema, objectSchema, ref, type Schema } from './json-schema.ts';

/** The addresses of Plausible's Stats API v1. */

export const statsSchemas: Readonly<Record<string, Schema>> = {
  StatsTotals: objectSchema({
    results: {
      type: 'object',
      description: 'Each metric by its name',
      additionalProperties: objectSchema(
        {
          value: ref('MetricValue'),
          change: {
            type: ['integer', 'null'],
            description: 'With compare: whole percent since the period before',
          },
        },
        ['change'],
      ),
    },
  }),
  StatsRows: objectSchema({
    results: arraySchema({
      type: 'object',
      description:
        'The date, or the value of the property by its name without event: or visit:, and each metric',
      additionalProperties: { type: ['string', 'number', 'null'] },
    }),
  }),
  StatsVisitors: { type: 'integer', minimum: 0 },
  StatsFailure: objectSchema({ error: { type: 'string', description: 'What is wrong, for people' } }),
};

const TEXT: Schema = { type: 'string' };

const parameter = (name: string, description: string, schema: Schema = TEXT, required = false) => ({
  name,
  in: 'query',
  required,
  description,
  schema,
});

const SITE = parameter('site_id', 'Id, site key or domain of the site', TEXT, true);
const COMMON = [
  SITE,
  parameter(
    'period',
    'day, month, year, all, custom, or a number of days or months before the date such as 7d, 30d, 6mo, 12mo',
    { ...TEXT, default: '30d' },
  ),
  parameter(
    'date',
    'The day that the period is of or counted back from, else today; for custom two days with a comma',
  ),
  parameter('metrics', 'Names with commas', { ...TEXT, default: 'visitors' }),
  parameter('filters', 'Such as visit:browser==Firefox;event:page==/a|/blog/**'),
  parameter('with_imported', 'Adds days before the site’s own that another product had counted', {
    type: 'boolean',
    default: false,
  }),
];

const FAILURES = failureResponses([400, 401, 402, 403, 404, 429, 500, 503], 'StatsFailure');

type Answered = (description: string, schema: string) => Readonly<Record<string, Schema>>;

/** Operations by their address; `answered` makes the response that every address has. */
export function statsPaths(answered: Answered) {
  const get = (operationId: string, summary: string, parameters: readonly Schema[], schema: string) => ({
    get: {
      operationId,
      summary: `${summary}, as Plausible’s Stats API v1 tells them`,
      parameters,
      responses: { ...answered('The answer', schema), ...FAILURES },
    },
  });
  return {
    '/api/v1/stats/aggregate': get(
      'statsAggregate',
      'Totals',
      [...COMMON, parameter('compare', 'Adds how they changed', { ...TEXT, enum: ['previous_period'] })],
      'StatsTotals',
    ),
    '/api/v1/stats/timeseries': get(
      'statsTimeseries',
      'Rows of time',
      [
        ...COMMON,
        parameter('interval', 'Else hours of a day, months of months, and days; date is day', {
          ...TEXT,
          enum: ['hour', 'day', 'date', 'week', 'month'],
        }),
      ],
      'StatsRows',
    ),
    '/api/v1/stats/breakdown': get(
      'statsBreakdown',
      'Rows of a dimension',
      [
        ...COMMON,
        parameter('property', 'The dimension', ref('FilterDimension'), true),
        parameter('limit', 'Rows', { type: 'integer', minimum: 1, maximum: 1000, default: 100 }),
        parameter('page', 'Which rows, counted from 1', { type: 'integer', minimum: 1, default: 1 }),
      ],
      'StatsRows',
    ),
    '/api/v1/stats/realtime/visitors': {
      get: {
        operationId: 'statsRealtime',
        summary: 'Visitors of the last five minutes, as Plausible’s Stats API v1 tells them',
        parameters: [SITE],
        responses: { ...answered('A number alone', 'StatsVisitors'), ...FAILURES },
      },
    },
  };
}
