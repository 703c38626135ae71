import { PAGEVIEW } from '@footfall/core/event-name';
import { DIRECT } from '@footfall/core/source';
import { type Ga4Language, isUnset } from './languages.ts';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const PAIRS = LETTERS.flatMap((one) => LETTERS.map((other) => one + other));

/** Codes by the names that a language has for them, in lower case; made when a table of that language is read. */
function codesByName(
  language: Ga4Language,
  { type, code }: { type: 'region' | 'language'; code: (pair: string) => string },
): Map<string, string> {
  const names = new Intl.DisplayNames(language, { type, fallback: 'none' });
  return new Map(
    PAIRS.flatMap((pair) => {
      const name = names.of(type === 'language' ? pair.toLowerCase() : pair);
      return name === undefined ? [] : [[name.toLowerCase(), code(pair)] as const];
    }),
  );
}

const made = new Map<string, Map<string, string>>();
function codes(language: Ga4Language, type: 'region' | 'language'): Map<string, string> {
  const key = `${language} ${type}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const code =
    type === 'region'
      ? // A former code has the name of the one in force.
        (pair: string) => new Intl.Locale(`und-${pair}`).region ?? pair
      : (pair: string) => new Intl.Locale(pair).language;
  const map = codesByName(language, { type, code });
  made.set(key, map);
  return map;
}

/** Reads one value of a dimension in a language: as our reports name it, an empty one where GA4 has none. */
export type ReadValue = (text: string, language: Ga4Language) => string;

const plain: ReadValue = (text, language) => (isUnset(text, language) ? '' : text);
const source: ReadValue = (text, language) => (text === '(direct)' ? DIRECT : plain(text, language));
const coded =
  (type: 'region' | 'language'): ReadValue =>
  (text, language) => {
    const name = text.toLowerCase();
    return codes(language, type).get(name) ?? codes('en', type).get(name) ?? plain(text, language);
  };
const path: ReadValue = (text, language) =>
  text.startsWith('/') ? text.split(/[?#]/, 1)[0] || '/' : plain(text, language);

/** One of the two in `google / organic`. */
const part =
  (index: 0 | 1, read: ReadValue): ReadValue =>
  (text, language) => {
    const [before = '', after = ''] = text.split(' / ');
    return read(index === 0 ? before : after, language);
  };

/** How values of GA4's dimensions are read. */
export const READ_VALUE = {
  plain,
  source,
  sourceInPair: part(0, source),
  mediumInPair: part(1, plain),
  path,
  country: coded('region'),
  language: coded('language'),
  eventName: ((text, language) =>
    text === 'page_view' ? PAGEVIEW : plain(text, language)) satisfies ReadValue,
  device: ((text) =>
    text === 'smart tv' ? 'TV' : text.charAt(0).toUpperCase() + text.slice(1)) satisfies ReadValue,
  system: ((text, language) =>
    ({ Macintosh: 'macOS', 'Chrome OS': 'ChromeOS' })[text] ?? plain(text, language)) satisfies ReadValue,
} as const;
