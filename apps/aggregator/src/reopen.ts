import type { Touched } from '@footfall/core/touched';
import { daySpan } from '@footfall/core/zone';
import type { EventLog, LogRecord } from '@footfall/eventlog/event-log';
import type { EventStore } from '@footfall/eventstore/event-store';
import type { DayKey, ReportStore } from '@footfall/reportstore/report-store';
import { type FindSite, findGeneration } from './fold-generation.ts';
import { isSealable } from './seal.ts';

export type ReopenPorts = {
  store: Pick<EventStore, 'scanSite'>;
  log: Pick<EventLog, 'append'>;
  reports: Pick<ReportStore, 'reopenDays' | 'settleDays'>;
  siteOf: FindSite;
  /** Told of each day that is opened again. */
  onReopened(day: DayKey): void;
};

/** A day that is sealed by then anyway is left to that: it may be over on the clock of whoever sealed it. Milliseconds. */
const SOON_MS = 10 * 60_000;

/** What finds out of a visitor only that there is one, and since when. */
const FIRST_EVENT = 1;

/** Opens days again that were sealed before they were over. */
export type Reopening = (days: readonly DayKey[]) => Promise<void>;

/** Has all visitors of a day folded again, by whoever has their partition: so no older reading replaces a newer one. */
async function touchVisitors(
  { siteId, day }: DayKey,
  zone: string,
  { store, log }: Pick<ReopenPorts, 'store' | 'log'>,
): Promise<void> {
  for await (const events of store.scanSite(siteId, daySpan(zone, day), FIRST_EVENT)) {
    const visitors = new Map(events.map(({ raw }) => [raw.visitor, raw.receivedAt]));
    const records = [...visitors].map(([visitor, receivedAt]): LogRecord => {
      const touched: Touched = { siteId, day, zone, visitor };
      return { topic: 'touched', key: `${siteId}:${visitor}`, value: JSON.stringify(touched), receivedAt };
    });
    await log.append(records);
  }
}

/**
 * A day that is sealed or waits to be, and is not over, was taken for over by a clock that was ahead. It is opened, and says that it
 * lacks what it lacks, until all that it has is noted to be folded; from then on the log tells how far it is. Who is cut off does it again
 * with the next event of the day: it is still behind then. Of several who want the same day at once, one works.
 */
export function createReopening(ports: ReopenPorts, now: () => number): Reopening {
  const { reports, siteOf, onReopened } = ports;
  const working = new Map<string, Promise<void>>();
  const work = async (day: DayKey): Promise<void> => {
    const site = await siteOf(day.siteId);
    const zone = site === null ? undefined : findGeneration(site, day.generation)?.timezone;
    if (zone === undefined || isSealable(day.day, zone, now() + SOON_MS)) return;
    await reports.reopenDays([day]);
    await touchVisitors(day, zone, ports);
    await reports.settleDays([day]);
    onReopened(day);
  };
  return async (days) => {
    for (const day of days) {
      const key = JSON.stringify([day.siteId, day.generation, day.day]);
      const begun = working.get(key) ?? work(day).finally(() => working.delete(key));
      working.set(key, begun);
      await begun;
    }
  };
}
