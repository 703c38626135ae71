import { columnRow, DIMENSIONS, type Dimension, NONE } from './dimension.ts';
import { hostText, shownHost } from './host.ts';
import { languageText } from './language.ts';
import { pageText } from './page.ts';

type Kind = 'page' | 'host' | 'language';

/** Derived fields whose texts may be written in several ways. */
const KINDS: Readonly<Partial<Record<string, Kind>>> = {
  page: 'page',
  hostname: 'host',
  language: 'language',
};
const CANONICAL: Readonly<Record<Kind, (text: string) => string>> = {
  page: pageText,
  host: hostText,
  language: languageText,
};

/** What texts of a dimension are, where they may be written in several ways; null of all others. */
function kindOfText(dimension: Dimension): Kind | null {
  if (dimension.kind !== 'column') return null;
  const { from } = columnRow(DIMENSIONS[dimension.name].column);
  if (!('derived' in from)) return null;
  return KINDS[from.derived] ?? null;
}

/** A value of a dimension as facts have it, however it is written; an empty one is none. */
export function canonicalText(dimension: Dimension, text: string): string {
  if (text === '') return NONE;
  const kind = kindOfText(dimension);
  return kind === null ? text : CANONICAL[kind](text);
}

/** A part of a value, as facts have it. A host's may begin or end within a name. */
export function canonicalPart(dimension: Dimension, part: string): string {
  const kind = kindOfText(dimension);
  return kind === 'page' ? pageText(part) : kind === 'host' ? shownHost(part.toLowerCase()) : part;
}

const ESCAPES = /(\\*)((?:%[0-9a-f]{2})+)/gi;
const IN_PATTERNS = /[\\^$.*+?()[\]{}| -]/g;

/**
 * A regular expression as it must be to find pages: escapes of it are the letters that pages have in their place. Those that a pattern
 * would read as signs of its own are written by their numbers.
 */
export function canonicalPattern(dimension: Dimension, pattern: string): string {
  if (kindOfText(dimension) !== 'page') return pattern;
  return pattern.replace(ESCAPES, (whole, slashes: string, escapes: string) => {
    // A sign that is quoted stays with what quotes it.
    if (slashes.length % 2 === 1) return whole;
    const letters = pageText(escapes).replace(
      IN_PATTERNS,
      (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
    return slashes + letters;
  });
}
