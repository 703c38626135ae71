import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaPath, bucketAtPlace, horizontalPlace, linePath, splitRuns, verticalPlace } from './plot.ts';

const frame = { top: 10, zero: 110 };

describe('a line of the chart', () => {
  it('spans the width from the first bucket to the last', () => {
    expect([0, 1, 2].map((index) => horizontalPlace(index, 3))).toEqual([0, 50, 100]);
    expect(horizontalPlace(0, 1)).toBe(50);
  });

  it('stands on zero and reaches the top line', () => {
    expect(verticalPlace(0, 8, frame)).toBe(110);
    expect(verticalPlace(8, 8, frame)).toBe(10);
    expect(verticalPlace(4, 8, frame)).toBe(60);
  });

  it('is interrupted where there is no value, not drawn at zero', () => {
    expect(splitRuns([1, 2, null, 4], 4, frame).map((run) => run.length)).toEqual([2, 1]);
    expect(splitRuns([null, null], 4, frame)).toEqual([]);
  });

  it('closes its area at zero', () => {
    const [run = []] = splitRuns([4, 0], 4, frame);
    expect(linePath(run)).toBe('M0 10L100 110');
    expect(areaPath(run, frame.zero)).toBe('M0 10L100 110L100 110L0 110Z');
    expect(areaPath([], frame.zero)).toBe('');
  });

  it('is touched at the bucket next to the pointer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(399), (count, bucket) => {
        const index = bucket % count;
        expect(bucketAtPlace(horizontalPlace(index, count), count)).toBe(count < 2 ? 0 : index);
      }),
    );
    expect(bucketAtPlace(-20, 10)).toBe(0);
    expect(bucketAtPlace(140, 10)).toBe(9);
  });
});
