import { foldVisitorDay } from '@footfall/core/fold';
import { MOST_EVENTS_OF_VISITOR_DAY } from '@footfall/core/visitor-day';
import { daySpan } from '@footfall/core/zone';
import type { DayLimit, ReportLimit } from '@footfall/db/count/report-limit';
import type { EventStore } from '@footfall/eventstore/event-store';
import type {
  CutValuesOfDay,
  DayState,
  NoteCutValues,
  ReportStore,
  SealedVisitorDay,
  Sealing,
} from '@footfall/reportstore/report-store';
import { type FindSite, findGeneration } from './fold-generation.ts';
import type { SealBudget } from './seal-budget.ts';

const HOUR = 3_600_000;

/** Late events of a day that has just ended are common: sealing waits for them this long. */
export const SEAL_DELAY_MS = 2 * HOUR;

/** Keeps what is beyond a bound, for the site's owner to see; see db/count/report-limit.ts. */
export type LimitNotes = {
  /** In place of what was known of the days. */
  replace(siteId: string, of: { days: readonly string[]; limits: readonly DayLimit[] }): Promise<void>;
  add(siteId: string, limit: ReportLimit): Promise<void>;
};

export type SealPorts = {
  store: Pick<EventStore, 'scanSite'>;
  reports: Pick<ReportStore, 'staleDays' | 'sealDays'>;
  siteOf: FindSite;
  /** Holds back what changes again and again. */
  budget: SealBudget;
  onError: (error: unknown, sealing: Sealing) => void;
  /** Absent: nobody asks. */
  limits?: LimitNotes;
};

/** Whether a local day ended long enough ago to be sealed. */
export function isSealable(day: string, timezone: string, now: number): boolean {
  return daySpan(timezone, day).to + SEAL_DELAY_MS <= now;
}

type Folding = {
  sealing: Sealing;
  timezone: string;
  /** Visitors of a day with as many events as are counted, or more. */
  bounded: Map<string, number>;
};

async function* foldedDays(
  { sealing: { siteId, days }, timezone, bounded }: Folding,
  store: SealPorts['store'],
): AsyncGenerator<SealedVisitorDay[]> {
  for (const { day } of days) {
    for await (const events of store.scanSite(siteId, daySpan(timezone, day), MOST_EVENTS_OF_VISITOR_DAY)) {
      const visitors = Map.groupBy(events, ({ raw }) => raw.visitor);
      const full = [...visitors.values()].filter(({ length }) => length >= MOST_EVENTS_OF_VISITOR_DAY).length;
      if (full > 0) bounded.set(day, (bounded.get(day) ?? 0) + full);
      yield [...visitors.values()].map((own) => ({ day, facts: foldVisitorDay(own, timezone) }));
    }
  }
}

/** Days that ended at most so long ago are sealed before all others. */
const LIVE_MS = 72 * HOUR;
/** Work on the past in one round, milliseconds: after it, days that have just ended come first again. */
const PAST_MS = 5_000;

const monthKey = ({ siteId, generation, day }: DayState) =>
  JSON.stringify([siteId, generation, day.slice(0, 7)]);

type Planned = { sealing: Sealing; timezone: string };

/** What of one month can be sealed at a time, and the zone its days are of; null when that is nothing. */
async function planSealings(
  states: readonly DayState[],
  { siteOf }: SealPorts,
  now: number,
): Promise<Planned | null> {
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

/** Keeps which values of the days stand together, and how many visitors had too many events. */
async function noteLimits(
  { siteId, days }: Sealing,
  { cut, bounded }: { cut: readonly CutValuesOfDay[]; bounded: ReadonlyMap<string, number> },
  { limits }: SealPorts,
): Promise<void> {
  await limits?.replace(siteId, {
    days: days.map(({ day }) => day),
    limits: [
      ...cut.map(({ day, dimension, values }) => ({
        day,
        kind: 'values' as const,
        dimension,
        count: values,
      })),
      ...[...bounded].map(([day, count]) => ({ day, kind: 'visitor_days' as const, dimension: '', count })),
    ],
  });
}

/** Keeps that the site's past is sealed less often today. What cannot be noted stops no sealing. */
async function noteSealing(
  sealing: Sealing,
  { usedUpMs, now }: { usedUpMs: number; now: number },
  { limits, onError }: SealPorts,
): Promise<void> {
  const day = new Date(now).toISOString().slice(0, 10);
  const count = Math.round(usedUpMs / 1_000);
  await limits
    ?.add(sealing.siteId, { day, kind: 'sealing', dimension: '', count })
    .catch((error: unknown) => onError(error, sealing));
}

/** Seals what is due of one month; answers how many days were sealed. A month that fails stops no other. */
async function sealMonth(states: readonly DayState[], ports: SealPorts, now: () => number): Promise<number> {
  const began = now();
  const [first] = states;
  if (first === undefined) return 0;
  const month = { siteId: first.siteId, month: monthKey(first) };
  if (!ports.budget.isDue(month, began)) return 0;
  const planned = await planSealings(states, ports, began);
  if (planned === null) return 0;
  const { sealing, timezone } = planned;
  let sealed = 0;
  try {
    const bounded = new Map<string, number>();
    const facts = foldedDays({ sealing, timezone, bounded }, ports.store);
    const noted: NoteCutValues = (cut) => noteLimits(sealing, { cut, bounded }, ports);
    const done = await ports.reports.sealDays(sealing, facts, noted);
    if (done) sealed = sealing.days.length;
  } catch (error) {
    ports.onError(error, sealing);
  }
  const usedUpMs = await ports.budget.ran(month, { began, ended: now() });
  if (usedUpMs !== null) await noteSealing(sealing, { usedUpMs, now: now() }, ports);
  return sealed;
}

/** Months in which a day is sealed for the first time; others were, and something of them has changed. */
const isFirst = (states: readonly DayState[]): boolean =>
  states.some(({ sealedVersion }) => sealedVersion === null);

/** The earliest day of any zone that ended less than {@link LIVE_MS} ago. */
const firstLiveDay = (now: number): string => new Date(now - LIVE_MS - 14 * HOUR).toISOString().slice(0, 10);

/** The days that wait, by month: those of months with a day that has just ended, and the others, in turns of sites. */
async function waitingMonths(
  reports: Pick<ReportStore, 'staleDays'>,
  now: number,
  limit: number,
): Promise<{ live: DayState[][]; past: DayState[][] }> {
  // No zone is ahead of UTC by more than 14 h, so no later day can be over.
  const latest = new Date(now + 14 * HOUR).toISOString().slice(0, 10);
  const recent = Map.groupBy(await reports.staleDays(latest, limit, firstLiveDay(now)), monthKey);
  const all = Map.groupBy(await reports.staleDays(latest, limit), monthKey);
  // A month is written whole, so all that waits of it goes with its latest days.
  const live = new Set([...recent].filter(([, states]) => isFirst(states)).map(([key]) => key));
  const past = [...all].filter(([key]) => !live.has(key)).map(([, states]) => states);
  return { live: [...live].map((key) => all.get(key) ?? recent.get(key) ?? []), past };
}

/**
 * Folds days that are over into roll-ups and sealed facts, a site's month at a time. Days that have just ended come first, then the
 * past, in which sites take turns and each has its budget: events that somebody dates back delay no other site. At most `limit` days
 * are looked at. What changes meanwhile is sealed again in a later round. Answers how many days were sealed.
 */
export async function sealDays(
  ports: SealPorts,
  { now, limit }: { now: () => number; limit: number },
): Promise<number> {
  const { live, past } = await waitingMonths(ports.reports, now(), limit);
  const waiting = new Set(
    [...live, ...past].flatMap((states) => states.slice(0, 1).map(({ siteId }) => siteId)),
  );
  if (waiting.size > 0) await ports.budget.refresh([...waiting], now());
  let sealed = 0;
  for (const states of live) sealed += await sealMonth(states, ports, now);
  const began = now();
  for (const states of past) {
    if (now() - began > PAST_MS) break;
    sealed += await sealMonth(states, ports, now);
  }
  return sealed;
}
