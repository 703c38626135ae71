/** Elements whose text is not markup: what stands in them is nobody's tag. */
const RAW_TEXT = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'iframe', 'noembed', 'noframes']);
const NAME = /[a-z][a-z0-9-]*/iy;

type Tag = { name: string; text: string; end: number };

/** The end of a tag that begins at `start`: the first `>` outside of quotes. */
function endOfTag(html: string, start: number): number {
  let quote = '';
  for (let at = start; at < html.length; at += 1) {
    const letter = html[at] as string;
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '>') return at;
  }
  return html.length;
}

function readTag(html: string, start: number): Tag | null {
  NAME.lastIndex = start + 1;
  const name = NAME.exec(html)?.[0].toLowerCase();
  if (name === undefined) return null;
  const end = endOfTag(html, start + 1 + name.length);
  return { name, text: html.slice(start + 1 + name.length, end), end };
}

/** Behind the element or comment that begins at `start`, as far as its text is not markup. */
function skip(html: string, lower: string, { start, tag }: { start: number; tag: Tag | null }): number {
  const past = (text: string, from: number) => {
    const at = lower.indexOf(text, from);
    return at === -1 ? html.length : at + text.length;
  };
  if (lower.startsWith('<!--', start)) return past('-->', start + 4);
  if (tag === null) return start + 1;
  return RAW_TEXT.has(tag.name) ? past(`</${tag.name}`, tag.end) : tag.end;
}

/** Longer tags are not read to their end: ours has a hundred characters. */
const MAX_TAG = 4_000;
/** An attribute with its value, quotes and all: what stands in another one's value is not an attribute. */
const ATTRIBUTE = /([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

function readAttributes(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single, plain] of text.slice(0, MAX_TAG).matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, double ?? single ?? plain ?? '');
  }
  return attributes;
}

/** What a tag says of the site that its page belongs to. */
function siteKeyIn({ name, text }: Tag): string | undefined {
  if (name !== 'script' && name !== 'meta') return undefined;
  const attributes = readAttributes(text);
  if (name === 'script') return attributes.get('data-site');
  return attributes.get('name') === 'footfall-site' ? attributes.get('content') : undefined;
}

/**
 * Whether a page has the snippet of a site, with one of its keys: `<script … data-site="KEY">`, or `<meta name="footfall-site" content="KEY">`. Only tags count: a
 * visitor's text on the page, in a comment or in a script, proves nothing. Linear in the page.
 */
export function hasSnippet(html: string, siteKeys: readonly string[]): boolean {
  const lower = html.toLowerCase();
  for (let start = html.indexOf('<'); start !== -1; ) {
    const tag = readTag(html, start);
    if (tag !== null && siteKeys.includes(siteKeyIn(tag) ?? '')) return true;
    start = html.indexOf('<', skip(html, lower, { start, tag }));
  }
  return false;
}
