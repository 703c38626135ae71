import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  DOCUMENTS,
  extractScripts,
  findCalls,
  findImports,
  parse,
  read,
  readBlocks,
} from './docs.fixture.ts';
import { PARTS } from './part-names.ts';

/** The attributes of the script, by what reads them: the core, or a part. */
const ATTRIBUTES: Record<string, readonly string[]> = {
  '(core)': ['data-site', 'data-endpoint', 'data-manual', 'data-hash'],
  downloads: ['data-downloads'],
  404: ['data-not-found'],
  identify: ['data-user'],
  consent: ['data-consent'],
  privacy: ['data-respect'],
  exclude: ['data-exclude'],
  sample: ['data-sample'],
  'before-send': ['data-before-send'],
  debug: ['data-debug'],
};

const KNOWN_ATTRIBUTES = Object.values(ATTRIBUTES).flat();
/** Of elements, for the part `clicks`. */
const OWN_PROPERTIES = /^data-track-/;

const TRACK_OPTIONS = ['props', 'revenue', 'order', 'items', 'interactive', 'url', 'callback'];
const INIT_OPTIONS = ['site', 'endpoint', 'manual', 'hash', 'extensions'];
const SHOP_OPTIONS: Record<string, readonly string[]> = {
  viewItem: ['sku', 'name', 'category', 'price', 'quantity'],
  addToCart: ['sku', 'name', 'category', 'price', 'quantity'],
  beginCheckout: [],
  purchase: ['order', 'total', 'currency', 'items', 'coupon'],
  refund: ['order', 'amount', 'currency', 'items'],
};
const SERVICE = ['track', 'q', 'consent', 'identify', 'optOut', ...Object.keys(SHOP_OPTIONS)];

const blocks = DOCUMENTS.flatMap(readBlocks);
const camel = (attribute: string) =>
  attribute.replace('data-', '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const source = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

test('every shop system of the index has its page, and every page stands in the index', () => {
  const index = read('docs/install.md');
  const linked = [...index.matchAll(/\(install\/([\w-]+\.md)\)/g)].map(([, name]) => `docs/install/${name}`);
  expect(linked.sort()).toEqual(DOCUMENTS.filter((path) => path.startsWith('docs/install/')).sort());
});

describe('attributes', () => {
  test.each(Object.entries(ATTRIBUTES))('of %s are what the code reads', (name, attributes) => {
    const code = source(name === '(core)' ? './attributes.ts' : `./parts/${name}.ts`);
    for (const attribute of attributes) expect(code).toMatch(new RegExp(`\\b${camel(attribute)}\\b`));
  });

  test('a part reads none that is not named here', () => {
    for (const part of PARTS) {
      const [, read = ''] = /part\(\(\{([^}]*)\}/.exec(source(`./parts/${part}.ts`)) ?? [];
      const names = read.split(',').flatMap((text) => /\w+/.exec(text) ?? []);
      expect(ATTRIBUTES[part]?.map(camel) ?? [], part).toEqual(expect.arrayContaining(names));
    }
  });

  test('the table of parts has each part with its attributes', () => {
    const rows = [
      ...read('docs/tracker.md').matchAll(/^\| (?:`([\w-]+)`|\((core)\)) \| \d+ \|.*\| (.*)\|$/gm),
    ];
    const told = rows.map(([, part, core, text = '']) => [
      part ?? `(${core})`,
      [...text.matchAll(/`(data-[\w-]+)/g)].map(([, attribute]) => attribute),
    ]);
    const expected = ['(core)', ...PARTS].map((part) => [part, ATTRIBUTES[part] ?? []]);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(expected));
    expect(told).toHaveLength(expected.length);
  });
});

describe.each(DOCUMENTS)('%s', (file) => {
  const mine = blocks.filter((block) => block.file === file);
  const programs = mine.flatMap(extractScripts).map(parse);

  test('its programs can be parsed', () => {
    expect(programs.flatMap(({ errors }) => errors)).toEqual([]);
  });

  test('its scripts name real parts and attributes, and its elements real ones too', () => {
    for (const { code } of mine) {
      for (const [tag, parts = ''] of code.matchAll(/<script[^>]*\/a((?:\.[\w-]+)*?)\.js"[^>]*>/g)) {
        for (const part of parts.split('.').filter(Boolean)) expect(PARTS).toContain(part);
        for (const [attribute] of tag.matchAll(/\bdata-[\w-]+/g))
          expect(KNOWN_ATTRIBUTES).toContain(attribute);
      }
      for (const [, parts = ''] of code.matchAll(/\/a((?:\.[\w-]+)+)\.js'/g))
        for (const part of parts.split('.').filter(Boolean)) expect(PARTS).toContain(part);
      for (const [, name = ''] of code.matchAll(/\.dataset\.(\w+)/g))
        expect(KNOWN_ATTRIBUTES.map(camel)).toContain(name);
      for (const [tag] of code.matchAll(/<(?!script)\w+ [^>]*data-[^>]*>/g))
        for (const [attribute] of tag.matchAll(/\bdata-[\w-]+/g)) expect(attribute).toMatch(OWN_PROPERTIES);
    }
  });

  test('its calls name real functions and options', () => {
    for (const { called, of, keys } of programs.flatMap(({ source }) => findCalls(source))) {
      const global = /^(window\.)?AnalyticsService\??$/.test(of) || ['service', 'shop'].includes(of);
      if (global) expect(SERVICE).toContain(called);
      if (called === 'track') expect(TRACK_OPTIONS).toEqual(expect.arrayContaining(keys[1] ?? []));
      if (called === 'init') expect(INIT_OPTIONS).toEqual(expect.arrayContaining(keys[0] ?? []));
      const options = SHOP_OPTIONS[called];
      if (options) expect(options).toEqual(expect.arrayContaining(keys[0] ?? []));
    }
  });

  test('its imports are exported', async () => {
    for (const [module, names] of programs.flatMap(({ source }) => findImports(source))) {
      const subpath = module.replace(/^@footfall\/tracker\/?/, '');
      if (subpath === module) continue;
      const name = ['', 'react', 'next'].includes(subpath) ? subpath || 'index' : `extensions/${subpath}`;
      const exported = Object.keys((await import(/* @vite-ignore */ `./${name}.ts`)) as object);
      expect(exported, module).toEqual(expect.arrayContaining(names));
    }
  });
});

test('the documents have what there is to check', () => {
  const calls = blocks.flatMap(extractScripts).flatMap((code) => findCalls(parse(code).source));
  expect(calls.filter(({ called }) => called === 'track').length).toBeGreaterThan(10);
  expect(blocks.filter(({ code }) => code.includes('<script defer')).length).toBeGreaterThan(10);
});
