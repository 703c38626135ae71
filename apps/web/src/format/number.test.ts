import { describe, expect, it } from 'vitest';
import { duration, exactValue, shortCount, shortValue, spokenValue } from './number.ts';

describe('a count on screen', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1k'],
    [1_234, '1.23k'],
    [12_314, '12.3k'],
    // Not 1,000k and not 1M: neither has been reached.
    [999_999, '999k'],
    [1_250_000, '1.25M'],
    [7_000_000_000, '7B'],
  ])('writes %d as %s', (value, text) => expect(shortCount(value)).toBe(text));
});

describe('a duration', () => {
  it.each([
    [0, '0s'],
    [59, '59s'],
    [60, '1m 00s'],
    [125, '2m 05s'],
    [3_720, '1h 02m'],
  ])('writes %d seconds as %s', (seconds, text) => expect(duration(seconds)).toBe(text));
});

describe('a value of a metric', () => {
  it('is short on screen and exact for screen readers', () => {
    expect(shortValue(12_314, 'count')).toBe('12.3k');
    expect(exactValue(12_314, 'count')).toBe('12,314');
    expect(shortValue(1.5, 'ratio')).toBe('1.50');
    expect(shortValue(48, 'percent')).toBe('48%');
    expect(exactValue(125, 'seconds')).toBe('2m 05s');
    expect(spokenValue(3_605, 'seconds')).toBe('1 hour 5 seconds');
    expect(spokenValue(61, 'seconds')).toBe('1 minute 1 second');
    expect(spokenValue(0, 'seconds')).toBe('0 seconds');
    expect(spokenValue(12_314, 'count')).toBe('12,314');
  });

  it('says that there was nothing to divide by', () => {
    expect(shortValue(null, 'percent')).toBe('–');
    expect(exactValue(null, 'percent')).toBe('–');
    expect(spokenValue(null, 'percent')).toBe('no data');
  });
});
