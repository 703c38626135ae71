import { foldVisitorDay } from '@footfall/core/fold';
import { DayRollUp } from '@footfall/core/roll-up';
import type { StoredEvent } from '@footfall/core/stored-event';
import { daySpan } from '@footfall/core/zone';
import type { EventStore } from '@footfall/eventstore/event-store';
import type { DayState, ReportStore } from '@footfall/reportstore/report-store';
import type { FoldPorts } from './fold-touched.ts';

const HOUR = 3_600_000;

/** Late events of a day that has just ended are common: sealing waits for them this long. */
export const SEAL_DELAY_MS = 2 * HOUR;

export type SealPorts = {
  store: Pick<EventStore, 'scanSite'>;
  reports: Pick<ReportStore, 'unsealedDays' | 'sealDay'>;
  siteOf: FoldPorts['siteOf'];
};

function byVisitor(events: readonly StoredEvent[]): StoredEvent[][] {
  return [...Map.groupBy(events, ({ raw }) => raw.visitor).values()];
}

/** Seals one day; answers false when its facts changed meanwhile or its site is gone. */
async function sealOne(state: DayState, ports: SealPorts): Promise<boolean> {
  const site = await ports.siteOf(state.siteId);
  if (site === null || site.generation !== state.generation) return false;
  const total = new DayRollUp();
  for await (const events of ports.store.scanSite(state.siteId, daySpan(site.timezone, state.day))) {
    for (const visitorDay of byVisitor(events)) total.add(foldVisitorDay(visitorDay, site.timezone));
  }
  return ports.reports.sealDay(state, total.rows());
}

/** Whether a local day ended long enough ago to be sealed. */
export function isSealable(day: string, timezone: string, now: number): boolean {
  return daySpan(timezone, day).to + SEAL_DELAY_MS <= now;
}

/**
 * Folds days that are over into roll-ups, oldest first, at most `limit`. A day that changes meanwhile is left for the
 * next round. Answers how many were sealed.
 */
export async function sealDays(
  ports: SealPorts,
  { now, limit }: { now: number; limit: number },
): Promise<number> {
  // No zone is ahead of UTC by more than 14 h, so no later day can be over.
  const latest = new Date(now + 14 * HOUR).toISOString().slice(0, 10);
  let sealed = 0;
  for (const state of await ports.reports.unsealedDays(latest, limit)) {
    const site = await ports.siteOf(state.siteId);
    if (site === null || !isSealable(state.day, site.timezone, now)) continue;
    if (await sealOne(state, ports)) sealed += 1;
  }
  return sealed;
}
