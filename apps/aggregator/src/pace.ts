import { LRUCache } from 'lru-cache';

/** Between two runs of one thing lies at least this many times what the first took, milliseconds at least and at most. */
const REST = { times: 3, least: 1_000, most: 60_000 };

/** Months that were sealed lately are few; others are due at once. */
const REMEMBERED = 10_000;

/** Holds back what was just done, so that events which trickle in late cost at most a quarter of the time. Times are epoch milliseconds. */
export type Pace = {
  isDue(key: string, now: number): boolean;
  ran(key: string, took: { began: number; ended: number }): void;
};

/** A pace that remembers the latest runs of this process. */
export function createPace(): Pace {
  const dueAt = new LRUCache<string, number>({ max: REMEMBERED });
  return {
    isDue: (key, now) => (dueAt.get(key) ?? Number.NEGATIVE_INFINITY) <= now,
    ran: (key, { began, ended }) => {
      const rest = Math.min(REST.most, Math.max(REST.least, REST.times * (ended - began)));
      dueAt.set(key, ended + rest);
    },
  };
}
