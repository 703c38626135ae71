import { COMPARISON_MODES } from '@footfall/core/query/comparison';
import { COMPARATORS, DEED_OPERATORS, TEXT_OPERATORS } from '@footfall/core/query/filter';
import { MAX_LIMIT } from '@footfall/core/query/parse';
import { arraySchema, objectSchema, oneOfTexts, ref, type Schema, tupleSchema } from './json-schema.ts';

/** Requests and answers of `/query`. */

const described = (description: string, schema: Schema): Schema => ({ description, ...schema });

const FILTER_VALUES = arraySchema({ type: ['string', 'number', 'boolean'] }, { minItems: 1, maxItems: 1000 });
const FILTER_OPTIONS = objectSchema({ case_sensitive: { type: 'boolean', default: true } }, [
  'case_sensitive',
]);

const filterSchemas: Readonly<Record<string, Schema>> = {
  TextOperator: described(
    'matches takes regular expressions in RE2’s syntax, unanchored; a condition holds when it does for any of the values',
    oneOfTexts(TEXT_OPERATORS),
  ),
  MetricOperator: oneOfTexts(COMPARATORS),
  TextFilter: {
    anyOf: [
      tupleSchema(ref('TextOperator'), ref('FilterDimension'), FILTER_VALUES),
      tupleSchema(ref('TextOperator'), ref('FilterDimension'), FILTER_VALUES, FILTER_OPTIONS),
    ],
  },
  AndOrFilter: tupleSchema(oneOfTexts(['and', 'or']), arraySchema(ref('Filter'), { minItems: 1 })),
  NotFilter: tupleSchema(oneOfTexts(['not']), ref('Filter')),
  DeedFilter: described(
    'Keeps all events of visitors who, on that day, have (or have not) an event that matches',
    tupleSchema(oneOfTexts(DEED_OPERATORS), ref('Filter')),
  ),
  Filter: { anyOf: ['TextFilter', 'AndOrFilter', 'NotFilter', 'DeedFilter'].map(ref) },
  MetricFilter: described(
    'Keeps groups whose metric compares so with a number (with one of several for is, none for is_not); at the top of filters only',
    tupleSchema(
      ref('MetricOperator'),
      ref('Metric'),
      arraySchema({ type: 'number' }, { minItems: 1, maxItems: 1000 }),
    ),
  ),
};

const FLAG: Schema = { type: 'boolean', default: false };

const comparison = {
  ComparisonMode: oneOfTexts(COMPARISON_MODES),
  Comparison: objectSchema(
    {
      mode: ref('ComparisonMode'),
      date_range: described('For mode custom only', ref('DatePair')),
      match_day_of_week: { ...FLAG, description: 'Move the range so that it begins on the same weekday' },
    },
    ['date_range', 'match_day_of_week'],
  ),
};

/** Properties of a query; the test holds them to the parser’s. */
export const QUERY_PROPERTIES: Readonly<Record<string, Schema>> = {
  site_id: { type: 'string', description: 'Id, site key or domain of the site' },
  metrics: arraySchema(ref('Metric'), { minItems: 1, uniqueItems: true }),
  date_range: ref('DateRange'),
  dimensions: arraySchema(ref('Dimension'), { maxItems: 4, uniqueItems: true, default: [] }),
  filters: described(
    'All must hold',
    arraySchema({ anyOf: [ref('Filter'), ref('MetricFilter')] }, { default: [] }),
  ),
  order_by: described(
    'Metrics and dimensions of the query; default: time first when it is in front, else the first metric, descending',
    arraySchema(tupleSchema({ anyOf: [ref('Metric'), ref('Dimension')] }, ref('SortDirection'))),
  ),
  include: ref('Include'),
  pagination: ref('Pagination'),
  explain: { ...FLAG, description: 'Tell in meta.explain what was asked of the report store' },
};

const OPTIONAL = ['dimensions', 'filters', 'order_by', 'include', 'pagination', 'explain'];

const answerSchemas: Readonly<Record<string, Schema>> = {
  MetricValue: described('Amounts of money are decimal texts; null: nothing to divide by', {
    type: ['number', 'string', 'null'],
  }),
  ResultRow: objectSchema(
    {
      dimensions: arraySchema({ type: 'string' }),
      metrics: arraySchema(ref('MetricValue')),
      comparison: objectSchema({
        metrics: arraySchema(ref('MetricValue')),
        change: described('Whole percent', arraySchema({ type: ['integer', 'null'] })),
      }),
    },
    ['comparison'],
  ),
  Warning: {
    oneOf: [
      objectSchema({
        code: oneOfTexts(['currency_without_rate']),
        message: { type: 'string' },
        currencies: arraySchema({ type: 'string' }),
      }),
      objectSchema({
        code: oneOfTexts(['groups_cut']),
        message: { type: 'string' },
        groups: {
          type: 'integer',
          description: 'So many of the largest groups stand alone; all others are added up as (other)',
        },
      }),
      objectSchema({
        code: oneOfTexts(['values_cut']),
        message: { type: 'string' },
        dimension: {
          type: 'string',
          description:
            'Some closed days had more values of it than are kept apart: the smallest are added up as (other); a filter on it finds each',
        },
      }),
    ],
  },
  Explanation: objectSchema({
    ms: { type: 'number', description: 'Milliseconds that the answer took' },
    questions: arraySchema(ref('ExplainedQuestion')),
  }),
  ExplainedQuestion: objectSchema({
    source: described(
      'rollUps: totals of closed days; facts: single events',
      oneOfTexts(['rollUps', 'facts']),
    ),
    relation: oneOfTexts(['counts', 'engagement', 'money']),
    parts: arraySchema({ type: 'string' }),
    group_by: arraySchema({ type: 'string' }),
    filtered: { type: 'boolean' },
    days: { type: 'integer', description: 'Local days that were read' },
    rows: { type: 'integer', description: 'Rows that came back' },
    ms: { type: 'number', description: 'Milliseconds, waiting included' },
  }),
  QueryMeta: objectSchema(
    {
      total_rows: { type: 'integer', description: 'With include.total_rows: rows without pagination' },
      time_labels: described(
        'With include.time_labels: all buckets of the range',
        arraySchema({ type: 'string' }),
      ),
      imports_included: described(
        'With include.imports: days that another product had counted are part of the answer',
        { type: 'boolean' },
      ),
      imports_skip_reason: described(
        'Why they are not',
        oneOfTexts(['no_imported_data', 'out_of_range', 'unsupported_query', 'unsupported_interval']),
      ),
      warnings: arraySchema(ref('Warning')),
      next_cursor: {
        type: 'string',
        description: 'For pagination.cursor of the next page; absent on the last',
      },
      explain: ref('Explanation'),
      data_through: ref('DataThrough'),
      logic_version: ref('LogicVersion'),
    },
    [
      'total_rows',
      'time_labels',
      'imports_included',
      'imports_skip_reason',
      'warnings',
      'next_cursor',
      'explain',
    ],
  ),
  QueryAnswer: objectSchema({
    results: arraySchema(ref('ResultRow')),
    meta: ref('QueryMeta'),
    query: described('The query as it was understood', { type: 'object', additionalProperties: true }),
  }),
};

export const querySchemas: Readonly<Record<string, Schema>> = {
  ...filterSchemas,
  ...comparison,
  Include: objectSchema(
    {
      total_rows: FLAG,
      time_labels: FLAG,
      imports: { ...FLAG, description: 'Adds days before the site’s own that another product had counted' },
      trim_relative_date_range: { ...FLAG, description: 'Lets the range day end with the hour that it is' },
      comparisons: ref('Comparison'),
    },
    ['total_rows', 'time_labels', 'imports', 'trim_relative_date_range', 'comparisons'],
  ),
  Pagination: objectSchema(
    {
      limit: { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: MAX_LIMIT },
      offset: { type: 'integer', minimum: 0, default: 0 },
      cursor: { type: 'string', description: 'meta.next_cursor of the page before, in place of an offset' },
    },
    ['limit', 'offset', 'cursor'],
  ),
  Query: objectSchema(QUERY_PROPERTIES, OPTIONAL),
  ...answerSchemas,
};

/** Queries that show what the language can do; a test asks the parser and the document about each. */
export const QUERY_EXAMPLES = {
  sources: {
    summary: 'Where visitors from Germany came from, the last 7 days',
    value: {
      site_id: 'shop.example',
      metrics: ['visitors', 'pageviews', 'bounce_rate'],
      date_range: '7d',
      dimensions: ['visit:source'],
      filters: [['is', 'visit:country', ['DE']]],
      order_by: [['visitors', 'desc']],
      pagination: { limit: 100, offset: 0 },
    },
  },
  days: {
    summary: 'A line a day, compared with the 30 days before, weekday on weekday',
    value: {
      site_id: 'shop.example',
      metrics: ['visitors', 'total_revenue'],
      date_range: '30d',
      dimensions: ['time:day'],
      include: {
        time_labels: true,
        comparisons: { mode: 'previous_period', match_day_of_week: true },
      },
    },
  },
  conversion: {
    summary: 'Conversion rate of each entry page for a goal, of pages with at least 100 visitors',
    value: {
      site_id: 'shop.example',
      metrics: ['visitors', 'group_conversion_rate'],
      date_range: ['2026-01-01', '2026-01-31'],
      dimensions: ['visit:entry_page'],
      filters: [
        ['is', 'event:goal', ['Order']],
        ['greater_than_or_equal', 'visitors', [100]],
      ],
      include: { total_rows: true },
    },
  },
  products: {
    summary: 'Products that visitors bought who had read the blog that day',
    value: {
      site_id: 'shop.example',
      metrics: ['items_sold', 'total_revenue'],
      date_range: '12mo',
      dimensions: ['item:name'],
      filters: [
        ['has_done', ['matches', 'event:page', ['^/blog/']]],
        [
          'or',
          [
            ['contains', 'item:category', ['mug'], { case_sensitive: false }],
            ['not', ['is', 'event:props:plan', ['free']]],
          ],
        ],
      ],
    },
  },
} as const;
