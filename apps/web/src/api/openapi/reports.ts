import { PERIODS } from '@footfall/core/query/retention';
import { arraySchema, objectSchema, oneOfTexts, ref, type Schema } from './json-schema.ts';

/** Requests and answers of `/funnel`, `/retention` and `/flow`. */

const FILTERS: Schema = { ...arraySchema(ref('Filter'), { default: [] }), description: 'All must hold' };
const COUNT: Schema = { type: 'integer', minimum: 0 };
const PERCENT: Schema = { type: ['number', 'null'], description: 'Percent; null: nothing to divide by' };
const UNDERSTOOD: Schema = {
  type: 'object',
  additionalProperties: true,
  description: 'The question as it was understood',
};
const PROPS: Schema = { type: 'object', additionalProperties: { type: 'string' } };

const answerSchema = (results: Schema) => objectSchema({ results, meta: ref('Meta'), query: UNDERSTOOD });

export const reportSchemas: Readonly<Record<string, Schema>> = {
  Meta: objectSchema({ data_through: ref('DataThrough'), logic_version: ref('LogicVersion') }),
  FunnelStep: {
    anyOf: [
      { type: 'string', description: 'Name or id of a goal' },
      objectSchema({ goal: { type: 'string' } }),
      objectSchema({ event: { type: 'string' }, props: PROPS }, ['props']),
      objectSchema(
        { page: { type: 'string', description: 'Path or pattern, such as /checkout/*' }, props: PROPS },
        ['props'],
      ),
    ],
  },
  FunnelQuery: objectSchema(
    {
      site_id: { type: 'string' },
      date_range: ref('DateRange'),
      steps: arraySchema(ref('FunnelStep'), { minItems: 2, maxItems: 8 }),
      filters: FILTERS,
    },
    ['filters'],
  ),
  FunnelAnswer: answerSchema(
    arraySchema(
      objectSchema({
        step: { type: 'integer', minimum: 1 },
        name: { type: 'string' },
        visitors: COUNT,
        conversion_rate: { ...PERCENT, description: 'Percent of step 1, to 2 places' },
        step_conversion_rate: { ...PERCENT, description: 'Percent of the step before, to 2 places' },
        dropoff: { ...COUNT, description: 'Visitors of the step before who did not come this far' },
      }),
    ),
  ),
  RetentionQuery: objectSchema(
    {
      site_id: { type: 'string' },
      date_range: ref('DateRange'),
      period: { ...oneOfTexts(PERIODS), default: 'week' },
      filters: FILTERS,
    },
    ['period', 'filters'],
  ),
  RetentionAnswer: answerSchema(
    arraySchema(
      objectSchema({
        cohort: { type: 'string', format: 'date', description: 'First day of the period of the first visit' },
        users: COUNT,
        returned: { ...arraySchema(COUNT), description: 'Users seen in this period, the next, and so on' },
        rates: { ...arraySchema(PERCENT), description: 'The same in percent of the cohort, to 1 place' },
      }),
    ),
  ),
  FlowQuery: objectSchema(
    {
      site_id: { type: 'string' },
      date_range: ref('DateRange'),
      page: { type: 'string', pattern: '^/', description: 'Path or pattern, such as /blog/**' },
      filters: FILTERS,
      limit: { type: 'integer', minimum: 1, maximum: 1000, default: 10 },
    },
    ['filters', 'limit'],
  ),
  FlowRow: objectSchema({
    page: { type: 'string', description: 'Path, (entry), (exit), or (other) for all above the limit' },
    pageviews: COUNT,
    share: { ...PERCENT, description: 'Percent of all pageviews on this side, to 1 place' },
  }),
  FlowAnswer: answerSchema(
    objectSchema({ before: arraySchema(ref('FlowRow')), after: arraySchema(ref('FlowRow')) }),
  ),
};

export const REPORT_EXAMPLES = {
  funnel: {
    summary: 'From a product to an order',
    value: {
      site_id: 'shop.example',
      date_range: '28d',
      steps: [{ page: '/p/*' }, { event: 'add_to_cart' }, { goal: 'Order' }],
      filters: [['is', 'visit:device', ['Mobile']]],
    },
  },
  retention: {
    summary: 'In which weeks users came back',
    value: { site_id: 'shop.example', date_range: ['2026-01-05', '2026-03-01'], period: 'week' },
  },
  flow: {
    summary: 'What was seen before and after the cart',
    value: { site_id: 'shop.example', date_range: '7d', page: '/cart', limit: 5 },
  },
} as const;
