/** Random choices that are the same for the same seed, so that a failure can be run again. */
export type Random = {
  /** A whole number from 0 to below `bound`. */
  below(bound: number): number;
  one<T>(of: readonly T[]): T;
  /** True once in so many times. */
  onceIn(times: number): boolean;
  some<T>(of: readonly T[], count: number): T[];
};

/** Mulberry32: 32 bits of state, even enough for tests. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (bound: number) => Math.floor(next() * bound);
  const one = <T>(of: readonly T[]): T => of[below(of.length)] as T;
  return {
    below,
    one,
    onceIn: (times) => below(times) === 0,
    some: (of, count) => {
      const rest = [...of];
      return Array.from({ length: Math.min(count, of.length) }, () =>
        rest.splice(below(rest.length), 1),
      ).flat();
    },
  };
}
