import type { ImportedTotal } from '@footfall/core/imported';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { inTenant } from '../tenant/scope.ts';
import { addImport, deleteImport, listImports, readImported, readImports } from './imported.ts';

let plane: ControlPlane;
let tenantId: string;
beforeAll(async () => {
  plane = await freshControlPlane();
  tenantId = (await plane.newTenant()).tenantId;
});
afterAll(() => plane.drop());

let sites = 0;
async function newSite(): Promise<string> {
  sites += 1;
  return (await inTenant(plane.db, tenantId).sites.create({ domain: `s${sites}.example`, actor: 'cli' })).id;
}

const total = (
  day: string,
  dimension: ImportedTotal['dimension'],
  value: string,
  visitors: number,
): ImportedTotal => ({
  day,
  dimension,
  value,
  counts: { visitors, durationMs: 1_000 * visitors },
});

async function* groups(...all: ImportedTotal[][]) {
  yield* all;
}

async function add(siteId: string, ...all: ImportedTotal[][]) {
  let known = 0;
  const dimensions = [...new Set(all.flat().map(({ dimension }) => dimension))];
  const measures = Object.fromEntries(dimensions.map((name) => [name, ['visitors', 'durationMs']]));
  const onKnown = (totals: number) => {
    known += totals;
  };
  const kept = await addImport(plane.pool, {
    siteId,
    source: 'plausible',
    totals: groups(...all),
    measures: () => measures,
    onKnown,
  });
  return { ...kept, known };
}

const FIRST = [
  total('2026-01-01', '(all)', '(all)', 5),
  total('2026-01-02', '(all)', '(all)', 7),
  total('2026-01-02', 'visit:source', 'Google', 2),
];

test('totals of one value add up, within a group and over groups, by day or over all', async () => {
  const siteId = await newSite();
  const more = total('2026-01-02', 'visit:source', 'Google', 3);
  const { id } = await add(siteId, [...FIRST, more], [more]);
  const ask = { siteId, dimension: 'visit:source', from: '2026-01-01', to: '2026-01-31' } as const;
  expect(await readImported(plane.pool, { ...ask, byDay: true })).toEqual([
    {
      key: ['2026-01-02', 'Google'],
      counts: expect.objectContaining({ visitors: 8, durationMs: 8_000, events: 0 }),
    },
  ]);
  const all = { ...ask, dimension: '(all)', byDay: false } as const;
  expect(await readImported(plane.pool, all)).toMatchObject([{ key: ['(all)'], counts: { visitors: 12 } }]);
  expect(await readImported(plane.pool, { ...all, to: '2026-01-01' })).toMatchObject([
    { counts: { visitors: 5 } },
  ]);
  expect(await readImported(plane.pool, { ...all, siteId: 'another' })).toEqual([]);
  const parts = ['visitors', 'durationMs'];
  const days = {
    id,
    from: '2026-01-01',
    to: '2026-01-02',
    measures: { '(all)': parts, 'visit:source': parts },
  };
  expect(await readImports(plane.pool, siteId)).toEqual([days]);
  expect(await listImports(plane.pool, siteId)).toMatchObject([{ ...days, source: 'plausible', totals: 3 }]);
});

test('days of a dimension that an earlier import has are left out: again changes nothing, more adds what is new', async () => {
  const siteId = await newSite();
  await add(siteId, FIRST);
  expect(await add(siteId, FIRST)).toEqual({ id: null, totals: 0, known: 3 });
  const next = [
    ...FIRST,
    total('2026-01-02', 'event:page', '/', 4),
    total('2026-01-03', '(all)', '(all)', 9),
  ];
  expect(await add(siteId, next)).toMatchObject({ totals: 2, known: 3 });
  const ask = { siteId, dimension: '(all)', byDay: false, from: '2026-01-01', to: '2026-01-31' } as const;
  expect(await readImported(plane.pool, ask)).toMatchObject([{ counts: { visitors: 21 } }]);
});

test('what breaks off leaves nothing', async () => {
  const siteId = await newSite();
  const breaks = (async function* () {
    yield FIRST;
    throw new Error('the file ends');
  })();
  const request = { siteId, source: 'ga4', totals: breaks, measures: () => ({}), onKnown: () => undefined };
  await expect(addImport(plane.pool, request)).rejects.toThrow('the file ends');
  expect(await listImports(plane.pool, siteId)).toEqual([]);
});

test('an import can be taken back, with all that it has', async () => {
  const siteId = await newSite();
  const { id } = await add(siteId, FIRST);
  expect(await deleteImport(plane.pool, 'import_of_nobody')).toBeNull();
  expect(await deleteImport(plane.pool, String(id))).toEqual({ siteId, tenantId });
  expect(await readImports(plane.pool, siteId)).toEqual([]);
  const { rows } = await plane.pool.query('SELECT 1 FROM imported_total WHERE import_id = $1', [id]);
  expect(rows).toEqual([]);
});
