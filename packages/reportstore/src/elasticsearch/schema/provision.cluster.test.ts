import { Client } from '@elastic/elasticsearch';
import { afterEach, expect, inject, test } from 'vitest';
import { newSite, visitorDay } from '../../contract.fixture.ts';
import { fact } from '../../facts.fixture.ts';
import { openReportStore, prepareReportStore, reportStoreProvision } from '../../open.ts';
import { dropAll, freshUrl } from '../fresh-store.fixture.ts';
import { SCHEME_VERSION } from './history.ts';
import { MAPPINGS } from './mappings.ts';
import { indexNames } from './names.ts';
import { KINDS, templateName } from './templates.ts';

const engine = inject('elasticsearchUrl');
const client = new Client({ node: engine });
const prefixes: string[] = [];

function fresh(): { url: string; prefix: string } {
  const made = freshUrl(engine);
  prefixes.push(made.prefix);
  return made;
}

afterEach(async () => {
  for (const prefix of prefixes.splice(0)) await dropAll(engine, prefix);
});

const open = (url: string) => openReportStore(url, { name: 'test', filesDir: '' });

test('says what is missing, makes it, and has nothing to say the second time', async () => {
  const { url, prefix } = fresh();
  const { by, check } = reportStoreProvision(url);
  expect(by).toBe('operator');
  const missing = await check(url);
  expect(missing).toHaveLength(KINDS.length + 2);
  expect(missing).toContain(`index ${prefix}months is missing`);
  expect(await prepareReportStore(url)).toHaveLength(KINDS.length + 2);
  expect(await check(url)).toEqual([]);
  expect(await prepareReportStore(url)).toEqual([]);
});

test('by several at once', async () => {
  const { url } = fresh();
  await Promise.all([prepareReportStore(url), prepareReportStore(url), prepareReportStore(url)]);
  expect(await reportStoreProvision(url).check(url)).toEqual([]);
});

async function ofVersion(prefix: string, footfall: number): Promise<void> {
  const names = indexNames(prefix);
  await client.indices.putMapping({ index: names.months, _meta: { footfall } });
  const name = templateName(names, 'facts');
  const [found] = (await client.indices.getIndexTemplate({ name })).index_templates;
  const { index_patterns, priority, template } = found?.index_template ?? { index_patterns: [] };
  await client.indices.putIndexTemplate({
    name,
    index_patterns,
    priority: priority ?? 0,
    template: template as object,
    _meta: { footfall },
  });
}

test('what is of an older version is named and upgraded', async () => {
  const { url, prefix } = fresh();
  await prepareReportStore(url);
  await ofVersion(prefix, 0);
  const said = [
    `template ${prefix}facts is of version 0, not ${SCHEME_VERSION}`,
    `index ${prefix}months is of version 0, not ${SCHEME_VERSION}`,
  ];
  expect((await reportStoreProvision(url).check(url)).sort()).toEqual(said.sort());
  expect(await prepareReportStore(url)).toHaveLength(2);
  expect(await reportStoreProvision(url).check(url)).toEqual([]);
});

test('a field that a new row of the domain needs is added to the template and to indices that are there', async () => {
  const { url, prefix } = fresh();
  await prepareReportStore(url);
  const store = open(url);
  await store.replaceVisitorDays([visitorDay(newSite())]);
  const index = `${prefix}open-2026.03.29`;
  // As a version made them that did not know the city yet: a mapping loses no field, so they are made anew without it.
  const withoutCity = structuredClone(MAPPINGS.open) as {
    properties: { visits: { properties: { events: { properties: object } } } };
  };
  Reflect.deleteProperty(withoutCity.properties.visits.properties.events.properties, 'city');
  const name = templateName(indexNames(prefix), 'open');
  const [found] = (await client.indices.getIndexTemplate({ name })).index_templates;
  const { index_patterns = [], priority = 0, template, _meta } = found?.index_template ?? {};
  const mappings = { ...withoutCity, _meta: { footfall: SCHEME_VERSION } } as object;
  await client.indices.putIndexTemplate({
    name,
    index_patterns,
    priority,
    template: { ...(template as object), mappings },
    ...(_meta === undefined ? {} : { _meta }),
  });
  await client.indices.delete({ index });
  await client.indices.create({ index });
  const field = 'field visits.events.city';
  const { check } = reportStoreProvision(url);
  expect((await check(url)).sort()).toEqual([
    `index ${index} lacks ${field}`,
    `template ${name} lacks ${field}`,
  ]);
  expect((await prepareReportStore(url)).sort()).toEqual([
    `index ${index} got ${field}`,
    `template ${name} got ${field}`,
  ]);
  expect(await check(url)).toEqual([]);
  await store.replaceVisitorDays([visitorDay(newSite(), { facts: [fact({ city: 'Kiel' })] })]);
  await store.close();
});

test('what is of a newer version is left alone', async () => {
  const { url, prefix } = fresh();
  await prepareReportStore(url);
  await ofVersion(prefix, SCHEME_VERSION + 1);
  expect(await reportStoreProvision(url).check(url)).toHaveLength(2);
  await expect(prepareReportStore(url)).rejects.toMatchObject({
    code: 'report_store_newer',
    retriable: false,
  });
  expect(await reportStoreProvision(url).check(url)).toHaveLength(2);
});

test('a store that was not prepared says so, and makes no index with a mapping of its own', async () => {
  const { url, prefix } = fresh();
  const store = open(url);
  const unprepared = { code: 'report_store_unprepared', retriable: true };
  await expect(store.replaceVisitorDays([visitorDay(newSite())])).rejects.toMatchObject(unprepared);
  await expect(store.staleDays('2026-01-01', 1)).rejects.toMatchObject(unprepared);
  expect(Object.keys(await client.indices.get({ index: `${prefix}*` }))).toEqual([]);
  await store.close();
});

test('an index is not made without its template', async () => {
  const { url, prefix } = fresh();
  await prepareReportStore(url);
  await client.indices.deleteIndexTemplate({ name: templateName(indexNames(prefix), 'open') });
  const store = open(url);
  await expect(store.replaceVisitorDays([visitorDay(newSite())])).rejects.toMatchObject({
    code: 'report_store_unprepared',
    message: expect.stringContaining(`${prefix}open`),
  });
  expect(Object.keys(await client.indices.get({ index: `${prefix}open-*` }))).toEqual([]);
  await prepareReportStore(url);
  await store.replaceVisitorDays([visitorDay(newSite())]);
  await store.close();
});

test('dated indices get what the templates say, and an alias over all of a kind', async () => {
  const { url, prefix } = fresh();
  await prepareReportStore(url);
  const store = open(url);
  await store.replaceVisitorDays([visitorDay(newSite())]);
  const index = `${prefix}open-2026.03.29`;
  const found = (await client.indices.get({ index }))[index];
  expect(found?.mappings).toMatchObject({ dynamic: 'strict', _meta: { footfall: SCHEME_VERSION } });
  expect(Object.keys(found?.aliases ?? {})).toEqual([`${prefix}open`]);
  await store.close();
});
