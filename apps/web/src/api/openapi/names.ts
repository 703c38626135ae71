import {
  DIMENSIONS,
  ITEM_DIMENSIONS,
  type TIME_DIMENSIONS,
  WORDED_DIMENSIONS,
} from '@footfall/core/dimension';
import { METRICS } from '@footfall/core/metric';
import { COUNTED_RANGES } from '@footfall/core/query/date-range';
import { choiceSchema, oneOfTexts, ref, type Schema, tupleSchema } from './json-schema.ts';

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

type MetricKind = (typeof METRICS)[keyof typeof METRICS]['kind'];

/** Metrics by what their values are, since clients give each its type. */
const METRIC_SCHEMAS: Readonly<Record<MetricKind, { name: string; about: string }>> = {
  count: { name: 'CountMetric', about: 'Metrics that are numbers' },
  ratio: {
    name: 'RatioMetric',
    about: 'Metrics that are numbers, or null where there is nothing to divide by',
  },
  money: { name: 'MoneyMetric', about: 'Metrics that are decimal texts' },
  meanMoney: {
    name: 'MeanMoneyMetric',
    about: 'Metrics that are decimal texts, or null where there is nothing to divide by',
  },
};

const METRIC_MEANINGS = mapValues(METRICS, ({ meaning, unit }) => `${meaning} Value: ${UNITS[unit]}.`);

const metricSchemas = Object.fromEntries(
  Object.entries(METRIC_SCHEMAS).map(([kind, { name, about }]) => {
    const of = Object.entries(METRIC_MEANINGS).filter(
      ([metric]) => METRICS[metric as keyof typeof METRICS].kind === kind,
    );
    return [name, { description: about, ...choiceSchema(Object.fromEntries(of)) }];
  }),
);

export const TIME_MEANINGS: Readonly<Record<(typeof TIME_DIMENSIONS)[number], string>> = {
  time: 'Hours, days or months, whichever suits the range',
  'time:hour': 'Hour of the site’s zone, such as 2026-10-25T02:00:00+02:00; at v2 2026-10-25 02:00:00',
  'time:day': 'Local day, such as 2026-01-31',
  'time:week': 'Week by its Monday',
  'time:month': 'Month by its first day',
};

const GOAL_MEANINGS = { 'event:goal': 'Goal reached, by its name; an event counts in each that it reaches' };
const ITEM_MEANINGS = mapValues(ITEM_DIMENSIONS, ({ label }) => `${label}, of items of an order`);

/** Dimensions that a query can group and filter by, but for properties of events, whose names are the site’s own. */
const DIMENSION_MEANINGS = {
  ...mapValues(DIMENSIONS, ({ label }) => label),
  ...mapValues(WORDED_DIMENSIONS, ({ label }) => `${label}, in English`),
  ...GOAL_MEANINGS,
  ...ITEM_MEANINGS,
};

/** Clients that know patterns of text, as TypeScript does, may take this one literally. */
export const PROPERTY_PATTERN = '^event:props:.+';

const PROPERTY: Schema = {
  type: 'string',
  pattern: PROPERTY_PATTERN,
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

/** What a number before each unit of counted ranges says. */
const UNIT_MEANINGS: Readonly<Record<string, string>> = {
  h: 'The last N hours',
  d: 'The N days before today',
  mo: 'The N whole months before this one',
};

/** Ranges of any number of units, by how they are written, with their bound. */
export const COUNTED_MEANINGS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(COUNTED_RANGES).map(([unit, most]) => [
    `N${unit}`,
    `${UNIT_MEANINGS[unit]}, N from 1 to ${most.toLocaleString('en')}`,
  ]),
);

export const COUNTED_UNITS = Object.keys(COUNTED_RANGES);

/** Clients that know patterns of text may take this one literally. */
export const COUNTED_PATTERN = `^[1-9][0-9]{0,3}(${COUNTED_UNITS.join('|')})$`;

const COUNTED: Schema = {
  type: 'string',
  pattern: COUNTED_PATTERN,
  description: Object.entries(COUNTED_MEANINGS)
    .map(([name, meaning]) => `${name}: ${meaning}`)
    .join('; '),
};

const DAY: Schema = { type: 'string', format: 'date' };
const INSTANT: Schema = { type: 'string', format: 'date-time' };
const anyOfSchemas = (names: readonly string[]): Schema => ({ anyOf: names.map(ref) });

export const nameSchemas: Readonly<Record<string, Schema>> = {
  Metric: anyOfSchemas(Object.values(METRIC_SCHEMAS).map(({ name }) => name)),
  ...metricSchemas,
  TimeDimension: choiceSchema(TIME_MEANINGS),
  NamedDimension: choiceSchema(DIMENSION_MEANINGS),
  PropertyDimension: PROPERTY,
  Dimension: anyOfSchemas(['TimeDimension', 'NamedDimension', 'PropertyDimension']),
  FilterDimension: anyOfSchemas(['NamedDimension', 'PropertyDimension']),
  NamedRange: choiceSchema(RANGE_MEANINGS),
  CountedRange: COUNTED,
  DatePair: {
    anyOf: [
      { description: 'Local days of the site, both inclusive', ...tupleSchema(DAY, DAY) },
      {
        description: 'From the first instant up to the second; an end written as …:59 takes in that second',
        ...tupleSchema(INSTANT, INSTANT),
      },
    ],
  },
  DateRange: anyOfSchemas(['NamedRange', 'CountedRange', 'DatePair']),
  SortDirection: oneOfTexts(['asc', 'desc']),
};
