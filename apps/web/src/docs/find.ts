import type { DocsSection } from './search-index.ts';

const MOST = 8;

/** How much a word in a place is worth: the heading says best what a section is about. */
const WEIGHTS = [
  [2, 8],
  [1, 5],
  [0, 3],
  [3, 1],
] as const;

function score(section: DocsSection, words: readonly string[]): number {
  let sum = 0;
  for (const word of words) {
    const best = WEIGHTS.find(([place]) => section[place].toLowerCase().includes(word));
    // Every word must be somewhere.
    if (best === undefined) return 0;
    sum += best[1];
  }
  return sum;
}

/** The sections that have all words of a question, best first. */
export function findSections(index: readonly DocsSection[], question: string): DocsSection[] {
  const words = question.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return index
    .map((section) => ({ section, worth: score(section, words) }))
    .filter(({ worth }) => worth > 0)
    .toSorted((a, b) => b.worth - a.worth)
    .slice(0, MOST)
    .map(({ section }) => section);
}
