/** Elements whose text is not markup: what stands in them is nobody's tag. */
const RAW_TEXT = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'iframe', 'noembed', 'noframes']);
const NAME = /[a-z][a-z0-9-]*/iy;

/** An opening tag as a page has it. */
export type Tag = {
  /** In small letters. */
  name: string;
  /** Its attributes, as written. */
  text: string;
  /** The text of an element whose text is not markup; else empty. */
  content: string;
};

type FoundTag = { name: string; text: string; end: number };

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

function readTag(html: string, start: number): FoundTag | null {
  NAME.lastIndex = start + 1;
  const name = NAME.exec(html)?.[0].toLowerCase();
  if (name === undefined) return null;
  const end = endOfTag(html, start + 1 + name.length);
  return { name, text: html.slice(start + 1 + name.length, end), end };
}

/** Where a text begins and ends from `from` on; at the end of the page where it is not. */
function findText(html: string, pattern: RegExp, from: number): { start: number; end: number } {
  pattern.lastIndex = from;
  const found = pattern.exec(html);
  if (found === null) return { start: html.length, end: html.length };
  return { start: found.index, end: found.index + found[0].length };
}

const COMMENT_END = /-->/g;
const RAW_END = Object.fromEntries([...RAW_TEXT].map((name) => [name, new RegExp(`</${name}`, 'gi')]));

/** What a tag's element has as raw text, and where reading goes on. */
function readContent(html: string, tag: FoundTag): { content: string; end: number } {
  const closing = RAW_END[tag.name];
  if (closing === undefined) return { content: '', end: tag.end };
  const { start, end } = findText(html, closing, tag.end);
  return { content: html.slice(tag.end + 1, start), end };
}

/** The opening tags of a page, in their order. A visitor's text on the page, in a comment or in a script, makes none. Linear in the page. */
export function* readTags(html: string): Generator<Tag> {
  for (let start = html.indexOf('<'); start !== -1; ) {
    let end = start + 1;
    const tag = readTag(html, start);
    if (html.startsWith('<!--', start)) end = findText(html, COMMENT_END, start + 4).end;
    else if (tag !== null) {
      const read = readContent(html, tag);
      yield { name: tag.name, text: tag.text, content: read.content };
      end = read.end;
    }
    start = html.indexOf('<', end);
  }
}

/** Longer tags are not read to their end: ours has a hundred characters. */
const MAX_TAG = 4_000;
/** An attribute with its value, quotes and all: what stands in another one's value is not an attribute. */
const ATTRIBUTE = /([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** The attributes of a tag by name, in small letters; the first of a name counts. */
export function readAttributes({ text }: Pick<Tag, 'text'>): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single, plain] of text.slice(0, MAX_TAG).matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, double ?? single ?? plain ?? '');
  }
  return attributes;
}
