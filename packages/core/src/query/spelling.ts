import type { FactFilter } from '../part-query.ts';
import { BARE_REGION_NAMES, COUNTRY_NAMES, REGION_LABELS } from '../place-name.ts';
import type { LabelStyle } from './label-style.ts';
import { findAmongNames, type PatternBudget } from './pattern.ts';

type Match = Extract<FactFilter, { type: 'match' }>;

/**
 * How a dimension writes values that facts hold in another way; whatever is not listed is written as it is. No two values are
 * written the same, so groups by one are groups by the other.
 */
export type Spelling = {
  /** What is written, by the value that facts hold. */
  written: ReadonlyMap<string, string>;
  /** Other texts by which filters find a value. */
  alias(value: string): string | undefined;
};

const spell = (
  written: ReadonlyMap<string, string>,
  alias: Spelling['alias'] = () => undefined,
): Spelling => ({
  written,
  alias,
});

const itself = (value: string) => value;

/** Dimensions of places in words. Cities are kept by their names. */
const PLACES: Readonly<Record<string, Spelling>> = {
  'visit:country_name': spell(COUNTRY_NAMES),
  // A name that several regions have finds all of them.
  'visit:region_name': spell(REGION_LABELS, (code) => BARE_REGION_NAMES.get(code)),
};

/** What Plausible calls what we call otherwise; filters understand both. */
const PLAUSIBLE: Readonly<Record<string, Spelling>> = {
  'visit:os': spell(
    new Map([
      ['macOS', 'Mac'],
      ['Linux', 'GNU/Linux'],
      ['ChromeOS', 'Chrome OS'],
    ]),
    itself,
  ),
  'visit:browser': spell(
    new Map([
      ['Edge', 'Microsoft Edge'],
      ['Samsung Internet', 'Samsung Browser'],
      ['IE', 'Internet Explorer'],
      ['Yandex', 'Yandex Browser'],
      ['DuckDuckGo', 'DuckDuckGo Privacy Browser'],
      ['Mi Browser', 'MIUI Browser'],
    ]),
    itself,
  ),
};

/** How a dimension, by the name it was asked for, writes its values; undefined: as facts hold them. */
export function findSpelling(name: string, labels: LabelStyle): Spelling | undefined {
  if (Object.hasOwn(PLACES, name)) return PLACES[name];
  return labels === 'plausible' && Object.hasOwn(PLAUSIBLE, name) ? PLAUSIBLE[name] : undefined;
}

/** What is written for a value. */
export const writeValue = (value: string, spelling: Spelling | undefined): string =>
  spelling?.written.get(value) ?? value;

const valuesByText = new WeakMap<Spelling, ReadonlyMap<string, string>>();

/** The values that facts may hold where a text is written. */
export function readValues(text: string, spelling: Spelling | undefined): string[] {
  if (spelling === undefined) return [text];
  let known = valuesByText.get(spelling);
  if (known === undefined) {
    known = new Map([...spelling.written].map(([value, written]) => [written, value]));
    valuesByText.set(spelling, known);
  }
  const value = known.get(text);
  const others = spelling.written.has(text) ? [] : [text];
  return value === undefined ? others : [value, ...others];
}

const only = (match: Match, values: readonly string[]): FactFilter => ({
  ...match,
  op: 'is',
  values,
  caseSensitive: true,
});

/**
 * A condition on what a dimension writes as one on what facts hold: the listed values whose text meets it, and whatever is not
 * listed and meets it as it is.
 * @throws Failure `invalid_filter` for patterns that would take too long with so many names
 */
export function matchWritten(
  match: Match,
  spelling: Spelling,
  place: { where: string; budget: PatternBudget },
): FactFilter {
  const texts = [...spelling.written].map(([value, written]) => {
    const alias = spelling.alias(value);
    return { value, texts: alias === undefined || alias === written ? [written] : [written, alias] };
  });
  const all = new Set(texts.flatMap((one) => [one.value, ...one.texts]));
  const met = findAmongNames(match, [...all], { of: 'place', ...place });
  const wanted = texts.filter((one) => one.texts.some((text) => met.has(text)));
  const strays = texts.filter((one) => met.has(one.value) && !one.texts.some((text) => met.has(text)));
  const exclude = (values: readonly string[]): FactFilter => ({ type: 'not', of: only(match, values) });
  const other: FactFilter =
    strays.length === 0 ? match : { type: 'and', of: [match, exclude(strays.map(({ value }) => value))] };
  if (wanted.length === 0) return other;
  return {
    type: 'or',
    of: [
      only(
        match,
        wanted.map(({ value }) => value),
      ),
      other,
    ],
  };
}
