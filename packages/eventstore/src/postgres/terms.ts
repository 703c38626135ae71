import type { Pool } from '@footfall/postgres/pool';
import { recentMap } from '../recent.ts';
import { type Interned, valueKey } from './interned.ts';
import { FIND_TERMS, LEARN_TERMS, READ_TERMS } from './statements.ts';

/** Terms are kept in memory, at most twice as many: some 20 MB when all are as long as a user agent. */
const KNOWN = 40_000;
/** Longer text is never a term, characters. */
const LONGEST = 2_000;

/** What an event that is about to be written says, and whose it is. */
export type Draft = { visitor: string; interned: readonly Interned[] };

/** What many events say alike, by number: see docs/decisions/0006. */
export type Terms = {
  /**
   * Fills in the numbers of the terms that events say. What at least two visitors have said becomes a term; what one says alone
   * is written with the event, so that it goes when the visitor is deleted.
   */
  number(drafts: readonly Draft[]): Promise<void>;
  /** The value of a term that is known here. */
  valueOf(term: number): unknown;
  /** The values of terms, whether known or not. */
  read(terms: readonly number[]): Promise<Map<number, unknown>>;
};

type TermRow = { term: number; site: number; value: string };
/** All that say what is to be a term, by its key. */
type Wanted = Map<string, Interned[]>;

/** Values are shared by all events that say the same, so nobody may change them. */
function frozen(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

/** Whoever says something first, and the numbers of what is a term already. */
function openMemory() {
  const numbers = recentMap<string, number>(KNOWN);
  const firsts = recentMap<string, string>(KNOWN);

  /** Fills in the numbers of what an event says; what should become a term is noted. */
  const recall = ({ visitor, interned: all }: Draft, wanted: Wanted): void => {
    for (const interned of all) {
      if (interned.term > 0 || interned.json === '') continue;
      const { key } = interned;
      interned.term = numbers.get(key) ?? 0;
      if (interned.term > 0 || interned.json.length > LONGEST) continue;
      const first = firsts.get(key);
      if (first === undefined) firsts.set(key, visitor);
      else if (first !== visitor) {
        const same = wanted.get(key);
        if (same === undefined) wanted.set(key, [interned]);
        else same.push(interned);
      }
    }
  };
  return { recall, note: (key: string, term: number) => numbers.set(key, term) };
}

/** The terms of a database, of which those used lately are known here. */
export function openTerms(pool: Pool): Terms {
  const memory = openMemory();
  const values = recentMap<number, unknown>(KNOWN);

  /** Fills in the numbers that a statement knows, and leaves those it does not. */
  const fill = async (wanted: Wanted, statement: string): Promise<void> => {
    const list = [...wanted.values()].flatMap(([interned]) => interned ?? []);
    if (list.length === 0) return;
    const asked = [list.map(({ site }) => site), list.map(({ json }) => json)];
    const { rows } = await pool.query<TermRow>(statement, asked);
    for (const { term, site, value } of rows) {
      const key = valueKey(site, value);
      memory.note(key, term);
      for (const interned of wanted.get(key) ?? []) interned.term = term;
      wanted.delete(key);
    }
  };

  return {
    async number(drafts) {
      const wanted: Wanted = new Map();
      for (const draft of drafts) memory.recall(draft, wanted);
      await fill(wanted, LEARN_TERMS);
      // Those that another process was just adding are there now.
      await fill(wanted, FIND_TERMS);
    },
    valueOf: (term) => values.get(term),
    async read(terms) {
      const { rows } = await pool.query<Pick<TermRow, 'term' | 'value'>>(READ_TERMS, [terms]);
      return new Map(
        rows.map(({ term, value }) => {
          const parsed = frozen(JSON.parse(value));
          values.set(term, parsed);
          return [term, parsed];
        }),
      );
    },
  };
}
