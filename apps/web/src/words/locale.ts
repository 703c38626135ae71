/** The languages of the portal, each by its own name. The first is what everybody else reads. */
export const LOCALES = { en: 'English', de: 'Deutsch' } as const;

export type Locale = keyof typeof LOCALES;

export const LOCALE_NAMES = Object.keys(LOCALES) as Locale[];

const DEFAULT_LOCALE: Locale = 'en';

/** Keeps the language that the reader chose; absent: the browser's languages decide. */
export const LOCALE_COOKIE = 'locale';

/** The language of a text such as `de` or `de-AT`, or undefined when the portal does not speak it. */
export function parseLocale(text: string | undefined): Locale | undefined {
  const language = text?.trim().toLowerCase().split('-')[0];
  return LOCALE_NAMES.find((locale) => locale === language);
}

/** One entry of `Accept-Language`: `de-AT;q=0.8`. An entry without a weight has 1. */
function weighted(entry: string): { language: string; weight: number } {
  const [language = '', ...parameters] = entry.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return { language, weight: weight === undefined ? 1 : Number(weight) };
}

/** The language that a browser asks for first among those of the portal (RFC 9110, `Accept-Language`). */
function acceptedLocale(header: string | null): Locale | undefined {
  const wanted = (header ?? '')
    .split(',')
    .map(weighted)
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return wanted.map(({ language }) => parseLocale(language)).find((locale) => locale !== undefined);
}

/** The reader's language: the one they chose, else the first that their browser asks for, else English. */
export function chosenLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  return parseLocale(cookie) ?? acceptedLocale(acceptLanguage) ?? DEFAULT_LOCALE;
}

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Remembers in this browser which language its reader chose. */
export function rememberLocale(locale: Locale): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers that we support.
  document.cookie = `${LOCALE_COOKIE}=${locale}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
