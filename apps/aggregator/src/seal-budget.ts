import type { MonthUse, SealUse } from '@footfall/db/count/seal-use';
import { LRUCache } from 'lru-cache';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

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

/** Where all aggregators tell each other what they have used; see packages/db/src/count/seal-use.ts. */
export type SealUseStore = {
  add(use: SealUse): Promise<void>;
  read(siteIds: readonly string[], day: string): Promise<readonly SealUse[]>;
};

type SiteUse = { day: string; workMs: number; dueAt: number; months: Map<string, MonthUse> };

/**
 * How often the past of a site is sealed again. Each new event of a day that was sealed rewrites its month, whoever sent it: so changes
 * are gathered, longer the more often a month comes and the more it costs. Times are epoch milliseconds.
 */
export type SealBudget = {
  /** Hears what others, and this process before it was started again, have used of some sites' days. */
  refresh(siteIds: readonly string[], now: number): Promise<void>;
  isDue(of: SealedMonth, now: number): boolean;
  /** Notes a run, and tells others. Answers how much work the day has had when its budget is used up, milliseconds; else null. */
  ran(of: SealedMonth, took: { began: number; ended: number }): Promise<number | null>;
};

const utcDay = (now: number): string => new Date(now).toISOString().slice(0, 10);

function restOfMonth(runs: number, tookMs: number): number {
  const doubled = BUDGET.leastRestMs * 2 ** Math.max(0, runs - BUDGET.quickRuns);
  return Math.min(BUDGET.mostRestMs, Math.max(BUDGET.restTimes * tookMs, doubled));
}

/** Takes over what others have told of a day. What they could not be told of is known here alone, and stands. */
function takeOver(use: SiteUse, told: SealUse): void {
  use.workMs = Math.max(use.workMs, told.workMs);
  use.dueAt = Math.max(use.dueAt, told.dueAt);
  for (const [month, one] of Object.entries(told.months))
    if (one.dueAt > (use.months.get(month)?.dueAt ?? 0)) use.months.set(month, one);
}

/** A budget that all aggregators of a store share. */
export function createSealBudget(store: SealUseStore): SealBudget {
  const sites = new LRUCache<string, SiteUse>({ max: REMEMBERED });
  const findUse = (siteId: string, now: number): SiteUse => {
    const known = sites.get(siteId);
    if (known?.day === utcDay(now)) return known;
    const fresh: SiteUse = { day: utcDay(now), workMs: 0, dueAt: 0, months: new Map() };
    sites.set(siteId, fresh);
    return fresh;
  };
  return {
    refresh: async (siteIds, now) => {
      for (const told of await store.read(siteIds, utcDay(now))) takeOver(findUse(told.siteId, now), told);
    },
    isDue: ({ siteId, month }, now) => {
      const use = findUse(siteId, now);
      const known = use.months.get(month);
      if (known === undefined) return true;
      return known.dueAt <= now && use.dueAt <= now;
    },
    ran: async ({ siteId, month }, { began, ended }) => {
      const use = findUse(siteId, ended);
      const runs = (use.months.get(month)?.runs ?? 0) + 1;
      const tookMs = ended - began;
      const own = { runs, dueAt: ended + restOfMonth(runs, tookMs) };
      use.months.set(month, own);
      const workMs = runs === 1 ? 0 : tookMs;
      use.workMs += workMs;
      const isUsedUp = use.workMs > BUDGET.workMs;
      if (runs > 1) use.dueAt = ended + (isUsedUp ? BUDGET.restTimesBeyond : BUDGET.restTimes) * tookMs;
      const usedUpMs = runs > 1 && isUsedUp ? use.workMs : null;
      await store.add({ siteId, day: use.day, workMs, dueAt: use.dueAt, months: { [month]: own } });
      return usedUpMs;
    },
  };
}
