import type { BotKind } from '@footfall/core/lookups';
import { findFirstWord, indexWords, type WordIndex } from './word-index.ts';

/** A bot of the list: a text of its user agent, or (`/…/`) a regular expression, and its kind. */
export type ListedBot = readonly [text: string, kind: BotKind];

/** The list, made ready to be looked into. */
export type BotList = {
  words: WordIndex<ListedBot>;
  patterns: readonly { pattern: RegExp; kind: BotKind }[];
  /** Any of the patterns. */
  anyPattern: RegExp;
};

/** The regular expression of an entry; undefined for a plain text. */
const readSource = (text: string) => /^\/(.+)\/$/.exec(text)?.[1];

/** Two names of one pattern stand near each other: looking for the second to the end, from each first, would cost in squares. */
const boundGaps = (source: string) => source.replaceAll('[\\s\\S]*', '[\\s\\S]{0,100}');

/** Makes the list ready: nearly all of it are plain texts, which are found all at once. */
export function prepareList(bots: readonly ListedBot[]): BotList {
  const patterns = bots.flatMap(([text, kind]) => {
    const source = readSource(text);
    return source === undefined ? [] : [{ pattern: new RegExp(boundGaps(source)), kind }];
  });
  const sources = patterns.map(({ pattern }) => `(?:${pattern.source})`);
  return {
    words: indexWords(bots.filter(([text]) => readSource(text) === undefined)),
    patterns,
    anyPattern: new RegExp(sources.join('|') || '(?!)'),
  };
}

/** The kind of the first bot of the list that a user agent string names. */
export function findListed({ words, patterns, anyPattern }: BotList, userAgent: string): BotKind | undefined {
  const listed = findFirstWord(words, userAgent)?.[1];
  // A pattern may know of what kind it is.
  if (listed !== undefined && listed !== 'Other') return listed;
  if (!anyPattern.test(userAgent)) return listed;
  return patterns.find(({ pattern }) => pattern.test(userAgent))?.kind ?? listed;
}
