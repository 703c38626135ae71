/** A whole number as a fraction's numerator or denominator: exact up to 2^53. */
const scaled = (value: number) => BigInt(Math.round(value));

/**
 * `numerator / denominator × factor`, rounded half away from zero to so many decimal places; null where there is
 * nothing to divide by. Computed in whole numbers, so that no binary fraction decides a half. Numerator and
 * denominator are whole; `factor` is a ratio of whole numbers.
 */
export function roundedRatio(
  numerator: number,
  denominator: number,
  { factor = [1, 1], places }: { factor?: readonly [number, number]; places: number },
): number | null {
  if (denominator === 0) return null;
  const shift = 10 ** places;
  let above = scaled(numerator) * scaled(factor[0]) * scaled(shift);
  let below = scaled(denominator) * scaled(factor[1]);
  if (below < 0n) [above, below] = [-above, -below];
  const sign = above < 0n ? -1n : 1n;
  const rounded = sign * ((2n * sign * above + below) / (2n * below));
  return Number(rounded) / shift;
}
