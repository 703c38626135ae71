import path from 'node:path/posix';
import { DOCS_PAGES } from './table.ts';

const SLUGS: ReadonlySet<string> = new Set(DOCS_PAGES.map(({ slug }) => slug));

/** Addresses that lead out of the documentation. Nothing else is one: neither `javascript:` nor what a browser would guess at. */
const OUTSIDE = /^(https?:\/\/|mailto:)/i;

/** The part of an address that names a heading, as GitHub makes it of the heading's text, so that the links in docs/ hold in both places. */
export function headingId(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
}

/**
 * Where a link in a page leads here; null: nowhere, since what it names is not one of the pages.
 * @param slug the page that it stands in
 */
export function resolveLink(slug: string, href: string): string | null {
  if (OUTSIDE.test(href)) return href;
  if (href.startsWith('#')) return href;
  const [file = '', anchor] = href.split('#');
  const target = path.join(path.dirname(slug), file).replace(/\.md$/, '');
  if (!file.endsWith('.md') || !SLUGS.has(target)) return null;
  return `/docs/${target}${anchor === undefined ? '' : `#${anchor}`}`;
}
