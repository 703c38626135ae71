/** A point of a line: x in percent of the width, y in pixels from the top. */
export type Point = { x: number; y: number };

/** Where a chart draws: pixels from its top to the top line and to zero. */
export type Frame = { top: number; zero: number };

/** Place of bucket `index` among `count`, in percent of the width; a single one stands in the middle. */
export function horizontalPlace(index: number, count: number): number {
  return count < 2 ? 50 : Number(((index / (count - 1)) * 100).toFixed(3));
}

/** Place of a value, in pixels from the top. */
export function verticalPlace(value: number, topValue: number, { top, zero }: Frame): number {
  return Number((zero - (value / topValue) * (zero - top)).toFixed(2));
}

/** The points of a line in unbroken runs: where there was nothing to divide by, the line is interrupted. */
export function splitRuns(values: readonly (number | null)[], topValue: number, frame: Frame): Point[][] {
  const runs: Point[][] = [];
  let run: Point[] = [];
  values.forEach((value, index) => {
    if (value === null) {
      if (run.length > 0) runs.push(run);
      run = [];
      return;
    }
    run.push({ x: horizontalPlace(index, values.length), y: verticalPlace(value, topValue, frame) });
  });
  return run.length > 0 ? [...runs, run] : runs;
}

/** SVG path through points. */
export function linePath(points: readonly Point[]): string {
  return points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
}

/** SVG path around the area between points and zero. */
export function areaPath(points: readonly Point[], zero: number): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return '';
  return `${linePath(points)}L${last.x} ${zero}L${first.x} ${zero}Z`;
}

/** The bucket next to a place in percent of the width. */
export function bucketAtPlace(place: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.round((place / 100) * (count - 1))));
}
