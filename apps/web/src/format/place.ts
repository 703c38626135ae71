import { NONE } from '@footfall/core/dimension';

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

const isCountry = (code: string) => /^[A-Z]{2}$/.test(code);

/** Name of an ISO 3166 country code, `Unknown` where there is none, the code itself where nobody knows it. */
export function countryName(code: string): string {
  if (code === NONE) return 'Unknown';
  return (isCountry(code) ? names.of(code) : undefined) ?? code;
}

/** Two letters for a country in a narrow column; nothing where the country is not known. */
export function countryCode(code: string): string | undefined {
  return isCountry(code) ? code : undefined;
}
