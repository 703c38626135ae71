import { globSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHANNELS } from '@footfall/core/channel';
import { DIMENSIONS, ITEM_DIMENSIONS } from '@footfall/core/dimension';
import { METRICS } from '@footfall/core/metric';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { BREAKDOWNS, PANEL_NAMES } from '#reports/breakdown.ts';
import { PERIOD_NAMES } from '#reports/period-name.ts';
import { readSourceFile, readSourceWords } from './source-words.fixture.ts';
import { MESSAGES, wordsIn } from './words.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

const SOURCES = globSync('**/*.{ts,tsx}', { cwd: ROOT })
  .filter((name) => !/\.(test|fixture)\.tsx?$/.test(name))
  .map((name) => ({ name, ...readSourceFile(ROOT, name) }));

type Tree = { [key: string]: string | Tree };

/** Every text by its whole key. */
function flat(tree: Tree, before = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[before + key, value] as const] : [...flat(value, `${before}${key}.`)],
    ),
  );
}

const TEXTS = { en: flat(MESSAGES.en), de: flat(MESSAGES.de) };

/** What a text wants to be given: values, and tags of rich text. */
function wantedBy(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    if (element.type === TYPE.tag) return [`<${element.value}>`, ...wantedBy(element.children)];
    const isChoice = element.type === TYPE.select || element.type === TYPE.plural;
    const inner = isChoice ? Object.values(element.options).flatMap(({ value }) => wantedBy(value)) : [];
    return [element.value, ...inner];
  });
}

const wanted = (text: string | undefined) => [...new Set(wantedBy(parse(text ?? '')))].sort();

describe('the words of both languages', () => {
  it('have the same keys, none of them empty', () => {
    expect([...TEXTS.de.keys()].sort()).toEqual([...TEXTS.en.keys()].sort());
    const empty = Object.values(TEXTS).flatMap((texts) =>
      [...texts].filter(([, text]) => text.trim() === ''),
    );
    expect(empty).toEqual([]);
  });

  it('ask for the same values', () => {
    const differing = [...TEXTS.en].filter(
      ([key, text]) => String(wanted(text)) !== String(wanted(TEXTS.de.get(key))),
    );
    expect(differing).toEqual([]);
  });

  it('are written with the signs of print', () => {
    const typewritten = Object.values(TEXTS).flatMap((texts) =>
      [...texts].filter(([, text]) => /\.\.\.|'|"/.test(text)),
    );
    expect(typewritten).toEqual([]);
  });
});

describe('the sources', () => {
  it('use every word', () => {
    const patterns = [...new Set(SOURCES.flatMap(({ uses }) => uses))].map(
      (use) => new RegExp(`^${use.replaceAll('.', String.raw`\.`).replaceAll('*', '[^.]+')}$`),
    );
    const unused = [...TEXTS.en.keys()].filter((key) => !patterns.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });

  it('have no text of their own where people read', () => {
    expect(SOURCES.filter(isRead).flatMap(({ texts }) => texts)).toEqual([]);
  });

  it('take words from the room that fits where they run', () => {
    const besides = SOURCES.filter(({ imports, typeImports }) =>
      [...imports, ...typeImports].some((name) => /^\..*\/use-words\.|^use-intl$/.test(name)),
    );
    expect(besides.map(({ name }) => name).sort()).toEqual(['words/words.ts']);
  });
});

/** The API speaks English to programmers; what next-auth calls its fields is shown nowhere, samples of components only to us. */
const UNREAD = /^(api|app\/\(portal\)\/internal|runtime)\/|^auth\/next-auth\.ts$|^main\.ts$/;

const isRead = ({ name }: { name: string }) => !UNREAD.test(name.replaceAll(path.sep, '/'));

describe('what reads the sources', () => {
  it.each([
    ['<p>Some text</p>', 'Some text'],
    ['<p>{late ? "Too late" : words("x")}</p>', 'Too late'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a source that has a template.
    ['<p>{late && `${count} days late`}</p>', 'days late'],
    ['<Field label="Name" />', 'Name'],
    ['<Field hint={late ? undefined : "A hint"} />', 'A hint'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as above.
    ['<X aria-label={`Site ${site}`} />', 'Site'],
    ['const ROW = { label: "Today" };', 'Today'],
  ])('finds the text in %s', (source, text) => {
    expect(readSourceWords(source).texts).toEqual([`source.tsx:1 ${text}`]);
  });

  it.each([
    '<p className="some names">{words("x")} · {count}</p>',
    '<Key>Esc</Key>',
    '<Logo>Footfall</Logo>',
    '<X aria-label={words("x", { a: "some text" })} />',
    '<p>{kind === "some text" ? a : b}</p>',
  ])('finds none in %s', (source) => expect(readSourceWords(source).texts).toEqual([]));

  it('knows the keys that a source uses', () => {
    const source = `
      const words = useWords('a');
      const other = await readerWords('b');
      words('one'); words.rich('two', {}); words(late ? 'three' : 'four'); words(\`five.\${name}.x\`); words(name);
      other('six'); useWords('c')('seven');
      const f = (said: Words<'d'>) => said('eight');
      unknown('nine');`;
    expect(readSourceWords(source).uses).toEqual([
      'a.one',
      'a.two',
      'a.three',
      'a.four',
      'a.five.*.x',
      'a.*',
      'b.six',
      'c.seven',
      'd.eight',
    ]);
  });
});

describe('tables of the domain', () => {
  const labels = (table: Readonly<Record<string, { label: string }>>) =>
    Object.fromEntries(Object.entries(table).map(([key, { label }]) => [key, label]));

  it('have a word for every metric and dimension, in English their label', () => {
    expect(MESSAGES.en.metrics).toEqual(labels(METRICS));
    expect(MESSAGES.en.dimensions).toEqual(labels({ ...DIMENSIONS, ...ITEM_DIMENSIONS }));
  });

  it('have a word for every channel, panel, tab and period', () => {
    expect(Object.keys(MESSAGES.en.channels).sort()).toEqual([...CHANNELS].sort());
    expect(Object.keys(MESSAGES.en.panels).sort()).toEqual([...PANEL_NAMES].sort());
    const tabs = Object.values(BREAKDOWNS).map(({ tab }) => tab);
    expect(Object.keys(MESSAGES.en.tabs).sort()).toEqual(tabs.sort());
    expect(Object.keys(MESSAGES.en.periods.names).sort()).toEqual([...PERIOD_NAMES].sort());
  });
});

it('a word says its values', () => {
  expect(wordsIn('de', 'shell')('site', { domain: 'kiln.example' })).toBe('Shop kiln.example');
});
