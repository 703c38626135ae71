/** Longest text of somebody else in a mail, characters. */
const MAX_TEXT = 60;

/** Invisible, and no mail program takes a text with it for a link. */
const WORD_JOINER = '\u2060';

/**
 * A text that somebody else has chosen, such as the name of their team, as mails show it: on one line, short, and without anything that
 * a mail program makes a link of. Whoever may invite may write to anybody, with our name below it.
 */
export function harmless(text: string): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim();
  const short =
    [...line].length > MAX_TEXT
      ? `${[...line]
          .slice(0, MAX_TEXT - 1)
          .join('')
          .trimEnd()}…`
      : line;
  return short.replace(/[.:/@](?=\S)/g, (sign) => sign + WORD_JOINER);
}
