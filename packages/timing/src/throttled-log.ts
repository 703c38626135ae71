/** Between two lines of one kind, milliseconds. */
const EVERY_MS = 1_000;

/**
 * Logs the first of a kind in a second, and with the next how many of the kind were left out: while nothing can be taken every
 * request fails, and a line for each would fill a disk that may be full already. Kinds are remembered, so there must be few.
 */
export function throttledLog<T>(
  log: (what: T, leftOut: number) => void,
  clock: () => number = () => performance.now(),
): (kind: string, what: T) => void {
  const kinds = new Map<string, { until: number; leftOut: number }>();
  return (kind, what) => {
    const last = kinds.get(kind);
    if (last !== undefined && clock() < last.until) {
      last.leftOut += 1;
      return;
    }
    kinds.set(kind, { until: clock() + EVERY_MS, leftOut: 0 });
    log(what, last?.leftOut ?? 0);
  };
}
