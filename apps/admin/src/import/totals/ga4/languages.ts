import { DE } from './names/de.ts';
import { EN } from './names/en.ts';
import { ES } from './names/es.ts';
import { FR } from './names/fr.ts';
import { IT } from './names/it.ts';
import { JA } from './names/ja.ts';
import { NL } from './names/nl.ts';
import { PL } from './names/pl.ts';
import { PT } from './names/pt.ts';
import { RU } from './names/ru.ts';
import { TR } from './names/tr.ts';
import type { Ga4Column, Ga4Names } from './names.ts';

/** The languages of GA4 whose tables are read, by their tags. */
export const GA4_LANGUAGES = {
  en: EN,
  de: DE,
  fr: FR,
  es: ES,
  it: IT,
  'pt-BR': PT,
  ja: JA,
  nl: NL,
  pl: PL,
  ru: RU,
  tr: TR,
} as const satisfies Record<string, Ga4Names>;

export type Ga4Language = keyof typeof GA4_LANGUAGES;

const TAGS = Object.keys(GA4_LANGUAGES) as Ga4Language[];

/** A name without what GA4 writes now so, now so: case, dashes, apostrophes, blanks around signs, wide letters. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('\u0307', '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[’‘`´]/g, "'")
    .replace(/\s+/g, ' ')
    .replace(/ ?([/+()-]) ?/g, '$1')
    .trim();
}

/** The spellings in an entry of a language. */
export const spellings = (entry: string): string[] => entry.split(' | ');

type Lookup = {
  columns: ReadonlyMap<string, Ga4Column>;
  total: ReadonlySet<string>;
  unset: ReadonlySet<string>;
};

function createLookup({ name: _name, decimal: _decimal, total, unset, ...columns }: Ga4Names): Lookup {
  const plain = (entry: string) => spellings(entry).map(plainName);
  return {
    columns: new Map(
      Object.entries(columns).flatMap(([column, entry]) =>
        plain(entry).map((name) => [name, column as Ga4Column] as const),
      ),
    ),
    total: new Set(plain(total)),
    unset: new Set([...plain(unset), ...plain(EN.unset)]),
  };
}

const LOOKUPS = new Map(TAGS.map((tag) => [tag, createLookup(GA4_LANGUAGES[tag])]));
const lookup = (language: Ga4Language): Lookup => LOOKUPS.get(language) as Lookup;

/** The columns of a heading in one language; what it does not have may be in English, since GA4 leaves some names as they are. */
function columnsIn(language: Ga4Language, names: readonly string[]): (Ga4Column | null)[] {
  return names.map((name) => {
    const plain = plainName(name);
    return lookup(language).columns.get(plain) ?? lookup('en').columns.get(plain) ?? null;
  });
}

/** A heading as it was understood: the language that knows most of its names, and the column that each is; null: not known. */
export type Ga4Heading = { language: Ga4Language; columns: readonly (Ga4Column | null)[] };

export function readHeading(names: readonly string[]): Ga4Heading {
  const own = (tag: Ga4Language) => names.filter((name) => lookup(tag).columns.has(plainName(name))).length;
  const language = TAGS.reduce((best, tag) => (own(tag) > own(best) ? tag : best));
  return { language, columns: columnsIn(language, names) };
}

/** Whether a line has a name of a column in it. */
export const hasKnownColumn = (names: readonly string[]): boolean =>
  readHeading(names).columns.some((column) => column !== null);

/** Whether a cell says that its row sums a table up. */
export function isTotalWord(cell: string, language: Ga4Language): boolean {
  const plain = plainName(cell);
  return lookup(language).total.has(plain) || lookup('en').total.has(plain);
}

/** Whether a value says that there is none. */
export const isUnset = (value: string, language: Ga4Language): boolean =>
  lookup(language).unset.has(plainName(value));
