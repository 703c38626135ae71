import { foldVisitorDay } from '@footfall/core/fold';
import { MOST_EVENTS_OF_VISITOR_DAY } from '@footfall/core/visitor-day';
import { daySpan } from '@footfall/core/zone';
import type { DeferredFold } from '@footfall/db/count/deferred-fold';
import { LRUCache } from 'lru-cache';
import { findGeneration } from './fold-generation.ts';
import { type FoldPorts, replaceFacts } from './fold-touched.ts';
import { isSealable, type LimitNotes } from './seal.ts';

export type DeferredPorts = Omit<FoldPorts, 'defer'> & {
  /** The one that waits longest of all sites but those given; see db/count/deferred-fold.ts. */
  claim(resting: readonly string[]): Promise<DeferredFold | null>;
  finish(fold: DeferredFold): Promise<void>;
  /** Absent: nobody asks. */
  limits?: Pick<LimitNotes, 'add'>;
};

/** After a fold its site rests so many times what it took, at most so long: one site's visitors cost a quarter of the time. */
const REST = { times: 3, mostMs: 60_000 };

/** Sites that rest at the same time. */
const REMEMBERED = 1_000;

/** Folds one visitor-day, unless its day is over: then it is noted, and sealed as a whole. */
async function foldOne(fold: DeferredFold, ports: DeferredPorts, now: number): Promise<void> {
  const { siteId, generation, day, visitor, receivedAt } = fold;
  const site = await ports.siteOf(siteId);
  const timezone = site === null ? undefined : findGeneration(site, generation)?.timezone;
  // A site or a generation that is gone needs no facts.
  if (timezone === undefined) return;
  if (isSealable(day, timezone, now)) {
    await ports.reports.touchDays([{ siteId, generation, day, receivedAt }]);
    return;
  }
  const span = { siteId, visitor, ...daySpan(timezone, day) };
  const [events = []] = await ports.store.readVisitors([span], MOST_EVENTS_OF_VISITOR_DAY);
  // How many there are is known when the day is sealed.
  if (events.length >= MOST_EVENTS_OF_VISITOR_DAY)
    await ports.limits?.add(siteId, { day, kind: 'visitor_days', dimension: '', count: 1 });
  const facts = foldVisitorDay(events, timezone);
  await replaceFacts([{ siteId, generation, day, visitor, receivedAt, facts }], ports);
}

/** Folds what waits, one after the other; call it again and again. Answers how many it folded. */
export type DeferredFolding = { step(): Promise<number> };

/**
 * Folds visitor-days with many events: each new event folds all of them anew, so what changes meanwhile is gathered, the longer the
 * more a fold costs, and sites take turns. Until it is done `data_through` of the site is no later than what waits.
 */
export function createDeferredFolding(ports: DeferredPorts, now: () => number): DeferredFolding {
  const dueAt = new LRUCache<string, number>({ max: REMEMBERED });
  const resting = () => [...dueAt.entries()].filter(([, at]) => at > now()).map(([siteId]) => siteId);
  return {
    step: async () => {
      for (let folded = 0; ; folded += 1) {
        const fold = await ports.claim(resting());
        if (fold === null) return folded;
        const began = now();
        await foldOne(fold, ports, began);
        await ports.finish(fold);
        const ended = now();
        dueAt.set(fold.siteId, ended + Math.min(REST.mostMs, REST.times * (ended - began)));
      }
    },
  };
}
