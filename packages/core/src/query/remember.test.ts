import { expect, test } from 'vitest';
import { NO_IMPORTS } from './imports.ts';
import type { Moment } from './moment.ts';
import { buildQuery } from './query.fixture.ts';
import { mayKeep, memoryKey } from './remember.ts';
import type { Scope } from './scope.ts';

const DAY = { day: '2026-01-07', version: 1, sealedVersion: 1, dirtySince: null };

function buildScope(day: Partial<Moment['days'][number]>, siteImports = NO_IMPORTS): Scope {
  const range = { kind: 'days', from: '2026-01-07', to: '2026-01-07' } as const;
  return { moments: [{ range, days: [{ ...DAY, ...day }] }], siteImports };
}

const query = buildQuery({});
const key = memoryKey(query, buildScope({}), 'footfall');

test('the same query of the same versions has the same key', () => {
  expect(memoryKey(buildQuery({}), buildScope({}), 'footfall')).toBe(key);
});

test('whatever changes the answer changes the key', () => {
  const imported = { id: 'i', from: '2026-01-01', to: '2026-01-02', measures: {} };
  const others = [
    memoryKey(query, buildScope({}), 'plausible'),
    memoryKey(query, buildScope({ version: 2 }), 'footfall'),
    memoryKey(query, buildScope({ sealedVersion: null }), 'footfall'),
    memoryKey(query, buildScope({ dirtySince: 5 }), 'footfall'),
    memoryKey(query, buildScope({}, { all: [imported], before: [] }), 'footfall'),
    memoryKey({ ...query, site: { ...query.site, generation: 2 } }, buildScope({}), 'footfall'),
    memoryKey(buildQuery({ metrics: ['visits'] }), buildScope({}), 'footfall'),
    memoryKey(buildQuery({ dimensions: ['visit:source'] }), buildScope({}), 'footfall'),
    memoryKey(buildQuery({ filters: [['is', 'visit:source', ['Google']]] }), buildScope({}), 'footfall'),
    memoryKey(buildQuery({ include: { total_rows: true } }), buildScope({}), 'footfall'),
    memoryKey(buildQuery({ pagination: { limit: 1 } }), buildScope({}), 'footfall'),
    memoryKey(buildQuery({ pagination: { offset: 1 } }), buildScope({}), 'footfall'),
  ];
  expect(new Set([key, ...others]).size).toBe(1 + others.length);
});

test('an answer with foreign money on either side is not kept', () => {
  const table = (hasForeign: boolean) => ({
    groups: [],
    buckets: [],
    covers: () => true,
    valuesOf: () => [],
    withoutRate: new Set<string>(),
    hasForeign,
    alone: null,
    page: null,
  });
  const selection = { page: [], more: false, total: 0 };
  expect(mayKeep({ own: table(false), compared: undefined, selection, cutDimension: null })).toBe(true);
  expect(mayKeep({ own: table(false), compared: table(false), selection, cutDimension: null })).toBe(true);
  expect(mayKeep({ own: table(true), compared: undefined, selection, cutDimension: null })).toBe(false);
  expect(mayKeep({ own: table(false), compared: table(true), selection, cutDimension: null })).toBe(false);
});
