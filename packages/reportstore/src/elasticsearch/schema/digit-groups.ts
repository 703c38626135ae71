/**
 * Amounts as Elasticsearch can add them up: its sums are doubles, exact below 2^53 only. An amount of millionths is kept in three
 * limbs of which each sum is exact: millionths of a unit, units below a million, and millions of units.
 */
export const LIMBS = [0, 1, 2] as const;

const BASE = 1_000_000n;

/** The limbs of a name that are not zero, as fields. `micros` is not negative. */
export function limbFields(name: string, micros: bigint): Record<string, number> {
  const limbs = [micros % BASE, (micros / BASE) % BASE, micros / BASE / BASE];
  return Object.fromEntries(
    LIMBS.filter((limb) => limbs[limb] !== 0n).map((limb) => [`${name}${limb}`, Number(limbs[limb])]),
  );
}

/** The amount of summed limbs, in their order. */
export function fromLimbs(sums: readonly number[]): bigint {
  return sums.reduceRight((total, sum) => total * BASE + BigInt(sum), 0n);
}
