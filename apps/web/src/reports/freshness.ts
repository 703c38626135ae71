import { orAfter } from '@footfall/timing/deadline';

/** How long an answer to "up to when?" is good for all who ask, milliseconds. */
const SHARED_MS = 200;
/** Who asks at the same time asks at times that differ by less, milliseconds. */
const SET_BACK_MS = 1_000;
/** How long a log that does not answer may hold up a report, milliseconds. */
const TIMEOUT_MS = 1_000;

/**
 * Asks how far the reports reach at most five times a second, however many want to know. What was true a moment ago still is:
 * reports only ever reach further, unless the clock is set back. So while the log is away, or slow, what it said last is the answer; before it said anything its
 * failure is told, and not shared for longer than it takes. `clock` and `timeoutMs` are for tests.
 */
export function sharedFreshness(
  ask: (now: number) => Promise<number>,
  { clock = () => performance.now(), timeoutMs = TIMEOUT_MS } = {},
): (now: number) => Promise<number> {
  let shared: { until: number; through: Promise<number> } | undefined;
  let reached: number | undefined;
  const askAnew = async (now: number) => {
    const through = await ask(now);
    reached = Math.max(through, reached ?? through);
    return reached;
  };
  return (now) => {
    if (shared !== undefined && clock() < shared.until) return shared.through;
    // Nothing later than now was reached: the clock was ahead when it was told.
    if (reached !== undefined && reached > now + SET_BACK_MS) reached = undefined;
    const asking = askAnew(now);
    const known = reached;
    // What failed is the log's own readiness to tell; here it only means that nothing newer is known.
    const through =
      known === undefined
        ? asking
        : orAfter(
            timeoutMs,
            asking.catch(() => known),
            known,
          );
    const mine = { until: clock() + SHARED_MS, through };
    shared = mine;
    through.catch(() => {
      if (shared === mine) shared = undefined;
    });
    return through;
  };
}
