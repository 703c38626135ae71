import { LRUCache } from 'lru-cache';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 86_400 * SECOND;

/** What sealing the past again may cost one site on one UTC day, in milliseconds of work. */
export const BUDGET = {
  /** Work on months that were sealed on this day already; the first time a day is free, so that an import is there at once. */
  workMs: 10 * MINUTE,
  /** A site's next month that is sealed again waits so many times what the last took: a quarter of the time, */
  restTimes: 3,
  /** and a fiftieth when the day's budget is used up. */
  restTimesBeyond: 49,
  /** Runs of one month on one day that follow each other quickly; each one more doubles the wait. */
  quickRuns: 5,
  leastRestMs: SECOND,
  mostRestMs: 15 * MINUTE,
} as const;

/** Sites with late events today are few; one that is forgotten begins anew. */
const REMEMBERED = 10_000;

/** What is sealed: a month of a site, in a generation. */
export type SealedMonth = { siteId: string; month: string };

type MonthUse = { runs: number; dueAt: number };
type SiteUse = { day: number; workMs: number; dueAt: number; months: Map<string, MonthUse> };

/**
 * How often the past of a site is sealed again. Each new event of a day that was sealed rewrites its month, whoever sent it: so changes
 * are gathered, longer the more often a month comes and the more it costs. Times are epoch milliseconds.
 */
export type SealBudget = {
  isDue(of: SealedMonth, now: number): boolean;
  /** Answers how much work the day has had when its budget is used up, milliseconds; else null. */
  ran(of: SealedMonth, took: { began: number; ended: number }): number | null;
};

const utcDay = (now: number): number => Math.floor(now / DAY);

function restOfMonth(runs: number, tookMs: number): number {
  const doubled = BUDGET.leastRestMs * 2 ** Math.max(0, runs - BUDGET.quickRuns);
  return Math.min(BUDGET.mostRestMs, Math.max(BUDGET.restTimes * tookMs, doubled));
}

/** A budget that this process remembers; another aggregator has its own. */
export function createSealBudget(): SealBudget {
  const sites = new LRUCache<string, SiteUse>({ max: REMEMBERED });
  const findUse = (siteId: string, now: number): SiteUse => {
    const known = sites.get(siteId);
    if (known?.day === utcDay(now)) return known;
    const fresh: SiteUse = {
      day: utcDay(now),
      workMs: 0,
      dueAt: Number.NEGATIVE_INFINITY,
      months: new Map(),
    };
    sites.set(siteId, fresh);
    return fresh;
  };
  return {
    isDue: ({ siteId, month }, now) => {
      const use = findUse(siteId, now);
      const known = use.months.get(month);
      if (known === undefined) return true;
      return known.dueAt <= now && use.dueAt <= now;
    },
    ran: ({ siteId, month }, { began, ended }) => {
      const use = findUse(siteId, ended);
      const runs = (use.months.get(month)?.runs ?? 0) + 1;
      const tookMs = ended - began;
      use.months.set(month, { runs, dueAt: ended + restOfMonth(runs, tookMs) });
      if (runs === 1) return null;
      use.workMs += tookMs;
      const isUsedUp = use.workMs > BUDGET.workMs;
      use.dueAt = ended + (isUsedUp ? BUDGET.restTimesBeyond : BUDGET.restTimes) * tookMs;
      return isUsedUp ? use.workMs : null;
    },
  };
}
