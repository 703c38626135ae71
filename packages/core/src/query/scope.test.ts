import { expect, test } from 'vitest';
import { compareText } from './order.ts';
import { buildQuery } from './query.fixture.ts';
import { resolveScope } from './scope.ts';
import type { Sources } from './sources.ts';

const IMPORT = {
  id: 'i',
  from: '2026-01-01',
  to: '2026-01-03',
  measures: { '(all)': ['visitors'] },
} as const;

/** A site with these days of its own, and an import of the first three of January. */
function sourcesWith(...days: string[]): Pick<Sources, 'source' | 'imports'> {
  const known = days
    .sort(compareText)
    .map((day) => ({ day, version: 1, sealedVersion: 1, dirtySince: null }));
  return {
    source: {
      dayStates: async (_site, _generation, from, to) =>
        known.filter(({ day }) => (from === null || day >= from) && (to === null || day <= to)),
      run: () => Promise.reject(new Error('a scope is resolved without counting')),
    },
    imports: { of: async () => [IMPORT], read: async () => [] },
  };
}

test('a query has one moment, and a second one when it is compared', async () => {
  const sources = sourcesWith('2026-01-06', '2026-01-07');
  const alone = await resolveScope(buildQuery({}), sources);
  expect(alone.moments.map(({ days }) => days.map(({ day }) => day))).toEqual([['2026-01-07']]);
  const compared = buildQuery({ include: { comparisons: { mode: 'previous_period' } } });
  const { moments } = await resolveScope(compared, sources);
  expect(moments.map(({ days }) => days.map(({ day }) => day))).toEqual([['2026-01-07'], ['2026-01-06']]);
});

test('imports are looked up when they are asked for, and count before the site’s own days alone', async () => {
  const sources = sourcesWith('2026-01-02');
  expect((await resolveScope(buildQuery({}), sources)).siteImports.all).toEqual([]);
  const { siteImports } = await resolveScope(buildQuery({ include: { imports: true } }), sources);
  expect(siteImports.all).toEqual([IMPORT]);
  expect(siteImports.before.map(({ from, to }) => [from, to])).toEqual([['2026-01-01', '2026-01-01']]);
});

test('all of a site’s time begins with its first imported day, unless imports cannot answer', async () => {
  const sources = sourcesWith('2026-01-06');
  const query = { date_range: 'all', include: { imports: true } };
  const { moments } = await resolveScope(buildQuery(query), sources);
  expect(moments[0].range).toMatchObject({ from: '2026-01-01' });
  const byCountry = buildQuery({ ...query, dimensions: ['visit:country'] });
  expect((await resolveScope(byCountry, sources)).moments[0].range).toMatchObject({ from: '2026-01-06' });
});
