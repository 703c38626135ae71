/** Exact fractions: money is added up and converted without rounding, and rounded once when it is shown. */

export type Fraction = readonly [numerator: bigint, denominator: bigint];

const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : divisor(b, a % b));

function fraction(numerator: bigint, denominator: bigint): Fraction {
  const common = divisor(numerator, denominator) || 1n;
  return [numerator / common, denominator / common];
}

export const NOTHING: Fraction = [0n, 1n];

export function decimal(text: string): Fraction {
  const [whole = '0', part = ''] = text.split('.');
  return fraction(BigInt(whole + part), 10n ** BigInt(part.length));
}

export const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * d + c * b, b * d);
export const minus = (a: Fraction, [c, d]: Fraction): Fraction => plus(a, [-c, d]);
export const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * c, b * d);
export const over = (a: Fraction, [c, d]: Fraction): Fraction => times(a, c < 0n ? [-d, -c] : [d, c]);

/** As decimal text with so many places, half away from zero. */
export function rounded([numerator, denominator]: Fraction, places: number): string {
  const scaled = (numerator < 0n ? -numerator : numerator) * 10n ** BigInt(places);
  const units = scaled / denominator + ((scaled % denominator) * 2n >= denominator ? 1n : 0n);
  const digits = units.toString().padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return numerator < 0n && units !== 0n ? `-${text}` : text;
}
