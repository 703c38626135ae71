/**
 * What stands at the ends of a text and is none of it: what {@link String.trim} takes off, but for U+FEFF. That is a byte-order mark at the
 * begin of a file, where whoever reads the file takes it off; anywhere else it is a letter like others, and belongs to the value.
 */
const MARK = '\ufeff';
const BLANK = /[^\S\ufeff]/;

/** A text without blanks at its ends. */
export function trimBlanks(text: string): string {
  if (!text.includes(MARK)) return text.trim();
  let [from, to] = [0, text.length];
  while (from < to && BLANK.test(text[from] as string)) from += 1;
  while (to > from && BLANK.test(text[to - 1] as string)) to -= 1;
  return text.slice(from, to);
}
