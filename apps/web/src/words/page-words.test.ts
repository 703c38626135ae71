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

it.each(PAGES)('%s hands its components in the browser the words that they use, and no others', (page) => {
  const given = [...readFileSync(path.join(ROOT, page), 'utf8').matchAll(/of=\{\[([^\]]*)\]\}/g)].flatMap(
    ([, text = '']) => [...text.matchAll(/'([^']+)'/g)].map(([, namespace = '']) => namespace),
  );
  const used = [...browserWords(page)].filter((namespace) => !OF_ALL.includes(namespace));
  expect([...new Set(given)].sort()).toEqual(used.sort());
});

it('what stands in place of a page needs no other words than those of all pages', () => {
  const places = globSync('app/**/{error,not-found,forbidden,layout}.tsx', { cwd: ROOT });
  expect(places.length).toBeGreaterThanOrEqual(3);
  expect(
    places.flatMap((place) => [...browserWords(place)]).filter((namespace) => !OF_ALL.includes(namespace)),
  ).toEqual([]);
});
