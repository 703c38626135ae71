import { foldVisitorDay } from '@footfall/core/fold';
import { daySpan } from '@footfall/core/zone';
import type { EventStore } from '@footfall/eventstore/event-store';
import type { DayState, ReportStore, SealedVisitorDay, Sealing } from '@footfall/reportstore/report-store';
import { type FindSite, findGeneration } from './fold-generation.ts';
import type { Pace } from './pace.ts';

const HOUR = 3_600_000;

/** Late events of a day that has just ended are common: sealing waits for them this long. */
export const SEAL_DELAY_MS = 2 * HOUR;

export type SealPorts = {
  store: Pick<EventStore, 'scanSite'>;
  reports: Pick<ReportStore, 'staleDays' | 'sealDays'>;
  siteOf: FindSite;
  /** Holds back months that were sealed just now. */
  pace: Pace;
  onError: (error: unknown, sealing: Sealing) => void;
};

/** Whether a local day ended long enough ago to be sealed. */
export function isSealable(day: string, timezone: string, now: number): boolean {
  return daySpan(timezone, day).to + SEAL_DELAY_MS <= now;
}

async function* foldedDays(
  { siteId, days }: Sealing,
  timezone: string,
  store: SealPorts['store'],
): AsyncGenerator<SealedVisitorDay[]> {
  for (const { day } of days) {
    for await (const events of store.scanSite(siteId, daySpan(timezone, day))) {
      const visitors = Map.groupBy(events, ({ raw }) => raw.visitor);
      yield [...visitors.values()].map((own) => ({ day, facts: foldVisitorDay(own, timezone) }));
    }
  }
}

const monthKey = ({ siteId, generation, day }: DayState) =>
  JSON.stringify([siteId, generation, day.slice(0, 7)]);

/** What of one month can be sealed at a time, and the zone its days are of; null when that is nothing. */
async function planSealings(
  states: readonly DayState[],
  { siteOf }: SealPorts,
  now: number,
): Promise<{ sealing: Sealing; timezone: string } | null> {
  const [first] = states;
  if (first === undefined) return null;
  const { siteId, generation } = first;
  const site = await siteOf(siteId);
  const foldGeneration = site === null ? undefined : findGeneration(site, generation);
  if (foldGeneration === undefined) return null;
  const days = states
    .filter(({ day }) => isSealable(day, foldGeneration.timezone, now))
    .map(({ day, version }) => ({ day, version }));
  if (days.length === 0) return null;
  return {
    sealing: { siteId, generation, month: first.day.slice(0, 7), days },
    timezone: foldGeneration.timezone,
  };
}

/**
 * Folds days that are over into roll-ups and sealed facts, a site's month at a time, oldest first; at most `limit` days are looked
 * at. What changes meanwhile is sealed again in a later round; a month that fails stops no other. Answers how many days were sealed.
 */
export async function sealDays(
  ports: SealPorts,
  { now, limit }: { now: () => number; limit: number },
): Promise<number> {
  // No zone is ahead of UTC by more than 14 h, so no later day can be over.
  const latest = new Date(now() + 14 * HOUR).toISOString().slice(0, 10);
  const stale = await ports.reports.staleDays(latest, limit);
  let sealed = 0;
  for (const [month, states] of Map.groupBy(stale, monthKey)) {
    const began = now();
    if (!ports.pace.isDue(month, began)) continue;
    const found = await planSealings(states, ports, began);
    if (found === null) continue;
    const { sealing, timezone } = found;
    try {
      const done = await ports.reports.sealDays(sealing, foldedDays(sealing, timezone, ports.store));
      if (done) sealed += sealing.days.length;
    } catch (error) {
      ports.onError(error, sealing);
    }
    ports.pace.ran(month, { began, ended: now() });
  }
  return sealed;
}
