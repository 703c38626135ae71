import type { Formats } from '#format/formats.ts';
import type { Currency } from './site-fields.tsx';

const COMMON = ['EUR', 'USD', 'GBP', 'CHF', 'JPY', 'AUD', 'CAD', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK'];

/** Time zones to choose from, UTC first. */
export function timezones(): string[] {
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC' && zone !== 'Etc/UTC');
  return ['Etc/UTC', ...zones];
}

/** Currencies to choose from, those of most shops first. */
export function currencies(formats: Formats): { common: Currency[]; others: Currency[] } {
  const currency = (code: string): Currency => ({ code, name: formats.currency(code) });
  const others = Intl.supportedValuesOf('currency').filter((code) => !COMMON.includes(code));
  return { common: COMMON.map(currency), others: others.map(currency) };
}
