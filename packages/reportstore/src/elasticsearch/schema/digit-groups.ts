/**
 * Amounts as Elasticsearch can add them up: its sums are doubles, exact below 2^53 only. An amount of millionths is kept in three
 * groups of digits, of which each sum is exact: millionths of a unit, units below a million, and millions of units.
 */
export const DIGIT_GROUPS = [0, 1, 2] as const;

const BASE = 1_000_000n;

/** The digit groups of an amount that are not zero, as fields. `micros` is not negative. */
export function digitGroupFields(name: string, micros: bigint): Record<string, number> {
  const groups = [micros % BASE, (micros / BASE) % BASE, micros / BASE / BASE];
  return Object.fromEntries(
    DIGIT_GROUPS.filter((place) => groups[place] !== 0n).map((place) => [
      `${name}${place}`,
      Number(groups[place]),
    ]),
  );
}

/** The amount of summed digit groups, in their order. */
export function fromDigitGroups(sums: readonly number[]): bigint {
  return sums.reduceRight((total, sum) => total * BASE + BigInt(sum), 0n);
}
