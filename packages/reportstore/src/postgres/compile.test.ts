import { findDimension } from '@footfall/core/dimension';
import type { FactFilter, GroupKey, PartQuery } from '@footfall/core/part-query';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DUCKDB } from '../duckdb/dialect.ts';
import { factQueries, factScopes, filters, rollUpQueries } from '../facts.fixture.ts';
import { compileFacts } from '../sql/compile-facts.ts';
import { compileFlow, compileFunnel, compileUserDays } from '../sql/compile-paths.ts';
import { compileRollUps } from '../sql/compile-roll-ups.ts';
import type { Dialect } from '../sql/dialect.ts';
import type { FactSource, FactsQuery } from '../sql/fact-source.ts';
import { type Sql, sql, statement } from '../sql/sql.ts';
import { POSTGRES } from './dialect.ts';

const makeSource = (dialect: Dialect): FactSource => ({ dialect, relation: sql`the_facts AS fact` });
const DIALECTS = [
  ['DuckDB', makeSource(DUCKDB)],
  ['Postgres', makeSource(POSTGRES)],
] as const;

const question = (more: Partial<FactsQuery> = {}): FactsQuery =>
  ({
    source: 'facts',
    relation: 'counts',
    siteId: 'site',
    generation: 3,
    days: [{ from: '2026-01-01', to: '2026-01-31' }],
    groupBy: [],
    parts: ['visitors'],
    filter: null,
    between: null,
    ...more,
  }) as FactsQuery;

const facts = (more: Partial<FactsQuery> = {}, source: FactSource = makeSource(DUCKDB)) =>
  statement(compileFacts(question(more), source));

const by = (name: string): GroupKey => {
  const dimension = findDimension(name);
  if (dimension === undefined) throw new Error(`no dimension ${name}`);
  return { kind: 'dimension', dimension };
};

const match = (more: Partial<Extract<FactFilter, { type: 'match' }>> = {}): FactFilter => ({
  type: 'match',
  op: 'is',
  dimension: { kind: 'column', name: 'event:page' },
  values: ['/a'],
  caseSensitive: true,
  ...more,
});

/** Aggregations that a statement makes before its last. */
const levels = (text: string) => [...text.matchAll(/GROUP BY/g)].length;

/** Conditions as Postgres gets them: patterns and letters without case are resolved before. */
function resolved(filter: FactFilter): FactFilter {
  switch (filter.type) {
    case 'match':
      return { ...filter, op: filter.op === 'contains' ? 'contains' : 'is', caseSensitive: true };
    case 'and':
    case 'or':
      return { ...filter, of: filter.of.map(resolved) };
    case 'not':
    case 'has_done':
      return { ...filter, of: resolved(filter.of) };
  }
}

const readyFor = (dialect: Dialect, query: FactsQuery): FactsQuery =>
  dialect === DUCKDB
    ? query
    : {
        ...query,
        filter: query.filter && resolved(query.filter),
        groupBy: query.groupBy.map((key) =>
          key.kind === 'goal'
            ? { ...key, goals: key.goals.map(({ name, filter }) => ({ name, filter: resolved(filter) })) }
            : key,
        ),
      };

/** Placeholders in the order in which they stand. */
const numbersIn = (text: string) => [...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number));

function expectBound(compiled: Sql): void {
  const { text, values } = statement(compiled);
  expect(numbersIn(text)).toEqual(values.map((_value, index) => index + 1));
}

describe.each(DIALECTS)('a question to facts in %s', (_name, source) => {
  const { dialect } = source;

  test('has a parameter for each of its values, and no value in its text', () => {
    fc.assert(
      fc.property(factQueries('s'), (query) => {
        expectBound(compileFacts(readyFor(dialect, query), source));
      }),
    );
  });

  test('about ways through the site has so, too', () => {
    fc.assert(
      fc.property(factScopes('s'), fc.array(filters, { minLength: 1, maxLength: 4 }), (scope, steps) => {
        const ready = (filter: FactFilter) => (dialect === DUCKDB ? filter : resolved(filter));
        const own = { ...scope, filter: scope.filter && ready(scope.filter) };
        expectBound(compileFunnel({ ...own, steps: steps.map(ready) }, source));
        expectBound(compileFlow({ ...own, page: ready(steps[0] as FactFilter) }, source));
        expectBound(compileUserDays(own, source));
      }),
    );
  });

  test('binds every text of its filter and groups', () => {
    const filter: FactFilter = {
      type: 'or',
      of: [
        match({ values: ['VALUE-1', 'VALUE-2'] }),
        { type: 'not', of: match({ dimension: { kind: 'prop', prop: 'VALUE-3' } }) },
        { type: 'has_done', of: match({ op: 'contains', values: ['VALUE-4'] }) },
        match({ dimension: { kind: 'item', name: 'item:sku' }, values: ['VALUE-5'] }),
      ],
    };
    const groupBy: GroupKey[] = [
      by('event:props:VALUE-6'),
      { kind: 'goal', goals: [{ name: 'VALUE-7', filter: match({ values: ['VALUE-8'] }) }] },
    ];
    const { text, values } = statement(compileFacts(question({ filter, groupBy }), source));
    expect(text).not.toContain('VALUE');
    const bound = values.flat().join(' ');
    for (let number = 1; number <= 8; number++) expect(bound).toContain(`VALUE-${number}`);
  });

  test('looks for wildcards as they are', () => {
    const value = String.raw`50%_\ `;
    expect(facts({ filter: match({ op: 'contains', values: [value] }) }, source).values.flat()).toContain(
      value,
    );
  });

  test('aggregates no more than its parts need', () => {
    const countLevels = (parts: FactsQuery['parts']) =>
      levels(facts({ parts } as Partial<FactsQuery>, source).text);
    expect(countLevels(['events', 'pageviews'])).toBe(0);
    expect(countLevels(['visits', 'events'])).toBe(1);
    expect(countLevels(['visitors', 'events'])).toBe(1);
    expect(countLevels(['visitors', 'visits'])).toBe(2);
  });

  test('counts events in their hour and visits in the hour they start in', () => {
    const hour: GroupKey = { kind: 'hour' };
    expect(facts({ groupBy: [hour], parts: ['events'] }, source).text).not.toContain('visit_hour');
    expect(facts({ groupBy: [hour], parts: ['visits'] }, source).text).toContain('visit_hour AS "key_0"');
    expect(() => facts({ groupBy: [hour], parts: ['events', 'visits'] }, source)).toThrow(
      expect.objectContaining({ code: 'unanswerable' }),
    );
  });

  test('an empty conjunction holds always, an empty alternative and an empty list of days never', () => {
    expect(facts({ filter: { type: 'and', of: [] } }, source).text).toContain('AND TRUE');
    expect(facts({ filter: { type: 'or', of: [] } }, source).text).toContain('AND FALSE');
    expect(facts({ filter: match({ values: [] }) }, source).text).toContain('AND FALSE');
    expect(facts({ days: [] }, source).text).toContain('WHERE FALSE');
  });
});

test.each([
  ['a pattern', match({ op: 'matches' })],
  ['a pattern of pages', match({ op: 'glob' })],
  ['letters of any case', match({ caseSensitive: false })],
  ['some of a text in any case', match({ op: 'contains', caseSensitive: false })],
])('%s is never put to Postgres, which would understand it otherwise', (_what, filter) => {
  expect(() => facts({ filter }, makeSource(POSTGRES))).toThrow(
    expect.objectContaining({ code: 'unanswerable' }),
  );
});

describe('a question to roll-ups', () => {
  const rollUps = (more: Partial<PartQuery> = {}) =>
    statement(
      compileRollUps(
        { ...question(), source: 'rollUps', ...more } as Extract<PartQuery, { source: 'rollUps' }>,
        makeSource(DUCKDB),
      ),
    );
  const day: GroupKey = { kind: 'day' };
  const hour: GroupKey = { kind: 'hour' };

  test.each([
    ['the whole day', [], '(all)'],
    ['each day', [day], '(all)'],
    ['the hours', [hour], 'time:hour'],
    ['a dimension', [by('visit:source')], 'visit:source'],
    ['a dimension by day', [day, by('event:page')], 'event:page'],
    ['products', [by('item:sku')], 'item:sku'],
  ])('about %s reads the rows of its dimension only', (_what, groupBy, dimension) => {
    const { text, values } = rollUps({ groupBy });
    expect(text).toContain('dimension = $');
    expect(values).toContain(dimension);
  });

  test.each([
    ['two dimensions', [by('visit:source'), by('event:page')]],
    ['a dimension by hour', [hour, by('event:page')]],
    ['a property', [by('event:props:plan')]],
    ['a dimension that is not rolled up', [by('visit:bot')]],
    ['goals', [{ kind: 'goal', goals: [] } as GroupKey]],
  ])('about %s is refused', (_what, groupBy) => {
    expect(() => rollUps({ groupBy })).toThrow(expect.objectContaining({ code: 'unanswerable' }));
  });

  test('has a parameter for each of its values', () => {
    fc.assert(
      fc.property(rollUpQueries('s'), (query) => {
        expectBound(compileRollUps(query as Extract<PartQuery, { source: 'rollUps' }>, makeSource(DUCKDB)));
      }),
    );
  });
});
