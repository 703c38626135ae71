import { dimensionOf } from '@footfall/core/dimension';
import type { FactFilter, GroupKey, PartQuery } from '@footfall/core/part-query';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factQueries, rollUpQueries } from '../facts.fixture.ts';
import { compile } from './compile.ts';

const base = {
  siteId: 'site',
  generation: 3,
  days: [{ from: '2026-01-01', to: '2026-01-31' }],
  groupBy: [],
  parts: ['visitors'],
} as const;

const facts = (more: Partial<Extract<PartQuery, { source: 'facts' }>> = {}) =>
  compile({ ...base, source: 'facts', filter: null, between: null, ...more });
const rollUps = (more: Partial<PartQuery> = {}) =>
  compile({ ...base, source: 'rollUps', ...more } as PartQuery);

const by = (name: string): GroupKey => {
  const dimension = dimensionOf(name);
  if (dimension === undefined) throw new Error(`no dimension ${name}`);
  return { kind: 'dimension', dimension };
};
const hour: GroupKey = { kind: 'hour' };
const day: GroupKey = { kind: 'day' };

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

describe('a question to facts', () => {
  test('asks for one site, one generation and the given days, whatever else', () => {
    fc.assert(
      fc.property(factQueries('my site'), (query) => {
        const { text, values } = compile(query);
        expect(text).toContain('site_id = $');
        expect(values).toContain('my site');
        for (const { from, to } of query.days) expect(values).toEqual(expect.arrayContaining([from, to]));
      }),
    );
  });

  test('aggregates no more than its parts need', () => {
    expect(levels(facts({ parts: ['events', 'pageviews'] }).text)).toBe(0);
    expect(levels(facts({ parts: ['visits', 'events'] }).text)).toBe(1);
    expect(levels(facts({ parts: ['visitors', 'events'] }).text)).toBe(1);
    expect(levels(facts({ parts: ['visitors', 'visits'] }).text)).toBe(2);
  });

  test('counts events in their hour and visits in the hour they start in', () => {
    expect(facts({ groupBy: [hour], parts: ['events'] }).text).not.toContain('visit_hour');
    expect(facts({ groupBy: [hour], parts: ['visits'] }).text).toContain('visit_hour AS "key_0"');
    expect(() => facts({ groupBy: [hour], parts: ['events', 'visits'] })).toThrow(
      expect.objectContaining({ code: 'unanswerable' }),
    );
  });

  test('has each part once, however often it is asked for', () => {
    expect(facts({ parts: ['events', 'events'] }).text.match(/AS "events"/g)).toHaveLength(1);
  });

  test('without days asks for none', () => {
    expect(facts({ days: [] }).text).toContain('AND FALSE');
  });

  test('binds every text of its filter and groups', () => {
    const filter: FactFilter = {
      type: 'or',
      of: [
        match({ values: ['VALUE-1', 'VALUE-2'] }),
        { type: 'not', of: match({ dimension: { kind: 'prop', prop: 'VALUE-3' }, caseSensitive: false }) },
        match({ op: 'contains', values: ['VALUE-4'], caseSensitive: false }),
      ],
    };
    const { text, values } = facts({ filter, groupBy: [by('event:props:VALUE-5')] });
    expect(text).not.toContain('VALUE');
    expect(values.flat()).toEqual(
      expect.arrayContaining(['VALUE-1', 'VALUE-2', 'VALUE-3', '/a', '%VALUE-4%', 'VALUE-5']),
    );
  });

  test('takes wildcards in the text it looks for as they are', () => {
    const { values } = facts({ filter: match({ op: 'contains', values: [String.raw`50%_\ `] }) });
    expect(values).toContainEqual([String.raw`%50\%\_\\ %`]);
  });

  test('an empty conjunction holds always, an empty alternative never', () => {
    expect(facts({ filter: { type: 'and', of: [] } }).text).toContain('AND TRUE');
    expect(facts({ filter: { type: 'or', of: [] } }).text).toContain('AND FALSE');
  });

  test('numbers its parameters without a gap', () => {
    fc.assert(
      fc.property(fc.oneof(factQueries('s'), rollUpQueries('s')), (query) => {
        const { text, values } = compile(query);
        const numbers = [...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number));
        expect(numbers).toEqual(values.map((_value, index) => index + 1));
      }),
    );
  });
});

describe('a question to roll-ups', () => {
  test.each([
    ['the whole day', [], '(all)'],
    ['each day', [day], '(all)'],
    ['the hours', [hour], 'time:hour'],
    ['a dimension', [by('visit:source')], 'visit:source'],
    ['a dimension by day', [day, by('event:page')], 'event:page'],
  ])('about %s reads the rows of its dimension only', (_what, groupBy, dimension) => {
    const { text, values } = rollUps({ groupBy });
    expect(text).toContain('dimension = $');
    expect(values.at(-1)).toBe(dimension);
  });

  test.each([
    ['two dimensions', [by('visit:source'), by('event:page')]],
    ['a dimension by hour', [hour, by('event:page')]],
    ['a property', [by('event:props:plan')]],
    ['a dimension that is not rolled up', [by('visit:bot')]],
  ])('about %s is refused', (_what, groupBy) => {
    expect(() => rollUps({ groupBy })).toThrow(expect.objectContaining({ code: 'unanswerable' }));
  });
});
