import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueScale } from './scale.ts';

describe('the value axis', () => {
  it.each([
    [0, 'whole', [1, 2, 3, 4]],
    [3, 'whole', [1, 2, 3, 4]],
    [10, 'whole', [3, 6, 9, 12]],
    [17, 'whole', [5, 10, 15, 20]],
    [950, 'whole', [250, 500, 750, 1000]],
    [1, 'fraction', [0.25, 0.5, 0.75, 1]],
    [100, 'whole', [25, 50, 75, 100]],
    [125, 'seconds', [60, 120, 180, 240]],
  ] as const)('draws four round lines for values up to %d (%s)', (largest, kind, lines) => {
    expect(valueScale(largest, kind).lines).toEqual(lines);
  });

  it('always reaches the largest value with whole lines for counts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (largest) => {
        const { top, lines } = valueScale(largest, 'whole');
        expect(top).toBeGreaterThanOrEqual(largest);
        expect(lines).toHaveLength(4);
        expect(lines.every(Number.isInteger)).toBe(true);
      }),
    );
  });

  it('wastes at most half of its height', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 1e9 }), (largest) => {
        expect(valueScale(largest, 'whole').top).toBeLessThanOrEqual(largest * 2 + 4);
      }),
    );
  });
});
