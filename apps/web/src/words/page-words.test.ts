import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readSourceFile, type SourceWords } from './source-words.fixture.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

const read = new Map<string, SourceWords>();

function source(name: string): SourceWords {
  const found = read.get(name) ?? readSourceFile(ROOT, name);
  read.set(name, found);
  return found;
}

/** The sources of the portal that one loads. */
function listImports(name: string): string[] {
  return source(name).imports.flatMap((specifier) => {
    if (!/\.tsx?$/.test(specifier)) return [];
    if (specifier.startsWith('#')) return [specifier.slice(1)];
    return specifier.startsWith('.') ? [path.join(path.dirname(name), specifier)] : [];
  });
}

/** Namespaces that what runs in the browser uses, of a file and all that it imports. */
function browserWords(name: string, inBrowser = false, seen = new Set<string>()): Set<string> {
  const { side, uses } = source(name);
  const runsThere = inBrowser || side === 'use client';
  const visit = `${name} ${runsThere}`;
  if (seen.has(visit) || side === 'use server') return new Set();
  seen.add(visit);
  const own = runsThere ? uses.map((use) => use.split('.')[0] ?? '') : [];
  return new Set([...own, ...listImports(name).flatMap((next) => [...browserWords(next, runsThere, seen)])]);
}

/** Namespaces that a list in a file's source names. */
function named(name: string, list: RegExp): string[] {
  const [, text = ''] = list.exec(readFileSync(path.join(ROOT, name), 'utf8')) ?? [];
  return [...text.matchAll(/'([^']+)'/g)].map(([, namespace = '']) => namespace);
}

const OF_ALL = named('app/layout.tsx', /CLIENT_WORDS = \[([^\]]*)\]/);
const PAGES = globSync('app/**/page.tsx', { cwd: ROOT });

it('every page is looked at', () => {
  expect(PAGES.length).toBeGreaterThanOrEqual(7);
  expect(OF_ALL).toContain('shell');
});

/** The namespaces that a file hands to its components in the browser. */
function handed(name: string): string[] {
  const lists = readFileSync(path.join(ROOT, name), 'utf8').matchAll(/of=\{\[([^\]]*)\]\}/g);
  const given = [...lists].flatMap(([, text = '']) => [...text.matchAll(/'([^']+)'/g)]);
  return [...new Set(given.map(([, namespace = '']) => namespace))].sort();
}

const wanted = (name: string) =>
  [...browserWords(name)].filter((namespace) => !OF_ALL.includes(namespace)).sort();

it.each(PAGES)('%s hands its components in the browser the words that they use, and no others', (page) => {
  expect(handed(page)).toEqual(wanted(page));
});

it('what stands in place of a page, or around it, hands on what it needs beside the words of all pages', () => {
  const places = globSync('app/**/{error,not-found,forbidden,layout}.tsx', { cwd: ROOT });
  expect(places.length).toBeGreaterThanOrEqual(3);
  expect(places.map((place) => [place, handed(place)])).toEqual(
    places.map((place) => [place, wanted(place)]),
  );
});
