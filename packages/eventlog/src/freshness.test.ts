import { describe, expect, it } from 'vitest';
import { dataThrough, logReadThrough } from './freshness.ts';

const NOW = 1_000_000;

describe('how far the reports reach', () => {
  it('is up to a second ago when nothing waits', () => {
    expect(logReadThrough([], NOW)).toBe(NOW - 1_000);
    expect(logReadThrough([{ oldestReceivedAt: null }], NOW)).toBe(NOW - 1_000);
  });

  it('is the oldest event that waits anywhere', () => {
    const lags = [{ oldestReceivedAt: 900_000 }, { oldestReceivedAt: null }, { oldestReceivedAt: 800_000 }];
    expect(logReadThrough(lags, NOW)).toBe(800_000);
  });

  it('never promises what may still be on its way', () => {
    expect(logReadThrough([{ oldestReceivedAt: NOW - 10 }], NOW)).toBe(NOW - 1_000);
  });
});

describe('the places where an event may be', () => {
  it('are looked at in the order in which it comes through them', async () => {
    const asked: string[] = [];
    const through = await dataThrough(
      {
        oldestSpooled: async () => {
          asked.push('spool');
          return null;
        },
        log: {
          lag: async (group) => {
            asked.push(group);
            return [];
          },
        },
      },
      NOW,
    );
    expect([asked, through]).toEqual([['spool', 'processor', 'aggregator'], NOW - 1_000]);
  });

  it('bound how far the reports reach, a spool as well', async () => {
    const log = { lag: async () => [] };
    expect(await dataThrough({ log, oldestSpooled: async () => 7 }, NOW)).toBe(7);
  });
});
