import type { Locale } from '#words/locale.ts';

const isCountry = (code: string) => /^[A-Z]{2}$/.test(code);

/** Two letters for a country in a narrow column; nothing where the country is not known. */
export function countryCode(code: string): string | undefined {
  return isCountry(code) ? code : undefined;
}

/** Names of countries, languages and currencies in a language; a code that nobody knows stands for itself. */
export function namesIn(locale: Locale) {
  const names = (type: 'region' | 'language' | 'currency') =>
    new Intl.DisplayNames([locale], { type, fallback: 'none' });
  const [regions, languages, currencies] = [names('region'), names('language'), names('currency')];
  return {
    /** Of an ISO 3166 code. */
    country: (code: string): string => (isCountry(code) ? regions.of(code) : undefined) ?? code,
    /** Of a BCP 47 tag such as `de` or `pt-BR`. */
    language: (tag: string): string =>
      (/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(tag) ? languages.of(tag) : undefined) ?? tag,
    /** Of an ISO 4217 code. */
    currency: (code: string): string => (/^[A-Z]{3}$/.test(code) ? currencies.of(code) : undefined) ?? code,
  };
}
