import { NONE } from '@footfall/core/dimension';

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

const isCountry = (code: string) => /^[A-Z]{2}$/.test(code);

/** Name of an ISO 3166 country code, `Unknown` where there is none, the code itself where nobody knows it. */
export function countryName(code: string): string {
  if (code === NONE) return 'Unknown';
  return (isCountry(code) ? names.of(code) : undefined) ?? code;
}

/** The flag as two regional indicators, which fonts draw as a flag or as the two letters. */
export function countryFlag(code: string): string | undefined {
  if (!isCountry(code)) return undefined;
  return String.fromCodePoint(...[...code].map((letter) => 0x1f1e6 + letter.charCodeAt(0) - 65));
}
