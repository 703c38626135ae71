import type { VisitorDayFacts } from '@footfall/core/fact';
import { foldVisitorDay } from '@footfall/core/fold';
import type { Touched } from '@footfall/core/touched';
import { daySpan, localDay } from '@footfall/core/zone';
import type { LogBatch } from '@footfall/eventlog/event-log';
import type { EventStore } from '@footfall/eventstore/event-store';
import type { ReportStore } from '@footfall/reportstore/report-store';

/** What folding must know of a site. */
export type FoldableSite = { timezone: string; generation: number };

export type FoldPorts = {
  store: Pick<EventStore, 'readVisitors'>;
  reports: Pick<ReportStore, 'replaceVisitorDays'>;
  /** Null for a site that is gone: its visitor-days are left alone. */
  siteOf(siteId: string): Promise<FoldableSite | null>;
};

function distinct(batch: LogBatch): Touched[] {
  const byText = new Map(batch.records.map(({ value }) => [value, value]));
  return [...byText.keys()].map((value) => JSON.parse(value) as Touched);
}

/**
 * Folds every visitor-day of a batch of `touched` records again, from all its events, and replaces its facts. Repeats
 * change nothing, so a batch may come twice. `stillOwned` is asked before writing: another aggregator may have taken
 * the partition, and must not be overwritten by an older reading.
 */
export async function foldTouched(
  batch: LogBatch,
  ports: FoldPorts,
  stillOwned: () => boolean,
): Promise<void> {
  const touched = distinct(batch);
  const sites = new Map<string, FoldableSite | null>();
  for (const { siteId } of touched) {
    if (!sites.has(siteId)) sites.set(siteId, await ports.siteOf(siteId));
  }
  const known = touched.flatMap((key) => {
    const site = sites.get(key.siteId);
    return site ? [{ ...key, site }] : [];
  });
  const spans = known.map(({ siteId, visitor, day, site }) => ({
    siteId,
    visitor,
    ...daySpan(site.timezone, day),
  }));
  const events = await ports.store.readVisitors(spans);
  const visitorDays = known.map(({ siteId, day, visitor, site }, index): VisitorDayFacts => {
    const ofDay = (events[index] ?? []).filter(({ raw }) => localDay(site.timezone, raw.occurredAt) === day);
    return { siteId, generation: site.generation, day, visitor, facts: foldVisitorDay(ofDay, site.timezone) };
  });
  if (visitorDays.length > 0 && stillOwned()) await ports.reports.replaceVisitorDays(visitorDays);
}
