import { type Recent, recentMap } from '../recent.ts';
import { GROUPS } from './groups.ts';

/** Something that an event says and others may say too. */
export type Interned = {
  /** The number of the site whose term it may be; 0 for one that all sites share. */
  site: number;
  /** `''` for nothing. */
  json: string;
  /** Tells it from all else that is said; see {@link valueKey}. */
  key: string;
  /** The number of the term that it is, once that is known; 0 until then. */
  term: number;
};

/** How events of one site say things. */
export type Say = {
  /** The values of a group, by its number. */
  group(number: number, values: readonly unknown[]): Interned;
  value(value: unknown): Interned;
};

export const NOTHING: Interned = { site: 0, json: '', key: '', term: 0 };

/** A key for what a site says. What is said begins with no digit, so that the site's number cannot be mistaken for it. */
export const valueKey = (site: number, json: string): string => (site === 0 ? json : site + json);

const internValue = (site: number, value: unknown): Interned => {
  const json = JSON.stringify(value);
  return { site, json, key: valueKey(site, json), term: 0 };
};

/** Values remembered of each group, at most twice as many: some 20 MB when there are as many of all groups. */
const REMEMBERED = 3_000;

type Memory = Recent<unknown, { values: readonly unknown[]; interned: Interned }>;

function createInterner(site: number, memories: readonly Memory[]): Say {
  return {
    value: (value) => internValue(site, value),
    group(number, values) {
      const own = GROUPS[number]?.shared === true ? 0 : site;
      const [first] = values;
      const key = own === 0 ? first : `${own} ${first}`;
      const known = memories[number]?.get(key);
      // Comparing a few texts takes a tenth of writing them as JSON and hashing that.
      if (known?.values.every((value, n) => value === values[n])) return known.interned;
      const interned = values.every((value) => value === undefined) ? NOTHING : internValue(own, values);
      memories[number]?.set(key, { values, interned });
      return interned;
    },
  };
}

/** How the events of each site say things, with a memory of what was said lately. */
export type SayMemo = { of(site: number): Say };

export function sayMemo(): SayMemo {
  const memories = GROUPS.map((): Memory => recentMap(REMEMBERED));
  return { of: (site) => createInterner(site, memories) };
}
