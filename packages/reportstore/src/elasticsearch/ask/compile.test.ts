import type { FactFilter } from '@footfall/core/part-query';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factQueries } from '../../facts.fixture.ts';
import { resolveByTexts, resolveKeys, resolveOr, resolver } from '../../resolve.ts';
import { createTextTest } from '../../text-test.fixture.ts';
import { condition, EVENTS, ITEMS, isNativeToElasticsearch } from './condition.ts';
import { type FactsQuery, factQuestions, isOfWholePairs } from './fact-questions.ts';

/** A question as Elasticsearch gets it: what it cannot compare has become texts. */
async function resolved(query: FactsQuery): Promise<FactsQuery> {
  const resolve = resolver(
    resolveByTexts({
      isNative: isNativeToElasticsearch,
      texts: async () => ['/a', 'Ärger'],
      find: async (match, texts) => texts.filter(createTextTest(match)),
    }),
  );
  return {
    ...query,
    filter: await resolveOr(query.filter, resolve),
    groupBy: await resolveKeys(query.groupBy, resolve),
  };
}

/** All names of fields and operators of a query. */
function namesIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(namesIn);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
}

const is = (page: string): FactFilter => ({
  type: 'match',
  op: 'is',
  dimension: { kind: 'column', name: 'event:page' },
  values: [page],
  caseSensitive: true,
});

describe('a question', () => {
  test('has no text of it but as a value', async () => {
    await fc.assert(
      fc.asyncProperty(factQueries('s'), async (query) => {
        const { asked } = factQuestions(await resolved(query));
        for (const { question } of asked)
          for (const name of namesIn(question)) expect(name).toMatch(/^[a-zA-Z0-9_.-]+$/);
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  test('names no property by its own name: it may hold dots, or nothing', () => {
    const prop: FactFilter = {
      type: 'match',
      op: 'is',
      dimension: { kind: 'prop', prop: 'a.b"} ' },
      values: ['x'],
      caseSensitive: true,
    };
    const [field] = Object.keys((condition(prop, EVENTS) as { terms: object }).terms);
    expect(field).toMatch(/^visits\.events\.props\.[\w-]{22}$/);
  });

  test('asks of items what it asks of events', () => {
    const text = JSON.stringify(condition(is('/a'), ITEMS));
    expect(text).toBe(JSON.stringify(condition(is('/a'), EVENTS)).replaceAll(EVENTS, ITEMS));
  });

  test('for a missing value looks for what is not there', () => {
    expect(condition(is('(none)'), EVENTS)).toEqual({
      bool: { must_not: [{ exists: { field: 'visits.events.page' } }] },
    });
  });

  test('of more texts than one query may have is several', () => {
    const values = Array.from({ length: 130_000 }, (_, n) => String(n));
    const { bool } = condition({ ...is(''), values } as FactFilter, EVENTS) as {
      bool: { should: { terms: Record<string, string[]> }[] };
    };
    const sizes = bool.should.map(({ terms }) => terms['visits.events.page']?.length ?? 0);
    expect(Math.max(...sizes)).toBeLessThan(65_536);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(130_000);
  });

  test('that was not resolved is refused', () => {
    for (const more of [{ op: 'matches' }, { op: 'glob' }, { op: 'contains' }, { caseSensitive: false }])
      expect(() => condition({ ...is('x'), ...more } as FactFilter, EVENTS)).toThrow(
        expect.objectContaining({ code: 'unanswerable' }),
      );
  });
});

test('pairs are looked at one by one only where some of their events may be left out', () => {
  const query = {
    source: 'facts',
    relation: 'engagement',
    siteId: 's',
    generation: 1,
    days: [],
    groupBy: [],
    parts: ['engaged'],
    filter: is('/a'),
    between: null,
  } as const;
  expect(isOfWholePairs(query)).toBe(true);
  expect(isOfWholePairs({ ...query, between: { start: 0, end: 1 } })).toBe(false);
  expect(isOfWholePairs({ ...query, groupBy: [{ kind: 'hour' }] })).toBe(false);
  const hostname = { kind: 'column', name: 'event:hostname' } as const;
  expect(isOfWholePairs({ ...query, filter: { ...is('x'), dimension: hostname } as FactFilter })).toBe(false);
  expect(
    isOfWholePairs({
      ...query,
      filter: { type: 'has_done', of: { ...is('x'), dimension: hostname } as FactFilter },
    }),
  ).toBe(true);
});
