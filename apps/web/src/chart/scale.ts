/** A value axis from zero: its top and the lines drawn across. */
export type Scale = { top: number; lines: readonly number[] };

const LINES = 4;
/** Steps that people count in, times powers of ten. */
const STEPS = [1, 2, 2.5, 3, 4, 5, 10];
/** Steps of a time axis in seconds; above an hour, hours in {@link STEPS}. */
const SECOND_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

function niceStep(least: number, wholeNumbers: boolean): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const fits = (step: number) =>
    step * power >= least - 1e-9 && (!wholeNumbers || Number.isInteger(step * power));
  const step = (STEPS.find(fits) ?? 10) * power;
  return wholeNumbers ? Math.max(1, Math.ceil(step)) : step;
}

/**
 * The axis for values up to `largest`: four lines at round steps above zero. `whole` for counts (no line at 0.5 visitors),
 * `seconds` for times (no line at 2.5 minutes and a bit).
 */
export function valueScale(largest: number, kind: 'whole' | 'fraction' | 'seconds'): Scale {
  const least = Math.max(largest, kind === 'fraction' ? 0.01 : LINES) / LINES;
  const seconds = kind === 'seconds' ? SECOND_STEPS.find((step) => step >= least) : undefined;
  const step = seconds ?? niceStep(least, kind !== 'fraction');
  const lines = Array.from({ length: LINES }, (_, index) => Number(((index + 1) * step).toFixed(6)));
  return { top: lines.at(-1) ?? step, lines };
}
