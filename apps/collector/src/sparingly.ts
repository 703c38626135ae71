/** Between two that are alike, milliseconds. */
const EVERY_MS = 1_000;

/**
 * Says the first of those that are alike in a second, and with the next how many were left out: while nothing can be taken every
 * request fails, and a line for each would fill the disk that may be full already.
 */
export function sparingly<T>(
  say: (what: T, leftOut: number) => void,
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
    say(what, last?.leftOut ?? 0);
  };
}
