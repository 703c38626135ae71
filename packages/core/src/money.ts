/** Digits before and behind the point that an amount may have; far above any order, far below what storage holds. */
const AMOUNT = /^\d{1,15}(\.\d{1,6})?$/;

/**
 * A decimal amount as text, from text or from a number that JSON carried; undefined when it is not a plain,
 * non-negative decimal. Never passes through floating-point arithmetic.
 */
export function parseAmount(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && AMOUNT.test(text) ? text : undefined;
}

let currencies: Set<string> | undefined;

/** Whether a text is an ISO 4217 code the runtime knows (upper case). */
export function isCurrency(code: string): boolean {
  currencies ??= new Set(Intl.supportedValuesOf('currency'));
  return currencies.has(code);
}

/** Decimal places of every amount that is kept: amounts are whole numbers of millionths. */
const MICRO_PLACES = 6;

/** A decimal text, which may be negative, as millionths. */
export function toMicros(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  const digits = fraction.slice(0, MICRO_PLACES).padEnd(MICRO_PLACES, '0');
  return BigInt(whole + digits);
}

/** `numerator / denominator` rounded to a whole number, half away from zero. */
export function roundedQuotient(numerator: bigint, denominator: bigint): bigint {
  if (denominator < 0n) return roundedQuotient(-numerator, -denominator);
  const half = (numerator < 0n ? -1n : 1n) * denominator;
  return (2n * numerator + half) / (2n * denominator);
}

/** Decimal text of a whole number of units of 10^-places, with at least `least` places: 12300 of 10^-3 is `12.30`. */
export function decimalText(value: bigint, places: number, least: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  const shown = fraction.padEnd(least, '0');
  return `${value < 0n ? '-' : ''}${whole}${shown === '' ? '' : `.${shown}`}`;
}

const minorDigits = new Map<string, number>();

/** Places that amounts of a currency usually have: 2 for EUR, 0 for JPY. */
export function currencyDigits(code: string): number {
  let digits = minorDigits.get(code);
  if (digits === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency: code });
    digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    minorDigits.set(code, digits);
  }
  return digits;
}

/** A rate as a fraction: so many units of one currency are worth so many of another. */
export type Rate = readonly [numerator: bigint, denominator: bigint];

/** Units of 10^-18 of a currency: fine enough that rounding each day's sum when it is converted never shows. */
export const ATTO_PLACES = 18;
const ATTO_OF_MICRO = 10n ** BigInt(ATTO_PLACES - MICRO_PLACES);

/** Millionths, converted, in units of 10^-18. */
export function convert(micros: bigint, [numerator, denominator]: Rate): bigint {
  return roundedQuotient(micros * ATTO_OF_MICRO * numerator, denominator);
}

/** What `from` is worth in `to`, from what one euro buys of each (decimal texts). */
export function crossRate(perEuro: { from: string; to: string }): Rate {
  return [rateUnits(perEuro.to), rateUnits(perEuro.from)];
}

function rateUnits(rate: string): bigint {
  const [whole = '0', fraction = ''] = rate.split('.');
  return BigInt(whole + fraction.slice(0, 18).padEnd(18, '0'));
}
