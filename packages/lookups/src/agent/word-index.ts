/** A row of a table that is found by a text in a user agent. */
export type WordRow = readonly [text: string, ...rest: unknown[]];

/** A table made ready to be looked into. */
export type WordIndex<Row extends WordRow> = {
  /** Which pairs of letters any text begins with: nearly all places of a user agent begin none, and are passed over by it. */
  pairs: Uint8Array;
  /** Rows by the first letters of their texts, with their places in the table. */
  byHead: ReadonlyMap<number, readonly (readonly [place: number, row: Row])[]>;
};

const HEAD = 3;
const ASCII = 128;
const pair = (first: number, second: number) => (first % ASCII) * ASCII + (second % ASCII);
const headAt = (text: string, at: number) =>
  (text.charCodeAt(at) << 16) ^ (text.charCodeAt(at + 1) << 8) ^ text.charCodeAt(at + 2);

const isLetter = (code: number) => (code | 32) >= 97 && (code | 32) <= 122;
const isDigit = (code: number) => code >= 48 && code <= 57;

/**
 * Makes a table ready to be looked into: hundreds of texts are looked for at once.
 * @throws RangeError when a text is too short to be found so.
 */
export function indexWords<Row extends WordRow>(rows: readonly Row[]): WordIndex<Row> {
  const pairs = new Uint8Array(ASCII * ASCII);
  const byHead = new Map<number, (readonly [number, Row])[]>();
  for (const [place, row] of rows.entries()) {
    const [text] = row;
    if (text.length < HEAD) throw new RangeError(`“${text}” has fewer than ${HEAD} characters`);
    pairs[pair(text.charCodeAt(0), text.charCodeAt(1))] = 1;
    byHead.set(headAt(text, 0), [...(byHead.get(headAt(text, 0)) ?? []), [place, row]]);
  }
  return { pairs, byHead };
}

/**
 * The first row of the table whose text stands in a user agent as a word, or as the beginning of one: no letter goes on there,
 * and no number. `ViewSonic` has no word `Sonic`, `TS1008/` no `008/`.
 */
export function findFirstWord<Row extends WordRow>(
  { pairs, byHead }: WordIndex<Row>,
  text: string,
): Row | undefined {
  let first = Number.POSITIVE_INFINITY;
  let found: Row | undefined;
  let before = 0;
  let here = text.charCodeAt(0);
  for (let at = 0; at + HEAD <= text.length; at += 1) {
    const next = text.charCodeAt(at + 1);
    const goesOn = (isLetter(here) && isLetter(before)) || (isDigit(here) && isDigit(before));
    if (!goesOn && pairs[pair(here, next)] === 1) {
      for (const [place, row] of byHead.get(headAt(text, at)) ?? []) {
        if (place >= first || !text.startsWith(row[0], at)) continue;
        first = place;
        found = row;
      }
    }
    before = here;
    here = next;
  }
  return found;
}
