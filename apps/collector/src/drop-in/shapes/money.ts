import { decimalText, roundedQuotient } from '@footfall/core/money';
import { firstGiven } from './fields.ts';

const DECIMAL = /^(-?)(\d{0,30})(?:\.(\d{0,60}))?$/;

/** Places of every amount that is kept. */
const PLACES = 6;

/** Text of a number as JSON wrote it; very small and very large ones have no decimal text of their own. */
function textOfNumber(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(PLACES) : text;
}

/**
 * A decimal amount of a number or text: what a sender's floating-point arithmetic left behind the sixth place is rounded away
 * (0.30000000000000004 is 0.3). What is not a decimal is answered as it is: validation refuses it by name.
 */
export function normalizeAmount(value: unknown): unknown {
  const text = typeof value === 'number' ? textOfNumber(value) : value;
  if (typeof text !== 'string') return value;
  const [, sign = '', whole = '', fraction = ''] = DECIMAL.exec(text.trim()) ?? [];
  if (whole === '' && fraction === '') return value;
  if (fraction.length <= PLACES) return `${sign}${whole || '0'}${fraction === '' ? '' : `.${fraction}`}`;
  const units = roundedQuotient(BigInt(whole + fraction), 10n ** BigInt(fraction.length - PLACES));
  return `${sign}${decimalText(units, PLACES, 0)}`;
}

/** An amount without its sign: some senders write what is paid back as negative. */
export function amountPaidBack(value: unknown): unknown {
  const amount = normalizeAmount(value);
  return typeof amount === 'string' ? amount.replace(/^-/, '') : amount;
}

/** The `revenue` of an event, in the site's currency when none is named; undefined without an amount. */
export function mapRevenue(
  amount: unknown,
  currency: unknown,
  siteCurrency: string,
): { amount: unknown; currency: unknown } | undefined {
  if (firstGiven(amount) === undefined) return undefined;
  return { amount: normalizeAmount(amount), currency: firstGiven(currency) ?? siteCurrency };
}
