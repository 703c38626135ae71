/**
 * How heavy a regular expression in RE2's syntax is, read from its text alone: roughly the instructions of its program, which time and memory
 * of compiling and matching grow with. Repeats are unrolled (`(a{100}){10}` is a thousand instructions), so a short text can be a large
 * program. A text that is not a regular expression gets some number; its compiler says what is wrong.
 */

/** Instructions, or what costs as much. */
const WEIGHT = {
  character: 1,
  /** Any character is several bytes of UTF-8. */
  any: 3,
  /** A class of Unicode is a table of hundreds of ranges. */
  unicodeClass: 40,
  /** A range beyond ASCII: ignoring case, its letters are looked at one by one. */
  wideRange: 250,
  group: 2,
  alternative: 1,
  repeat: 1,
} as const;

type Reading = { pattern: string; at: number };

/** Reads with a sticky expression where the reading is, and moves on. */
function take(reading: Reading, expression: RegExp): RegExpExecArray | null {
  expression.lastIndex = reading.at;
  const found = expression.exec(reading.pattern);
  if (found !== null) reading.at += found[0].length;
  return found;
}

const UNICODE_CLASS = /\\[pP](?:\{[^}]*\}|[\s\S]?)/;
const TOKEN = {
  unicodeClass: new RegExp(UNICODE_CLASS, 'y'),
  quoted: /\\Q([\s\S]*?)(?:\\E|$)/y,
  negatedClass: /\\[DSW]/y,
  escaped: /\\(?:x\{[^}]*\}|x[\s\S]{0,2}|[0-7]{1,3}|[\s\S]|$)/y,
  // A bracket that comes first is a member, and so are those of [:alpha:].
  brackets: /\[\^?\]?(?:\[:[^\]]*:\]|\\[\s\S]|[^\]\\])*(?:\]|$)/y,
  open: /\((?:\?(?:P?<[^>]*>|[a-zA-Z-]*[:)]))?/y,
  repeat: /\{(\d+)(?:(,)(\d*))?\}\??/y,
  star: /[*+?]\??/y,
} as const;

/** Quotes in a class are not told apart: their text counts as its members. */
function bracketsWeight(text: string): number {
  const unicode = text.match(new RegExp(UNICODE_CLASS, 'g'))?.length ?? 0;
  const wide = text.match(/-(?:\\|[^\0-\x7f])/g)?.length ?? 0;
  const own = text.startsWith('[^') || /[^\0-\x7f]/.test(text) ? WEIGHT.any : WEIGHT.character;
  return own + unicode * WEIGHT.unicodeClass + wide * WEIGHT.wideRange;
}

/** What one thing weighs that is not a group, an alternative or a repeat. */
function takeAtom(reading: Reading): number {
  if (take(reading, TOKEN.unicodeClass) !== null) return WEIGHT.unicodeClass;
  const quoted = take(reading, TOKEN.quoted);
  if (quoted !== null) return (quoted[1] ?? '').length * WEIGHT.character;
  if (take(reading, TOKEN.negatedClass) !== null) return WEIGHT.any;
  if (take(reading, TOKEN.escaped) !== null) return WEIGHT.character;
  const brackets = take(reading, TOKEN.brackets);
  if (brackets !== null) return bracketsWeight(brackets[0]);
  const character = reading.pattern[reading.at];
  reading.at += 1;
  return character === '.' ? WEIGHT.any : WEIGHT.character;
}

/** What the last thing weighs when it is repeated: each copy is there, and each that may be left out has a branch. */
function repeated(weight: number, [, least = '', comma, most = '']: RegExpExecArray): number {
  const low = Number(least);
  const high = comma === undefined ? low : most === '' ? low + 1 : Number(most);
  return weight * Math.max(1, low, high) + Math.max(0, high - low) + WEIGHT.repeat;
}

/** Sums of an open group: all before the last thing, and the last thing, which a repeat is about. */
type Level = { sum: number; last: number };

export function patternWeight(pattern: string): number {
  const reading: Reading = { pattern, at: 0 };
  const levels: Level[] = [{ sum: 0, last: 0 }];
  const add = (weight: number) => {
    const level = levels.at(-1) as Level;
    level.sum += level.last;
    level.last = weight;
  };
  const close = () => {
    const { sum, last } = levels.pop() as Level;
    add(sum + last + WEIGHT.group);
  };
  while (reading.at < pattern.length) {
    const level = levels.at(-1) as Level;
    const open = take(reading, TOKEN.open);
    if (open !== null) {
      // (?i) changes what follows, and holds nothing.
      if (!open[0].endsWith(')')) levels.push({ sum: 0, last: 0 });
      continue;
    }
    const repeat = take(reading, TOKEN.repeat);
    if (repeat !== null) level.last = repeated(level.last, repeat);
    else if (take(reading, TOKEN.star) !== null) level.last += WEIGHT.repeat;
    else if (pattern[reading.at] === '|') {
      reading.at += 1;
      add(WEIGHT.alternative);
    } else if (pattern[reading.at] === ')' && levels.length > 1) {
      reading.at += 1;
      close();
    } else {
      const weight = takeAtom(reading);
      // An empty quote is nothing: a repeat after it is of what was before.
      if (weight > 0) add(weight);
    }
  }
  while (levels.length > 1) close();
  const [{ sum, last } = { sum: 0, last: 0 }] = levels;
  return sum + last;
}
