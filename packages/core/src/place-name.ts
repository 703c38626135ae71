import { REGION_NAMES } from './region-names.ts';

/** English names of countries and regions by their codes. A code has one name, and a name one code: counts by one are counts by the other. */

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** What Unicode has names for and is not a country: groups of them, parts of oceans, tests of software. */
const NOT_COUNTRIES = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']);

function readCountryNames(): Map<string, string> {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const codes = LETTERS.flatMap((one) => LETTERS.map((other) => one + other));
  return new Map(
    codes.flatMap((code) => {
      // A former code has the name of the one in force, whose it stays.
      const isFormer = new Intl.Locale(`und-${code}`).region !== code;
      const name = NOT_COUNTRIES.has(code) || isFormer ? undefined : names.of(code);
      return name === undefined ? [] : [[code, name] as const];
    }),
  );
}

/** Names of countries by their ISO 3166-1 code, as Unicode's CLDR writes them. */
export const COUNTRY_NAMES: ReadonlyMap<string, string> = readCountryNames();

type Region = { country: string; code: string; bare: string };

const readRegions = (): Region[] =>
  REGION_NAMES.trim()
    .split('\n')
    .flatMap((line) => {
      const country = line.slice(0, 2);
      return line
        .slice(3)
        .split('|')
        .map((part) => {
          const space = part.indexOf(' ');
          return { country, code: `${country}-${part.slice(0, space)}`, bare: part.slice(space + 1) };
        });
    });

/** A name that several regions have says which of them is meant: by the country, or by the code where that has several of the name. */
function nameRegions(regions: readonly Region[]): Map<string, string> {
  const byName = Map.groupBy(regions, ({ bare }) => bare);
  return new Map(
    regions.map(({ country, code, bare }) => {
      const same = byName.get(bare) ?? [];
      if (same.length === 1) return [code, bare];
      const isOnlyThere = same.filter((one) => one.country === country).length === 1;
      return [code, `${bare}, ${isOnlyThere ? (COUNTRY_NAMES.get(country) ?? country) : code}`];
    }),
  );
}

const REGIONS = readRegions();

/** Names of regions by their ISO 3166-2 code; the same for no two of them. */
export const REGION_LABELS: ReadonlyMap<string, string> = nameRegions(REGIONS);

/** The names that regions have in their country, which regions of others may have too, by code. */
export const BARE_REGION_NAMES: ReadonlyMap<string, string> = new Map(
  REGIONS.map(({ code, bare }) => [code, bare]),
);

const LABELS: ReadonlySet<string> = new Set(REGION_LABELS.values());

/** Letters that are one without a mark in another alphabet's hands; others lose their marks by themselves. */
const PLAIN: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', đ: 'd', ı: 'i', æ: 'ae', ß: 'ss' };

/** Words that lists put before or behind a name, or leave out. */
const GENERIC =
  /\b(?:state|region|province|county|department|governorate|district|oblast|krai|republic|voivodeship|city|municipality|autonomous|prefecture|metropolitan|administrative|capital|do|si|of|the|and)\b/g;

const spaced = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

/** A name without case, marks and punctuation. */
const plainName = (name: string): string =>
  spaced(
    name
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .replace(/[øłđıæß]/g, (letter) => PLAIN[letter] ?? letter),
  );

/** A plain name without what every region may be called. */
const shortName = (plain: string): string => spaced(plain.replace(GENERIC, ' '));

type Form = (bare: string) => string;
const written: Form = (bare) => bare.toLowerCase();
const short: Form = (bare) => shortName(plainName(bare));

/** Codes of regions by country and some form of their name, where that is of one region alone. */
function indexRegions(regions: readonly Region[], form: Form): ReadonlyMap<string, string> {
  const found = Map.groupBy(regions, ({ country, bare }) => `${country} ${form(bare)}`);
  return new Map(
    [...found].flatMap(([key, [first, ...more]]) =>
      first !== undefined && more.length === 0 ? [[key, first.code] as const] : [],
    ),
  );
}

const hasGenericWord = (bare: string) => short(bare) !== plainName(bare);

/** Ways to find a region by its name, the surest first: as written, without marks, without the words that any region may have. */
const WAYS: readonly { form: Form; index: ReadonlyMap<string, string>; fits(name: string): boolean }[] = [
  { form: written, index: indexRegions(REGIONS, written), fits: () => true },
  { form: plainName, index: indexRegions(REGIONS, plainName), fits: () => true },
  {
    // Moscow Oblast is Moscow Province, and not Moscow.
    form: short,
    index: indexRegions(
      REGIONS.filter(({ bare }) => hasGenericWord(bare)),
      short,
    ),
    fits: hasGenericWord,
  },
  { form: short, index: indexRegions(REGIONS, short), fits: () => true },
];

/** The ISO 3166-2 code of a region by its English name and its country's code; undefined where no list has it, or several regions do. */
export function regionCode(country: string, name: string): string | undefined {
  for (const { form, index, fits } of WAYS) {
    const code = fits(name) ? index.get(`${country} ${form(name)}`) : undefined;
    if (code !== undefined) return code;
  }
  return undefined;
}

/** A region that only a name is known of, as it is kept: never as a region with a code is called. */
export function namedRegion(country: string, name: string): string {
  return LABELS.has(name) ? `${name}, ${COUNTRY_NAMES.get(country) ?? country}` : name;
}
