import { DIMENSIONS, ITEM_DIMENSIONS, type TIME_DIMENSIONS } from '@footfall/core/dimension';
import { METRICS } from '@footfall/core/metric';
import { choiceOf, oneOfTexts, type Schema } from './json-schema.ts';

/** The names of the query language, each with its meaning, made from the tables that the parser reads. */

const mapValues = <Row>(table: Readonly<Record<string, Row>>, meaning: (row: Row) => string) =>
  Object.fromEntries(Object.entries(table).map(([name, row]) => [name, meaning(row)]));

const UNITS: Readonly<Record<(typeof METRICS)[keyof typeof METRICS]['unit'], string>> = {
  count: 'a whole number',
  ratio: 'a number, or null where there is nothing to divide by',
  percent: 'percent, or null where there is nothing to divide by',
  seconds: 'seconds, or null where there is nothing to divide by',
  money: 'decimal text in the currency of the site',
};

export const METRIC_MEANINGS = mapValues(METRICS, ({ meaning, unit }) => `${meaning} Value: ${UNITS[unit]}.`);

const TIME_MEANINGS: Readonly<Record<(typeof TIME_DIMENSIONS)[number], string>> = {
  time: 'Hours, days or months, whichever suits the range',
  'time:hour': 'Hour of the site’s zone, such as 2026-10-25T02:00:00+02:00; at v2 2026-10-25 02:00:00',
  'time:day': 'Local day, such as 2026-01-31',
  'time:week': 'Week by its Monday',
  'time:month': 'Month by its first day',
};

const GOAL_MEANINGS = { 'event:goal': 'Goal reached, by its name; an event counts in each that it reaches' };
const ITEM_MEANINGS = mapValues(ITEM_DIMENSIONS, ({ label }) => `${label}, of items of an order`);

/** Dimensions that a query can group and filter by, but for properties of events, whose names are the site’s own. */
export const DIMENSION_MEANINGS = {
  ...mapValues(DIMENSIONS, ({ label }) => label),
  ...GOAL_MEANINGS,
  ...ITEM_MEANINGS,
};

export const GROUPABLE_MEANINGS = { ...TIME_MEANINGS, ...DIMENSION_MEANINGS };

const PROPERTY: Schema = {
  type: 'string',
  pattern: '^event:props:.+',
  description: 'A property of events, by its name: event:props:NAME',
};

export const RANGE_MEANINGS: Readonly<Record<string, string>> = {
  realtime: 'The last 30 minutes',
  day: 'Today',
  '24h': 'The last 24 hours',
  '7d': 'The 7 days before today',
  '28d': 'The 28 days before today',
  '30d': 'The 30 days before today',
  '91d': 'The 91 days before today',
  month: 'This month up to now',
  '6mo': 'The 6 whole months before this one',
  '12mo': 'The 12 whole months before this one',
  year: 'This year up to now',
  all: 'From the first event to today',
};

const DAY: Schema = { type: 'string', format: 'date' };
const INSTANT: Schema = { type: 'string', format: 'date-time' };
const pairOf = (of: Schema, description: string): Schema => ({
  type: 'array',
  prefixItems: [of, of],
  items: false,
  minItems: 2,
  maxItems: 2,
  description,
});

export const nameSchemas: Readonly<Record<string, Schema>> = {
  Metric: choiceOf(METRIC_MEANINGS),
  TimeDimension: choiceOf(TIME_MEANINGS),
  NamedDimension: choiceOf(DIMENSION_MEANINGS),
  PropertyDimension: PROPERTY,
  Dimension: {
    anyOf: ['TimeDimension', 'NamedDimension', 'PropertyDimension'].map((name) => ({
      $ref: `#/components/schemas/${name}`,
    })),
    description: 'What to group by',
  },
  FilterDimension: {
    anyOf: ['NamedDimension', 'PropertyDimension'].map((name) => ({ $ref: `#/components/schemas/${name}` })),
    description: 'What to filter by',
  },
  NamedRange: choiceOf(RANGE_MEANINGS),
  DatePair: {
    anyOf: [
      pairOf(DAY, 'Local days of the site, both inclusive'),
      pairOf(INSTANT, 'From the first instant up to the second; an end written as …:59 takes in that second'),
    ],
  },
  DateRange: {
    anyOf: [{ $ref: '#/components/schemas/NamedRange' }, { $ref: '#/components/schemas/DatePair' }],
  },
  SortDirection: oneOfTexts(['asc', 'desc']),
};
