/** A row of a table that is found by a text in a user agent. */
export type WordRow = readonly [text: string, ...rest: unknown[]];

/** Rows by the first letters of their texts, with their places in the table. */
export type WordIndex<Row extends WordRow> = ReadonlyMap<number, readonly (readonly [place: number, row: Row])[]>;

const HEAD = 3;
const headAt = (text: string, at: number) =>
  (text.charCodeAt(at) << 16) ^ (text.charCodeAt(at + 1) << 8) ^ text.charCodeAt(at + 2);

const isLetter = (code: number) => (code | 32) >= 97 && (code | 32) <= 122;
const isDigit = (code: number) => code >= 48 && code <= 57;

/** Whether a word begins at a place: no letter goes on there, and no number. `ViewSonic` has no word `Sonic`, `TS1008/` no `008/`. */
export function beginsWord(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text.charCodeAt(at - 1);
  const here = text.charCodeAt(at);
  return !(isLetter(here) && isLetter(before)) && !(isDigit(here) && isDigit(before));
}

/**
 * Makes a table ready to be looked into: hundreds of texts are looked for at once.
 * @throws RangeError when a text is too short to be found so.
 */
export function indexWords<Row extends WordRow>(rows: readonly Row[]): WordIndex<Row> {
  const byHead = new Map<number, (readonly [number, Row])[]>();
  for (const [place, row] of rows.entries()) {
    if (row[0].length < HEAD) throw new RangeError(`“${row[0]}” has fewer than ${HEAD} characters`);
    const head = headAt(row[0], 0);
    byHead.set(head, [...(byHead.get(head) ?? []), [place, row]]);
  }
  return byHead;
}

/** The first row of the table whose text stands in a user agent as a word, or as the beginning of one. */
export function findFirstWord<Row extends WordRow>(index: WordIndex<Row>, text: string): Row | undefined {
  let first = Number.POSITIVE_INFINITY;
  let found: Row | undefined;
  for (let at = 0; at + HEAD <= text.length; at += 1) {
    if (!beginsWord(text, at)) continue;
    const rows = index.get(headAt(text, at));
    if (rows === undefined) continue;
    for (const [place, row] of rows) {
      if (place < first && text.startsWith(row[0], at)) {
        first = place;
        found = row;
      }
    }
  }
  return found;
}
