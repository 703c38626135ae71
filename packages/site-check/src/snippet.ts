import { readAttributes, readTags, type Tag } from './html-tags.ts';

/** What a tag says of the site that its page belongs to. */
function siteKeyIn(tag: Tag): string | undefined {
  if (tag.name !== 'script' && tag.name !== 'meta') return undefined;
  const attributes = readAttributes(tag);
  if (tag.name === 'script') return attributes.get('data-site');
  return attributes.get('name') === 'footfall-site' ? attributes.get('content') : undefined;
}

/**
 * Whether a page has the snippet of a site, with one of its keys: `<script … data-site="KEY">`, or `<meta name="footfall-site" content="KEY">`. Only tags count: a
 * visitor's text on the page, in a comment or in a script, proves nothing. Linear in the page.
 */
export function hasSnippet(html: string, siteKeys: readonly string[]): boolean {
  for (const tag of readTags(html)) if (siteKeys.includes(siteKeyIn(tag) ?? '')) return true;
  return false;
}
