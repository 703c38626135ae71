/** How pauses between failures grow. Times are milliseconds. */
export type Backoff = {
  /** The first pause; above 0. */
  min: number;
  /** The longest pause. */
  max: number;
  /** What each pause is multiplied by to make the next. Default 2. */
  factor?: number;
  /**
   * The share of a pause that is random, 0 to 1. Default 0: every pause is the same each time. With 0.5 a pause is between half of
   * itself and the whole, with 1 between nothing and the whole: those who failed together do not come again together.
   */
  jitter?: number;
};

/**
 * How long to wait after so many failures in a row (1 or more), milliseconds. The state of a backoff is this number alone: whoever
 * counts failures sets it to 0 after a success. `random` is between 0 (the whole pause) and 1.
 */
export function backoffPause(
  failures: number,
  { min, max, factor = 2, jitter = 0 }: Backoff,
  random: () => number = Math.random,
): number {
  const whole = Math.min(max, min * factor ** (failures - 1));
  return jitter === 0 ? whole : whole * (1 - jitter * random());
}

/**
 * Counts one more failure of something that ran for `ranMs` before it failed. After `healthyMs` it was well: its failure is the first
 * of a new trouble.
 */
export function countFailure(
  failures: number,
  { ranMs, healthyMs }: { ranMs: number; healthyMs: number },
): number {
  return ranMs >= healthyMs ? 1 : failures + 1;
}
