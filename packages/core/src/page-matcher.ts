/** Tests paths against page patterns (see page-pattern.ts) without regular expressions, in time that is bounded. */

const SLASH = 47;

/** What a state waits for: a byte of UTF-8, or any but a slash. */
type Wanted = number | 'segment';

/** A pattern as what it wants, in order; before each (and after the last) any number of other bytes may stand. */
type Steps = {
  wanted: Wanted[];
  /** What may be skipped before what is wanted at this index: nothing, all within a segment, or all. */
  skipped: ('none' | 'segment' | 'any')[];
};

const utf8 = new TextEncoder();

function readSteps(pattern: string): Steps {
  const steps: Steps = { wanted: [], skipped: ['none'] };
  const want = (wanted: Wanted) => {
    steps.wanted.push(wanted);
    steps.skipped.push('none');
  };
  for (const [index, segment] of pattern.split('/').entries()) {
    if (index > 0) want(SLASH);
    // A star alone is a segment that is not empty.
    if (segment === '*') want('segment');
    for (const piece of segment.match(/\*\*|\*|[^*]+/g) ?? []) {
      const last = steps.wanted.length;
      if (piece === '**') steps.skipped[last] = 'any';
      else if (piece !== '*') for (const byte of utf8.encode(piece)) want(byte);
      else if (steps.skipped[last] === 'none') steps.skipped[last] = 'segment';
    }
  }
  return steps;
}

/** Patterns that one look decides: a text, a text and all below it, a text and the rest of a segment. */
const SIMPLE = /^([^*]*)(\*\*|\*)?$/;

function compileSimple(text: string, wildcard: '*' | '**'): PathTest {
  if (wildcard === '**') return (path) => path.startsWith(text);
  // A star alone is a segment that is not empty.
  const least = text.length + (text === '' || text.endsWith('/') ? 1 : 0);
  return (path) => path.length >= least && path.startsWith(text) && !path.includes('/', text.length);
}

/** Whether a path, as a whole, matches. */
export type PathTest = (path: string) => boolean;

/** States of all patterns side by side, a bit each: a pattern's first bit is where it begins, its last one says that it matched. */
type Automaton = {
  words: number;
  begin: Int32Array;
  end: Int32Array;
  /** States that stay when a slash comes; and those that stay when anything else does. */
  stayAtSlash: Int32Array;
  stayInSegment: Int32Array;
  /** The states that each byte takes to the next one. */
  moves: readonly Int32Array[];
};

function build(patterns: readonly Steps[]): Automaton {
  const bits = patterns.reduce((sum, { skipped }) => sum + skipped.length, 0);
  const words = Math.ceil(bits / 32);
  const row = () => new Int32Array(words);
  const [begin, end, stayAtSlash, stayInSegment, other] = [row(), row(), row(), row(), row()];
  const named = new Map<number, Int32Array>([[SLASH, row()]]);
  const segments: number[] = [];
  const set = (bitSet: Int32Array, bit: number) => {
    bitSet[bit >>> 5] = (bitSet[bit >>> 5] as number) | (1 << (bit & 31));
  };
  let bit = 0;
  for (const { wanted, skipped } of patterns) {
    set(begin, bit);
    for (const [index, skip] of skipped.entries()) {
      if (skip === 'any') set(stayAtSlash, bit);
      if (skip !== 'none') set(stayInSegment, bit);
      const want = wanted[index];
      if (want === undefined) set(end, bit);
      else if (want === 'segment') segments.push(bit);
      else {
        const move = named.get(want) ?? row();
        set(move, bit);
        named.set(want, move);
      }
      bit += 1;
    }
  }
  for (const segment of segments) {
    set(other, segment);
    for (const [byte, move] of named) if (byte !== SLASH) set(move, segment);
  }
  const moves = Array.from({ length: 256 }, (_, byte) => named.get(byte) ?? other);
  return { words, begin, end, stayAtSlash, stayInSegment, moves };
}

/**
 * Characters of a path that patterns with wildcards inside are compared with: an address has no more, unless its path is in Unicode, which the
 * URL standard writes nine times as long.
 */
const MAX_PATH = 4_096;

/** One step for each byte and each 32 states; a path that is longer than any does not match. */
function run({ words, begin, end, stayAtSlash, stayInSegment, moves }: Automaton): PathTest {
  return (path) => {
    if (path.length > MAX_PATH) return false;
    const states = begin.slice();
    for (const byte of utf8.encode(path)) {
      const move = moves[byte] as Int32Array;
      const stay = byte === SLASH ? stayAtSlash : stayInSegment;
      let carry = 0;
      let alive = 0;
      for (let word = 0; word < words; word += 1) {
        const before = states[word] as number;
        const moved = before & (move[word] as number);
        const after = (moved << 1) | carry | (before & (stay[word] as number));
        carry = moved >>> 31;
        states[word] = after;
        alive |= after;
      }
      if (alive === 0) return false;
    }
    return states.some((word, index) => (word & (end[index] as number)) !== 0);
  };
}

/** How many states (a byte of it, or a wildcard) a pattern takes whose wildcards are not all at its end; 0 for others, which one look decides. */
export function countStates(pattern: string): number {
  return SIMPLE.test(pattern) ? 0 : readSteps(pattern).skipped.length;
}

/**
 * Compiles patterns of paths (`/checkout/*` one segment, `/blog/**` any number) into one test: does any of them match the whole path? All are
 * followed at once, as an automaton whose states are bits: a byte costs a step for every 32 of {@link countStates}, whatever the path
 * and the patterns are.
 */
export function compilePagePatterns(patterns: readonly string[]): PathTest {
  const exact = new Set<string>();
  const tests: PathTest[] = [];
  const others: Steps[] = [];
  for (const pattern of new Set(patterns)) {
    const [simple, text = '', wildcard] = SIMPLE.exec(pattern) ?? [];
    if (simple === undefined) others.push(readSteps(pattern));
    else if (wildcard === undefined) exact.add(text);
    else tests.push(compileSimple(text, wildcard as '*' | '**'));
  }
  if (others.length > 0) tests.push(run(build(others)));
  return (path) => exact.has(path) || tests.some((matches) => matches(path));
}
