import { DIMENSIONS, ITEM_DIMENSIONS, TIME_DIMENSIONS, WORDED_DIMENSIONS } from '@footfall/core/dimension';
import type { Goal } from '@footfall/core/goal';
import { METRIC_NAMES, needsGoal } from '@footfall/core/metric';
import { COMPARISON_MODES } from '@footfall/core/query/comparison';
import { NAMED_RANGES } from '@footfall/core/query/date-range';
import {
  COMPARATORS,
  DEED_OPERATORS,
  FILTER_OPERATORS,
  FILTERABLE,
  TEXT_OPERATORS,
} from '@footfall/core/query/filter';
import { parseFlow } from '@footfall/core/query/flow';
import { parseFunnel } from '@footfall/core/query/funnel';
import { GROUPABLE, INCLUDES, parseQuery, QUERY_FIELDS } from '@footfall/core/query/parse';
import { parseRetention } from '@footfall/core/query/retention';
import { REJECTION_REASONS } from '@footfall/core/rejection';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { Validator } from '@seriousme/openapi-schema-validator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXPORT_FORMATS } from '#api/export.ts';
import { EXPORT_COLUMNS, jsonLine } from '#api/export-columns.ts';
import { faults } from './conforming.fixture.ts';
import { openApiDocument } from './document.ts';
import { EXPORT_MEANINGS } from './export.ts';
import { FAILURE_CODES } from './failures.ts';
import { QUERY_EXAMPLES, QUERY_PROPERTIES } from './query.ts';
import { REPORT_EXAMPLES } from './reports.ts';

const document = openApiDocument('https://stats.example.com');
const schemas: Readonly<Record<string, Readonly<Record<string, unknown>>>> = document.components.schemas;

const GOAL: Goal = { id: 'goal_1', name: 'Order', event: 'purchase', page: null, props: {} };
const site = { id: 'site_a', timezone: 'Europe/Berlin', generation: 1, currency: 'EUR', goals: [GOAL] };
const CONTEXT = { site, now: Date.parse('2026-03-04T12:00:00Z') };
const parse = (query: unknown) => parseQuery(query, CONTEXT);

/** The texts that a schema allows, and those of schemas that it refers to. */
function collectTexts(schema: unknown): string[] {
  const { $ref, const: text, enum: texts, pattern, ...rest } = schema as Record<string, unknown>;
  if (typeof $ref === 'string') return collectTexts(schemas[$ref.split('/').at(-1) ?? '']);
  if (typeof text === 'string') return [text];
  if (Array.isArray(texts)) return texts as string[];
  if (typeof pattern === 'string') return ['event:props:NAME'];
  return [rest.oneOf, rest.anyOf].flatMap((of) => (Array.isArray(of) ? of.flatMap(collectTexts) : []));
}

const sorted = (texts: readonly string[]) => [...texts].sort();

describe('the document', () => {
  it('is OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document))).toMatchObject({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('refers to schemas that it has, and has none that nothing refers to', () => {
    const referred = new Set<string>();
    JSON.stringify(document, (key, value: unknown) => {
      if (key === '$ref') referred.add(String(value).replace('#/components/schemas/', ''));
      return value;
    });
    const answeredEverywhere = ['Failure405'];
    expect(sorted([...referred])).toEqual(
      sorted(Object.keys(schemas).filter((name) => !answeredEverywhere.includes(name))),
    );
  });

  it('has an id of its own for each operation', () => {
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the document names exactly what the parser knows', () => {
  it.each([
    ['metrics', 'Metric', METRIC_NAMES],
    ['dimensions to group by', 'Dimension', GROUPABLE],
    ['dimensions to filter by', 'FilterDimension', FILTERABLE],
    ['ranges', 'NamedRange', NAMED_RANGES],
    ['operators on text', 'TextOperator', TEXT_OPERATORS],
    ['operators on metrics', 'MetricOperator', COMPARATORS],
    ['modes of comparison', 'ComparisonMode', COMPARISON_MODES],
  ])('%s', (_, schema, names) => expect(sorted(collectTexts(schemas[schema]))).toEqual(sorted(names)));

  it('operators that hold others', () => {
    const holding = ['AndOrFilter', 'NotFilter', 'DeedFilter'].flatMap((name) => {
      const { prefixItems } = schemas[name] as { prefixItems: unknown[] };
      return collectTexts(prefixItems[0]);
    });
    expect(sorted([...TEXT_OPERATORS, ...holding])).toEqual(sorted(FILTER_OPERATORS));
    expect(holding).toEqual(expect.arrayContaining([...DEED_OPERATORS]));
  });

  it('fields of a query, and what it can include', () => {
    expect(Object.keys(QUERY_PROPERTIES)).toEqual(QUERY_FIELDS);
    expect(Object.keys(schemas.Include?.properties as object)).toEqual(INCLUDES);
  });

  it('reasons to reject an event', () => {
    expect(Object.keys(schemas.RejectedCounts?.properties as object)).toEqual(REJECTION_REASONS);
  });

  it('codes of failures, each with one status', () => {
    const failures = Object.entries(schemas).filter(([name]) => name.startsWith('Failure'));
    const codes = failures.flatMap(([, schema]) => {
      const { error } = schema.properties as { error: { properties: { code: unknown } } };
      return collectTexts(error.properties.code);
    });
    expect(sorted(codes)).toEqual(sorted(FAILURE_CODES));
  });

  it('every name with its meaning', () => {
    for (const name of [
      'CountMetric',
      'RatioMetric',
      'MoneyMetric',
      'TimeDimension',
      'NamedDimension',
      'NamedRange',
    ]) {
      const choices = schemas[name]?.oneOf as { description: string }[];
      expect(choices.every(({ description }) => description.length > 1)).toBe(true);
    }
  });
});

describe('a documented example', () => {
  it.each(Object.entries(QUERY_EXAMPLES))('%s is as documented and is understood', (_, { value }) => {
    expect(faults('Query', value)).toEqual([]);
    expect(() => parse(value)).not.toThrow();
  });

  it.each([
    ['FunnelQuery', REPORT_EXAMPLES.funnel.value, parseFunnel],
    ['RetentionQuery', REPORT_EXAMPLES.retention.value, parseRetention],
    ['FlowQuery', REPORT_EXAMPLES.flow.value, parseFlow],
  ])('of a %s is as documented, is understood, and has every field', (schema, value, parseIt) => {
    expect(faults(schema, value)).toEqual([]);
    expect(() => parseIt(value, CONTEXT)).not.toThrow();
    const fields = Object.keys(schemas[schema]?.properties as object);
    let refusal = '';
    try {
      parseIt({ ...value, other: 1 }, CONTEXT);
    } catch (error) {
      refusal = String(error);
    }
    expect(sorted(refusal.split('allowed are ')[1]?.split(', ') ?? [])).toEqual(sorted(fields));
  });
});

it('an exported event has the columns of exports', () => {
  expect(Object.keys(schemas.ExportedEvent?.properties as object)).toEqual(Object.keys(EXPORT_COLUMNS));
  expect(collectTexts(schemas.ExportFormat)).toEqual(Object.keys(EXPORT_FORMATS));
  const whole = storedEvent({
    title: 'T',
    user: 'u',
    referrer: 'https://x.example/',
    props: { plan: 'pro' },
    revenue: { amount: '1.20', currency: 'EUR' },
    order: 'A',
    items: [{ sku: 'S', quantity: 1 }],
    scroll: 12.5,
    engagedMs: 10,
    userAgent: 'A',
    hints: { model: 'M', platformVersion: '1' },
    ip: '203.0.113.0',
  });
  for (const event of [whole, storedEvent({})])
    expect(faults('ExportedEvent', JSON.parse(jsonLine(event, 'Europe/Berlin')))).toEqual([]);
  expect(Object.keys(JSON.parse(jsonLine(whole, 'Europe/Berlin')) as object)).toEqual(
    Object.keys(EXPORT_MEANINGS),
  );
});

/** Queries from all names of the language, as deep as people nest them. */
const texts = fc.array(fc.constantFrom('DE', 'Google', '^/p/', 'a"b'), { minLength: 1, maxLength: 3 });
const filterable = fc.constantFrom(
  ...Object.keys(DIMENSIONS),
  ...Object.keys(WORDED_DIMENSIONS),
  ...Object.keys(ITEM_DIMENSIONS),
  'event:props:a b',
);
const { filter } = fc.letrec<{ filter: unknown }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.tuple(fc.constantFrom(...TEXT_OPERATORS), filterable, texts),
    fc.tuple(
      fc.constantFrom(...TEXT_OPERATORS),
      filterable,
      texts,
      fc.record({ case_sensitive: fc.boolean() }, { requiredKeys: [] }),
    ),
    fc.tuple(fc.constantFrom('and', 'or'), fc.array(tie('filter'), { minLength: 1, maxLength: 3 })),
    fc.tuple(fc.constantFrom('not', ...DEED_OPERATORS), tie('filter')),
  ),
}));
const query = fc.record(
  {
    site_id: fc.constant('shop.example'),
    metrics: fc.uniqueArray(fc.constantFrom(...METRIC_NAMES.filter((metric) => !needsGoal(metric))), {
      minLength: 1,
    }),
    date_range: fc.constantFrom<unknown>(
      ...NAMED_RANGES.filter((name) => name !== 'all'),
      ...['1h', '48h', '14d', '3mo'],
      ['2026-01-01', '2026-01-02'],
      ['2026-01-01T00:00:00+01:00', '2026-01-02T00:00:00Z'],
    ),
    dimensions: fc
      .tuple(
        fc.constantFrom(...TIME_DIMENSIONS),
        fc.uniqueArray(
          fc.constantFrom(
            ...Object.keys({ ...DIMENSIONS, ...WORDED_DIMENSIONS }),
            'event:goal',
            'event:props:x',
          ),
          {
            maxLength: 3,
          },
        ),
      )
      .map(([time, others]) => [time, ...others]),
    filters: fc.array(
      fc.oneof(
        filter,
        fc.tuple(
          fc.constantFrom(...COMPARATORS),
          fc.constant('visitors'),
          fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true })),
        ),
      ),
      { maxLength: 2 },
    ),
    include: fc.record(
      {
        total_rows: fc.boolean(),
        trim_relative_date_range: fc.boolean(),
        comparisons: fc.record({ mode: fc.constantFrom('previous_period', 'year_over_year') }),
      },
      { requiredKeys: [] },
    ),
    explain: fc.boolean(),
  },
  { requiredKeys: ['site_id', 'metrics', 'date_range'] },
);

it('what the language allows, the document and the parser both accept', () => {
  fc.assert(
    fc.property(query, (one) => {
      expect(faults('Query', one)).toEqual([]);
      expect(() => parse(one)).not.toThrow();
    }),
  );
});

it.each([
  { metrics: ['users'] },
  { date_range: 'fortnight' },
  { date_range: '0d' },
  { date_range: '7w' },
  { dimensions: ['visit:mood'] },
  { dimensions: ['event:props:'] },
  { filters: [['like', 'visit:source', ['x']]] },
  { filters: [['is', 'time:day', ['x']]] },
  { filters: [['is', 'visit:source', []]] },
  { filters: [['not', ['greater_than', 'visitors', [1]]]] },
  { order_by: [['visitors', 'down']] },
  { include: { rows: true } },
  { include: { comparisons: { mode: 'last_year' } } },
  { pagination: { limit: 10_001 } },
  { explain: 'yes' },
  { fields: [] },
])('%j is refused by both', (wrong) => {
  const one = { site_id: 'shop.example', metrics: ['visitors'], date_range: '7d', ...wrong };
  expect(faults('Query', one)).not.toEqual([]);
  expect(() => parse(one)).toThrow();
});
