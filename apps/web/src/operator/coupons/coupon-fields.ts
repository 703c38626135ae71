import type { CouponDuration, CouponOff } from '@footfall/billing/catalog/coupon-gateway';
import { parsePrice, parseUnits, priceCurrency } from '@footfall/core/billing/typed-amount';

/** A number with up to two places, as Stripe takes a percentage; not a number for any other text. */
const readPercent = (text: string): number => {
  const hundredths = parseUnits(text.replace(/%$/, ''), 2);
  return hundredths === null ? Number.NaN : hundredths / 100;
};

/** What a form of a coupon takes off: `percent`, or an amount of a currency. What cannot be read is nothing, which is refused. */
export function readOff(kind: string, text: string): CouponOff {
  const currency = priceCurrency(kind);
  if (currency === null) return { percent: readPercent(text) };
  return { currency, amount: parsePrice(text, currency) ?? 0 };
}

/** How long a form of a coupon takes something off. */
export function readDuration(kind: string, months: string): CouponDuration {
  if (kind === 'repeating') return { kind, months: parseUnits(months, 0) ?? 0 };
  return { kind: kind === 'forever' ? 'forever' : 'once' };
}

/** A number of a form; null where nothing was typed, 0 (which is refused) for what is not a number. */
export const readCount = (text: string): number | null =>
  text.trim() === '' ? null : (parseUnits(text, 0) ?? 0);

/** The first moment of a day (UTC); null where nothing was typed, not a number for what is not a day. */
export const readDay = (day: string): number | null =>
  day.trim() === '' ? null : Date.parse(`${day}T00:00:00Z`);
