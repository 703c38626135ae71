import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { marked, type Token, type Tokens, type TokensList } from 'marked';
import { headingId } from './links.ts';
import { DOCS_PAGES, type DocsGroup } from './table.ts';

/** A heading below the title, which links can lead to. */
type DocsHeading = { id: string; text: string; depth: number };

/** A page of the documentation, read and taken apart. */
export type DocsPage = {
  slug: string;
  group: DocsGroup;
  title: string;
  headings: readonly DocsHeading[];
  /** What stands below the title. */
  body: readonly Token[];
};

export type DocsLibrary = readonly DocsPage[];

/** The text of tokens without what marks it. */
export function plainText(tokens: readonly Token[] | undefined): string {
  return (tokens ?? [])
    .map((token) => {
      if (token.type === 'html') return '';
      const { tokens: inner, text = '' } = token as { tokens?: Token[]; text?: string };
      return inner === undefined ? text : plainText(inner);
    })
    .join('');
}

const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading';

function takeApart(slug: string, group: DocsGroup, text: string): DocsPage {
  const tokens: TokensList = marked.lexer(text, { gfm: true });
  const at = tokens.findIndex((token) => isHeading(token) && token.depth === 1);
  const title = at === -1 ? slug : plainText((tokens[at] as Tokens.Heading).tokens);
  const body = tokens.filter((_, index) => index !== at);
  const headings = body.filter(isHeading).map((heading): DocsHeading => {
    const said = plainText(heading.tokens);
    return { id: headingId(said), text: said, depth: heading.depth };
  });
  return { slug, group, title, headings, body };
}

async function readLibrary(folder: string): Promise<DocsLibrary> {
  const pages = DOCS_PAGES.map(async ({ slug, group }) => {
    const file = path.join(folder, `${slug}.md`);
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      // A checkout without its documentation serves everything else.
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    return text === null ? [] : [takeApart(slug, group, text)];
  });
  return (await Promise.all(pages)).flat();
}

const read = new Map<string, Promise<DocsLibrary>>();

/** The pages of the table that a folder has, read once a process: an upgrade is another process. */
export function docsLibrary(folder: string): Promise<DocsLibrary> {
  const library = read.get(folder) ?? readLibrary(folder);
  read.set(folder, library);
  return library;
}
