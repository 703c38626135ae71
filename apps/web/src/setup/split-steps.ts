import { marked, type Token, type Tokens } from 'marked';

/** Headings from which on a page of docs/install goes beyond counting visits, in any language. */
const BEYOND =
  /orders|checkout|refund|events|not found|own domain|bestellungen|erstattungen|ereignisse|nicht gefunden|eigener domain/i;

/** A page of docs/install: what counts visits, and what comes after it. */
export type InstallSteps = { first: readonly Token[]; beyond: readonly Token[] };

const isHeading = (token: Token, depth: number): token is Tokens.Heading =>
  token.type === 'heading' && token.depth === depth;

/** Reads a page of docs/install; its title is left out, since the page that shows it has one. */
export function splitSteps(markdown: string): InstallSteps {
  const tokens = marked.lexer(markdown).filter((token) => token.type !== 'space' && !isHeading(token, 1));
  const at = tokens.findIndex((token) => isHeading(token, 2) && BEYOND.test(token.text));
  return at === -1 ? { first: tokens, beyond: [] } : { first: tokens.slice(0, at), beyond: tokens.slice(at) };
}
