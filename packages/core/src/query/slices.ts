/** Lets others have the processor; rejects when there is no more time for the work. */
export type Pause = () => Promise<void>;

export const NO_PAUSE: Pause = async () => undefined;

/** Things that are worked through at once: some milliseconds. */
const SLICE = 2_000;

/** Does something with each of many things, a slice of them at a time. */
export async function inSlices<T>(all: Iterable<T>, pause: Pause, each: (one: T) => void): Promise<void> {
  let count = 0;
  for (const one of all) {
    if (count > 0 && count % SLICE === 0) await pause();
    each(one);
    count += 1;
  }
}

type Order<T> = (a: T, b: T) => number;

/** Two sorted lists as one, in a third. */
async function mergeSorted<T>(
  [left, right]: readonly [readonly T[], readonly T[]],
  order: Order<T>,
  pause: Pause,
): Promise<T[]> {
  const merged: T[] = [];
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length) {
    if (merged.length % SLICE === SLICE - 1) await pause();
    if (order(left[l] as T, right[r] as T) <= 0) merged.push(left[l++] as T);
    else merged.push(right[r++] as T);
  }
  for (; l < left.length; l += 1) merged.push(left[l] as T);
  for (; r < right.length; r += 1) merged.push(right[r] as T);
  return merged;
}

/** Sorts, a slice at a time; things that are equal stay in their order. */
export async function sortInSlices<T>(all: readonly T[], order: Order<T>, pause: Pause): Promise<T[]> {
  if (all.length <= SLICE) return [...all].sort(order);
  let runs: T[][] = [];
  for (let from = 0; from < all.length; from += SLICE) {
    runs.push(all.slice(from, from + SLICE).sort(order));
    await pause();
  }
  while (runs.length > 1) {
    const next: T[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      const [left, right] = [runs[at] as T[], runs[at + 1]];
      next.push(right === undefined ? left : await mergeSorted([left, right], order, pause));
    }
    runs = next;
  }
  return runs[0] ?? [];
}
