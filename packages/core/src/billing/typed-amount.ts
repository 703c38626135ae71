import { currencyDigits } from '../money.ts';

/**
 * Currencies that plans can be priced in. Those whose smallest unit Stripe counts in a way of its own (such as HUF, ISK, and all with
 * three places) are left out: an amount would mean two things.
 */
export const PRICE_CURRENCIES = [
  'EUR',
  'USD',
  'GBP',
  'CHF',
  'SEK',
  'NOK',
  'DKK',
  'PLN',
  'CZK',
  'CAD',
  'AUD',
  'NZD',
  'JPY',
] as const;
export type PriceCurrency = (typeof PRICE_CURRENCIES)[number];

/** The currency that a text names; null for any other. */
export const priceCurrency = (text: string): PriceCurrency | null =>
  PRICE_CURRENCIES.find((currency) => currency === text) ?? null;

/** The most that Stripe takes for one price, in the smallest unit. */
export const MOST_PRICE = 99_999_999;

// Groups of three by one kind of sign, or none, and what follows the other one. A first group of 0 is not a group: 0.123 is a fraction.
const NUMBER = /^(?:([1-9]\d{0,2})(?:([.,'’ \u00a0\u202f])(\d{3}(?:\2\d{3})*))|(\d{1,15}))(?:([.,])(\d+))?$/u;

/**
 * A number as people write it, in English, German or Swiss: `1234.5`, `1,234.50`, `1.234,50`, `1’234.50`, `1 234,50`. Answers it as a
 * whole number of units of 10^-places, and null for what is not one or has more places. Of `1.234` and `1,234` three digits are a group.
 */
export function parseUnits(text: string, places: number): number | null {
  const [, first = '', group, rest = '', plain = '', point, fraction = ''] = NUMBER.exec(text.trim()) ?? [];
  const whole = first + rest.replaceAll(/\D/g, '') + plain;
  if (whole === '' || fraction.length > places || (point !== undefined && point === group)) return null;
  const units = Number(whole + fraction.padEnd(places, '0'));
  return Number.isSafeInteger(units) ? units : null;
}

const MARKS = new Map<PriceCurrency, string[]>();

/** How a currency is named before or after an amount. */
function marks(currency: PriceCurrency): string[] {
  const known = MARKS.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  });
  const symbol = format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency;
  const found = [currency, symbol];
  MARKS.set(currency, found);
  return found;
}

/**
 * An amount of money as people write it, in the smallest unit of its currency: `9.90` of EUR is 990, `900` of JPY is 900. It may have
 * the sign or the code of its own currency. Null for what is not an amount, or is more than Stripe takes.
 */
export function parsePrice(text: string, currency: PriceCurrency): number | null {
  let bare = text.trim();
  for (const mark of marks(currency)) {
    if (bare.startsWith(mark)) bare = bare.slice(mark.length).trim();
    else if (bare.endsWith(mark)) bare = bare.slice(0, -mark.length).trim();
  }
  const units = parseUnits(bare, currencyDigits(currency));
  return units === null || units > MOST_PRICE ? null : units;
}

/** An amount in the smallest unit as text that {@link parsePrice} reads: 990 of EUR is `9.90`. */
export function writePrice(amount: number, currency: string): string {
  const digits = currencyDigits(currency);
  return (amount / 10 ** digits).toFixed(digits);
}
