/** A stream of numbers that is the same for the same seed. */
export type Random = {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [0, below). */
  whole(below: number): number;
  /** So many bytes. */
  bytes(length: number): Buffer;
};

/** Mulberry32: one multiplication a number, good enough for made-up shoppers. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const bits = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const next = () => bits() / 2 ** 32;
  return {
    next,
    whole: (below) => Math.floor(next() * below),
    bytes: (length) => {
      const bytes = Buffer.alloc(length);
      for (let at = 0; at < length; at += 1) bytes[at] = bits() & 255;
      return bytes;
    },
  };
}

/** Picks from a list as life does: the first most often, the n-th with a weight of 1 / (n + 1) ^ `steepness`. */
export function unevenly<T>(list: readonly T[], steepness = 0.9): (random: Random) => T {
  let total = 0;
  const sums = list.map((_, n) => (total += 1 / (n + 1) ** steepness));
  return (random) => {
    const wanted = random.next() * total;
    let [low, high] = [0, list.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) > wanted) high = middle;
      else low = middle + 1;
    }
    return list[low] as T;
  };
}
