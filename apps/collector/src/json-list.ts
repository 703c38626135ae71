import type { Turn } from '@footfall/timing/turn';

/**
 * Cuts a body of JSON into the texts of a list in it and the rest, so that what is parsed at once is small: JSON.parse keeps the event loop
 * until it is done, which takes seconds of some bodies of 5 MiB. One look at each character, in turns.
 */

const [QUOTE, BACKSLASH, COMMA, COLON] = [34, 92, 44, 58];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];
const isSpace = (code: number) => code === 32 || code === 10 || code === 13 || code === 9;

/** Characters between two looks at the time: a millisecond of them. */
const STRIDE = 65_536;

/** A text of JSON, and how many values it has, roughly: what parsing it costs. */
export type JsonText = { text: string; values: number };

/** What {@link cutList} makes of a body. */
export type CutBody = {
  /** The body with an empty list in the place of the one that was cut out. */
  rest: JsonText;
  /** The first of the list's items, as many as were asked for; null when there is no such list. */
  items: JsonText[] | null;
  /** How many items the list has. */
  count: number;
};

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** Where the look through a value is. */
type Scan = { at: number; depth: number; values: number; isInString: boolean };

/** Looks on for the end of a string. */
function scanString(text: string, scan: Scan): void {
  const quote = text.indexOf('"', scan.at);
  if (quote < 0) {
    scan.at = text.length;
    return;
  }
  let escapes = quote;
  while (text.charCodeAt(escapes - 1) === BACKSLASH) escapes -= 1;
  scan.isInString = (quote - escapes) % 2 === 1;
  scan.at = quote + 1;
}

/** Looks on through a value; answers whether it has ended, before a comma or bracket that is not its own. */
function scanValue(text: string, scan: Scan): boolean {
  const until = scan.at + STRIDE;
  while (scan.at < text.length) {
    if (scan.at >= until) return false;
    if (scan.isInString) {
      scanString(text, scan);
      continue;
    }
    const code = text.charCodeAt(scan.at);
    if (code === QUOTE) scan.isInString = true;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      scan.depth += 1;
      scan.values += 1;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) {
      if (scan.depth === 0) return true;
      scan.depth -= 1;
    } else if (code === COMMA) {
      if (scan.depth === 0) return true;
      scan.values += 1;
    } else if (code === COLON) scan.values += 1;
    scan.at += 1;
  }
  return true;
}

/** Where the value that begins here ends, and how many values it has. */
async function findEnd(text: string, from: number, turn: Turn): Promise<{ end: number; values: number }> {
  const scan: Scan = { at: from, depth: 0, values: 1, isInString: false };
  while (!scanValue(text, scan)) if (turn.isOver()) await turn.next();
  return { end: scan.at, values: scan.values };
}

/** How many values a text of JSON has, roughly: what parsing it costs. */
export async function countValues(text: string, turn: Turn): Promise<number> {
  return (await findEnd(text, 0, turn)).values;
}

type Items = { items: JsonText[]; count: number; end: number };

/** The items of the list that begins here, at most so many of them, and where it ends; null when it does not end as a list. */
async function cutItems(text: string, from: number, most: number, turn: Turn): Promise<Items | null> {
  const items: JsonText[] = [];
  const begin = skipSpace(text, from + 1);
  if (text.charCodeAt(begin) === CLOSE_LIST) return { items, count: 0, end: begin + 1 };
  const scan: Scan = { at: begin, depth: 0, values: 1, isInString: false };
  for (let count = 1; ; count += 1) {
    const start = scan.at;
    // Not by findEnd: a list of a million items would wait as often.
    while (!scanValue(text, scan)) if (turn.isOver()) await turn.next();
    if (count <= most) items.push({ text: text.slice(start, scan.at), values: scan.values });
    const code = text.charCodeAt(scan.at);
    if (code === CLOSE_LIST) return { items, count, end: scan.at + 1 };
    if (code !== COMMA) return null;
    Object.assign(scan, { at: scan.at + 1, values: 1 });
    if (count % 256 === 0 && turn.isOver()) await turn.next();
  }
}

function readName(text: string): string {
  const plain = text.slice(1, -1);
  if (!plain.includes('\\')) return plain;
  try {
    return JSON.parse(text) as string;
  } catch {
    // Parsing the rest says what is wrong with it.
    return plain;
  }
}

/** The name of the member that begins here, and where its value begins; a name that is not followed by a value is none. */
async function readMember(text: string, at: number, turn: Turn): Promise<{ name: string; value: number }> {
  const begin = skipSpace(text, at);
  const scan: Scan = { at: begin + 1, depth: 0, values: 0, isInString: text.charCodeAt(begin) === QUOTE };
  for (let looks = 1; scan.isInString && scan.at < text.length; looks += 1) {
    scanString(text, scan);
    if (looks % 1_024 === 0 && turn.isOver()) await turn.next();
  }
  const colon = skipSpace(text, scan.at);
  const name = text.charCodeAt(colon) === COLON ? readName(text.slice(begin, scan.at)) : '';
  return { name, value: skipSpace(text, colon + 1) };
}

/** Which list is cut out: its name, and how many of its items are wanted. */
export type ListOf = { where: string; most: number };

/**
 * Cuts a list out of the object that a body is. Nothing is checked: what is not JSON is so in one of the pieces, too. Of a list that stands
 * twice the first is cut out, and the other remains.
 */
export async function cutList(text: string, { where, most }: ListOf, turn: Turn): Promise<CutBody> {
  let at = skipSpace(text, 0);
  if (text.charCodeAt(at) !== OPEN_OBJECT)
    return { rest: { text, values: await countValues(text, turn) }, items: null, count: 0 };
  for (let values = 0; ; ) {
    const { name, value } = await readMember(text, at + 1, turn);
    const isIt = name === where && text.charCodeAt(value) === OPEN_LIST;
    const cut = isIt ? await cutItems(text, value, most, turn) : null;
    if (cut !== null) {
      const behind = text.slice(cut.end);
      values += await countValues(`[${behind}`, turn);
      const rest = { text: `${text.slice(0, value)}[]${behind}`, values };
      return { rest, items: cut.items, count: cut.count };
    }
    const found = await findEnd(text, value, turn);
    values += found.values;
    at = found.end;
    if (text.charCodeAt(at) !== COMMA) return { rest: { text, values }, items: null, count: 0 };
  }
}
