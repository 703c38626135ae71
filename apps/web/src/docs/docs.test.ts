import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { findSections } from './find.ts';
import { docsLibrary } from './library.ts';
import { headingId, resolveLink } from './links.ts';
import { searchIndex } from './search-index.ts';
import { DOCS_PAGES } from './table.ts';

const DOCS = fileURLToPath(new URL('../../../../docs', import.meta.url));
const library = await docsLibrary(DOCS);

describe('the pages', () => {
  it('are those of the table, each with a title of its own', () => {
    expect(library.map(({ slug }) => slug)).toEqual(DOCS_PAGES.map(({ slug }) => slug));
    expect(new Set(library.map(({ title }) => title)).size).toBe(library.length);
    expect(library.filter(({ title, slug }) => title === slug)).toEqual([]);
  });

  it('have no heading twice that a link leads to, and every link within them leads somewhere', () => {
    const ids = new Map(library.map(({ slug, headings }) => [slug, headings.map(({ id }) => id)]));
    const dead = library.flatMap(({ slug }) => {
      const text = readFileSync(`${DOCS}/${slug}.md`, 'utf8');
      const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, href = '']) => resolveLink(slug, href));
      return links
        .filter((to) => to?.includes('#') && !/^https?:/.test(to))
        .filter((to) => {
          const [page = '', id = ''] = (to ?? '').split('#');
          return !ids.get(page === '' ? slug : page.replace('/docs/', ''))?.includes(id);
        })
        .map((to) => `${slug}: ${to}`);
    });
    expect(dead).toEqual([]);
  });
});

describe('links between pages', () => {
  it.each([
    ['tracker', 'install/react.md', '/docs/install/react'],
    ['install/react', '../tracker.md#as-a-module', '/docs/tracker#as-a-module'],
    ['tracker', '#privacy', '#privacy'],
    ['tracker', 'https://example.org/a', 'https://example.org/a'],
    // Not for merchants.
    ['security', 'decisions/0002-agpl.md', null],
    ['install', '../README.md', null],
    ['install', '../../etc/passwd', null],
    ['install', 'javascript:alert(1)', null],
    ['install', 'data:text/html,x', null],
    ['install', '//evil.example/x.md', null],
  ])('in %s %s leads to %s', (slug, href, to) => {
    expect(resolveLink(slug, href)).toBe(to);
  });

  it.each([
    ['Events, links', 'events-links'],
    ['`optOut` and you', 'optout-and-you'],
    ['Größe – 2', 'größe--2'],
  ])('%s is called %s', (text, id) => {
    expect(headingId(text)).toBe(id);
  });
});

describe('the search', () => {
  const index = searchIndex(library);

  it('is at most 60 kB of the network', () => {
    expect(gzipSync(JSON.stringify(index)).length).toBeLessThanOrEqual(60_000);
  });

  it.each([
    ['shopify', 'install/shopify'],
    ['no cookie no localStorage', 'tracker#privacy'],
    ['bounce', 'metrics'],
  ])('finds for %s first, or among the first, %s', (question, address) => {
    expect(findSections(index, question).some(([found]) => found.startsWith(address))).toBe(true);
  });

  it('wants every word, and nothing for nothing', () => {
    expect(findSections(index, 'shopify nonsenseword')).toEqual([]);
    expect(findSections(index, '  ')).toEqual([]);
  });
});
