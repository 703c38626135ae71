import { describe, expect, it } from 'vitest';
import { changeOf } from './change.ts';

describe('the change against the period before', () => {
  it.each([
    [1, 3, -67],
    [4, 0, 100],
    [0, 0, 0],
    [0, 8, -100],
    [3, 2, 50],
    // Half a percent goes away from zero.
    [201, 200, 1],
    [199, 200, -1],
    [1.55, 1.5, 3],
  ])('of %d after %d is %d %%', (now, then, change) => expect(changeOf(now, then)).toBe(change));

  it('is nothing where there was nothing to divide by', () => {
    expect(changeOf(null, 3)).toBeNull();
    expect(changeOf(3, null)).toBeNull();
  });
});
