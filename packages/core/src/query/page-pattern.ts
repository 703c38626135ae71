import { isPage, writtenPath } from '../page.ts';
import { hasFewWildcards, MAX_WILDCARDS } from '../page-pattern.ts';

const MAX_LENGTH = 1_000;

export const PAGE_RULE = `a page begins with / and has at most ${MAX_LENGTH} characters and ${MAX_WILDCARDS} wildcards (* or **), without ?, such as /checkout/*; # begins a route such as /#/cart`;

/** A path or a pattern of paths as facts write them; null when it is none (see {@link PAGE_RULE}). */
export function parsePagePattern(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_LENGTH || !isPage(value)) return null;
  if (!hasFewWildcards(value)) return null;
  return writtenPath(value);
}
