import { patternWeight } from '@footfall/core/query/pattern-weight';
import { createFairTurns } from '@footfall/timing/fair-turns';
import type { ReaderTime } from '../reader-time.ts';
import type { Match } from '../resolve.ts';
import { textMatches } from '../sql/filter.ts';
import { sql, statement } from '../sql/sql.ts';
import { DUCKDB, textList } from './dialect.ts';
import { openDuck } from './duckdb.ts';

/** Whose question it is, and the time of its reader. */
export type Asker = { owner: string; time: Pick<ReaderTime, 'left'> };

/** Compares texts that another engine has, and cannot compare as we do: patterns of RE2, letters of any case. */
export type TextMatcher = {
  /**
   * The texts that meet a condition.
   * @throws Failure `query_timeout`, `filter_too_complex`
   */
  find(match: Match, texts: readonly string[], asker: Asker): Promise<string[]>;
  close(): Promise<void>;
};

/**
 * Units of weight × characters of one statement. The worst patterns take 40 ns a unit, and DuckDB hears of a deadline between statements: so one takes
 * some 0.1 s at most, and then it is another's turn.
 */
const WORK = 4_000_000;
/** Characters of one statement, however light the condition is: what the event loop writes down at once. */
const MOST_CHARACTERS = 256_000;

/** What a character costs: of a regular expression its instructions, of others about the number of values. */
export function matchWeight({ op, values }: Match): number {
  const sum = (weigh: (value: string) => number) => values.reduce((total, value) => total + weigh(value), 1);
  switch (op) {
    case 'is':
      return 1;
    case 'contains':
      return sum(() => 1);
    case 'glob':
      return sum(({ length }) => length);
    case 'matches':
      return sum(patternWeight);
  }
}

/** Where to cut a list of texts, so that no piece (but of a single text) has more characters. */
export function* pieces(texts: readonly string[], most: number): Generator<readonly string[]> {
  let from = 0;
  let characters = 0;
  for (const [at, { length }] of texts.entries()) {
    if (at > from && characters + length > most) {
      yield texts.slice(from, at);
      from = at;
      characters = 0;
    }
    // Every text costs something.
    characters += length + 8;
  }
  if (from < texts.length) yield texts.slice(from);
}

const select = (match: Match, texts: readonly string[]) =>
  statement(sql`
    SELECT place FROM (
      SELECT unnest(texts) AS text, generate_subscripts(texts, 1)::integer AS place
      FROM (SELECT ${textList(texts)} AS texts) AS listed) AS numbered
    WHERE ${textMatches(sql`text`, match, DUCKDB)}`);

/**
 * Matches by a DuckDB of its own, which has RE2 and works beside the event loop: a piece of the texts at a time, so that a pattern that is slow on
 * purpose keeps neither Node nor the reading of files, and askers take turns.
 */
export function createTextMatcher(): TextMatcher {
  const duck = openDuck(null);
  const turns = createFairTurns(1);
  return {
    find: async (match, texts, { owner, time }) => {
      const most = Math.min(MOST_CHARACTERS, Math.ceil(WORK / matchWeight(match)));
      const found: string[] = [];
      for (const piece of pieces(texts, most)) {
        const rows = await turns(owner, () => duck.ask(select(match, piece), { timeoutMs: time.left() }));
        for (const [place] of rows) found.push(piece[Number(place) - 1] as string);
      }
      return found;
    },
    close: () => duck.close(),
  };
}
