import { roundedRatio } from '@footfall/core/ratio';

/** Places that a metric's value may have; enough to compare values as whole numbers. */
const SCALE = 100;

/** Change in whole percent, half away from zero: 0 → 0 is 0, 0 → n is 100; null where either value is missing. */
export function changeOf(now: number | null, then: number | null): number | null {
  if (now === null || then === null) return null;
  if (then === 0) return now === 0 ? 0 : 100;
  const scaled = (value: number) => Math.round(value * SCALE);
  return roundedRatio(scaled(now) - scaled(then), scaled(then), { factor: [100, 1], places: 0 });
}
