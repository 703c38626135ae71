import { describe, expect, it } from 'vitest';
import { throughOf } from './freshness.ts';

const NOW = 1_000_000;

describe('how far the reports reach', () => {
  it('is up to a second ago when nothing waits', () => {
    expect(throughOf([], NOW)).toBe(NOW - 1_000);
    expect(throughOf([{ oldestReceivedAt: null }], NOW)).toBe(NOW - 1_000);
  });

  it('is the oldest event that waits anywhere', () => {
    const lags = [{ oldestReceivedAt: 900_000 }, { oldestReceivedAt: null }, { oldestReceivedAt: 800_000 }];
    expect(throughOf(lags, NOW)).toBe(800_000);
  });

  it('never promises what may still be on its way', () => {
    expect(throughOf([{ oldestReceivedAt: NOW - 10 }], NOW)).toBe(NOW - 1_000);
  });
});
