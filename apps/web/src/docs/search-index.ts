import type { Token } from 'marked';
import { type DocsLibrary, type DocsPage, plainText } from './library.ts';
import { headingId } from './links.ts';

/** A section that can be found: `[address below /docs, title of the page, heading, beginning of its text]`. */
export type DocsSection = readonly [address: string, page: string, heading: string, text: string];

/** Of each section, characters: the index is loaded as a whole, on first use. */
const MAX_TEXT = 420;

/** All words of a token, those of tables, lists and code too. */
function words(token: Token): string {
  if (token.type === 'html') return '';
  const of = token as {
    items?: Token[];
    header?: { tokens: Token[] }[];
    rows?: { tokens: Token[] }[][];
    tokens?: Token[];
    text?: string;
  };
  if (of.items !== undefined) return of.items.map(words).join(' ');
  if (of.rows !== undefined)
    return [...(of.header ?? []), ...of.rows.flat()].map((cell) => plainText(cell.tokens)).join(' ');
  return of.tokens === undefined ? (of.text ?? '') : of.tokens.map(words).join(' ');
}

function sections({ slug, title, body }: DocsPage): DocsSection[] {
  const found: { id: string; heading: string; text: string }[] = [{ id: '', heading: '', text: '' }];
  for (const token of body) {
    if (token.type === 'heading') {
      const heading = plainText(token.tokens);
      found.push({ id: headingId(heading), heading, text: '' });
    } else {
      const last = found.at(-1);
      if (last !== undefined && last.text.length < MAX_TEXT) last.text += ` ${words(token)}`;
    }
  }
  return found.map(({ id, heading, text }): DocsSection => {
    const short = text.replaceAll(/\s+/g, ' ').trim().slice(0, MAX_TEXT);
    return [id === '' ? slug : `${slug}#${id}`, title, heading, short];
  });
}

/** Everything that can be found in the documentation. */
export const searchIndex = (library: DocsLibrary): DocsSection[] => library.flatMap(sections);
