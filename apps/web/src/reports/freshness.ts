/** How long an answer to "up to when?" is good for all who ask, milliseconds. */
const SHARED_MS = 200;

/**
 * Asks how far the reports reach at most five times a second, however many want to know. What was true a moment ago still is:
 * reports only ever reach further. A failure is not shared for longer than it takes.
 */
export function sharedFreshness(
  ask: (now: number) => Promise<number>,
  clock: () => number = () => performance.now(),
): (now: number) => Promise<number> {
  let shared: { until: number; through: Promise<number> } | undefined;
  return (now) => {
    if (shared !== undefined && clock() < shared.until) return shared.through;
    const mine = { until: clock() + SHARED_MS, through: ask(now) };
    shared = mine;
    mine.through.catch(() => {
      if (shared === mine) shared = undefined;
    });
    return mine.through;
  };
}
