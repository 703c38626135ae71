import { Client, type estypes } from '@elastic/elasticsearch';
import { NONE } from '@footfall/core/dimension';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import {
  ask,
  newSite,
  readStates,
  rolledUp,
  row,
  sealThose,
  totals,
  visitorDay,
} from '../../contract.fixture.ts';
import { fact } from '../../facts.fixture.ts';
import { openReportStore, prepareReportStore } from '../../open.ts';
import type { ReportStore } from '../../report-store.ts';
import { type FreshStore, freshStore } from '../fresh-store.fixture.ts';
import { HISTORY, type History } from './history.ts';
import { indexNames } from './names.ts';
import { templateName } from './templates.ts';

const engine = inject('elasticsearchUrl');
const client = new Client({ node: engine });

/** A version in which a dimension has come. */
const THEN = HISTORY.version + 1;
const LATER: History = {
  version: THEN,
  keptSince: { ...HISTORY.keptSince, 'visit:utm_content': THEN, utmContent: THEN },
  completeSince: THEN,
};

let fresh: FreshStore;
let store: ReportStore;
let later: ReportStore;
beforeAll(async () => {
  fresh = await freshStore(engine);
  [store, later] = [fresh.open(), fresh.open({ history: LATER })];
});
afterAll(async () => {
  await Promise.all([store.close(), later.close()]);
  await fresh.drop();
  await client.close();
});

const [DAY, NEXT] = ['2026-03-10', '2026-03-11'];
const DAYS = { days: [{ from: DAY, to: NEXT }] };
const BY_CONTENT = {
  groupBy: [{ kind: 'dimension', dimension: { kind: 'column', name: 'visit:utm_content' } }],
} as const;
const counts = (visitors: number) => ({ visitors, visits: visitors, events: visitors });

const makeFacts = (siteId: string, utmContent: string) =>
  [DAY, NEXT].map((day) => visitorDay(siteId, { day, facts: [fact({ utmContent, bot: 'false' })] }));

const seal = (by: ReportStore, siteId: string, { days = [DAY, NEXT], content = 'banner' } = {}) =>
  sealThose(by, { siteId, generation: 1, days }, makeFacts(siteId, content));

/** A site whose days an earlier version has sealed: without what has come since, be it in facts or in roll-ups. */
async function sealedBefore(): Promise<string> {
  const siteId = newSite();
  await store.replaceVisitorDays(makeFacts(siteId, NONE));
  await seal(store, siteId, { content: NONE });
  const index = indexNames(fresh.prefix).rollUps('2026-03');
  const filter = [{ term: { site: siteId } }, { term: { dimension: 'visit:utm_content' } }];
  const { hits } = await client.search({ index, size: 100, query: { bool: { filter } } });
  expect(hits.hits.length).toBeGreaterThan(0);
  for (const { _id = '' } of hits.hits)
    await client.delete({ index, id: _id, routing: siteId, refresh: true });
  return siteId;
}

const dirtyDays = async (by: ReportStore, siteId: string) =>
  (await readStates(by, siteId)).filter(({ dirtySince }) => dirtySince !== null).map(({ day }) => day);

test('roll-ups that lack a dimension are counted from facts, and answers say that something may lack until days are sealed anew', async () => {
  const siteId = await sealedBefore();
  for (const query of [
    rolledUp(siteId, { ...DAYS, ...BY_CONTENT }),
    totals(siteId, { ...DAYS, ...BY_CONTENT }),
  ])
    expect(await ask(later, query)).toEqual([row([NONE], counts(2))]);
  expect([await dirtyDays(store, siteId), await dirtyDays(later, siteId)]).toEqual([[], [DAY, NEXT]]);
  await seal(later, siteId, { days: [DAY] });
  const found = await ask(later, rolledUp(siteId, { ...DAYS, ...BY_CONTENT }));
  expect(found.sort((a, b) => String(a.key[0]).localeCompare(String(b.key[0])))).toEqual([
    row([NONE], counts(1)),
    row(['banner'], counts(1)),
  ]);
  expect(await dirtyDays(later, siteId)).toEqual([NEXT]);
});

test('a sweep lets what an earlier version sealed wait to be sealed anew, once', async () => {
  const siteId = await sealedBefore();
  const before = await readStates(store, siteId);
  await store.sweep();
  expect(await readStates(store, siteId)).toEqual(before);
  await later.sweep();
  const stale = (await later.staleDays('2026-12-31', 1_000)).filter((state) => state.siteId === siteId);
  expect(stale.map(({ day, version }) => [day, version])).toEqual(
    before.map(({ day, version }) => [day, version + 1]),
  );
  await later.sweep();
  expect((await readStates(later, siteId)).map(({ version }) => version)).toEqual(
    stale.map(({ version }) => version),
  );
  await seal(later, siteId);
  expect(await dirtyDays(later, siteId)).toEqual([]);
  expect(await ask(later, rolledUp(siteId, { ...DAYS, ...BY_CONTENT }))).toEqual([
    row(['banner'], counts(2)),
  ]);
  // What the later version made answers the earlier one, too.
  expect(await ask(store, rolledUp(siteId, { ...DAYS, ...BY_CONTENT }))).toEqual([
    row(['banner'], counts(2)),
  ]);
});

/** A mapping without some fields, wherever they stand. */
function without(mapping: unknown, fields: readonly string[]): unknown {
  if (typeof mapping !== 'object' || mapping === null || Array.isArray(mapping)) return mapping;
  return Object.fromEntries(
    Object.entries(mapping)
      .filter(([name]) => !fields.includes(name))
      .map(([name, value]) => [name, without(value, fields)]),
  );
}

test('indices of an earlier version get the fields that they lack; what is in them has none of these, or 0', async () => {
  const old = await freshStore(engine);
  const names = indexNames(old.prefix);
  for (const kind of ['open', 'facts', 'rollups'] as const) {
    const name = templateName(names, kind);
    const [found] = (await client.indices.getIndexTemplate({ name })).index_templates;
    const { index_patterns, template } = (found as typeof found & object).index_template;
    const mappings = without(template?.mappings, ['utmContent', 'engaged']) as estypes.MappingTypeMapping;
    await client.indices.putIndexTemplate({
      name,
      index_patterns,
      priority: 500,
      template: { ...template, mappings: { ...mappings, _meta: { footfall: 0 } } } as object,
      _meta: { footfall: 0 },
    });
  }
  const opened = openReportStore(old.url, { name: 'test', filesDir: '' });
  const siteId = newSite();
  await opened.replaceVisitorDays(makeFacts(siteId, NONE));
  await sealThose(opened, { siteId, generation: 1, days: [DAY] }, makeFacts(siteId, NONE));
  expect(
    (await prepareReportStore(old.url)).filter((line) => line.startsWith('index')).length,
  ).toBeGreaterThan(2);
  for (const query of [
    totals(siteId, { ...DAYS, ...BY_CONTENT }),
    rolledUp(siteId, { days: [{ from: DAY, to: DAY }], ...BY_CONTENT }),
  ])
    expect((await ask(opened, query)).map(({ key }) => key)).toContainEqual([NONE]);
  const engaged = { relation: 'engagement', parts: ['engaged'] } as const;
  expect(await ask(opened, rolledUp(siteId, { ...DAYS, ...engaged }))).toEqual([row([], { engaged: 0 })]);
  await opened.replaceVisitorDays([
    visitorDay(siteId, { day: NEXT, visitor: 'v2', facts: [fact({ utmContent: 'banner', bot: 'false' })] }),
  ]);
  expect(
    (await ask(opened, totals(siteId, { ...DAYS, ...BY_CONTENT }))).map(({ key }) => key),
  ).toContainEqual(['banner']);
  await opened.close();
  await old.drop();
});

test('documents with a field that only a later version knows answer as they did', async () => {
  const siteId = newSite();
  const field = { later: { type: 'keyword' } } as const;
  await store.replaceVisitorDays(makeFacts(siteId, 'banner'));
  for (const kind of ['open', 'facts', 'rollups', 'months'])
    await client.indices.putMapping({
      index: `${fresh.prefix}${kind}*`,
      properties: field,
      allow_no_indices: true,
    });
  await seal(store, siteId, { days: [DAY] });
  await store.replaceVisitorDays(makeFacts(siteId, 'banner'));
  expect(await ask(store, totals(siteId, { ...DAYS, ...BY_CONTENT }))).toEqual(
    expect.arrayContaining([row(['banner'], counts(1))]),
  );
});
