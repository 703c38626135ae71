import { Failure } from '@footfall/core/failure';
import { foldVisitorDay } from '@footfall/core/fold';
import type { Touched } from '@footfall/core/touched';
import { daySpan, listDays, localDay } from '@footfall/core/zone';
import type { LogBatch } from '@footfall/eventlog/event-log';
import type { EventStore } from '@footfall/eventstore/event-store';
import type { ReportStore, TouchedDay } from '@footfall/reportstore/report-store';
import { type FindSite, type FoldableSite, type FoldGeneration, listGenerations } from './fold-generation.ts';
import { isSealable } from './seal.ts';

export type FoldPorts = {
  store: Pick<EventStore, 'readVisitors'>;
  reports: Pick<ReportStore, 'replaceVisitorDays' | 'touchDays'>;
  /** Visitor-days of a site that is gone are left alone. */
  siteOf: FindSite;
  /** Told of a visitor-day that the report store cannot hold, such as one of a hundred thousand events: it is left out, and stops no other. */
  onRefused(failure: Failure): void;
};

/** One visitor on one local day of one generation. */
type VisitorDay = {
  siteId: string;
  visitor: string;
  day: string;
  foldGeneration: FoldGeneration;
  receivedAt: number;
};

/** Each visitor-day of a batch once, with the receipt of the oldest event that touched it. */
function distinct(batch: LogBatch): (Touched & { receivedAt: number })[] {
  const oldest = new Map<string, number>();
  for (const { value, receivedAt } of batch.records)
    oldest.set(value, Math.min(receivedAt, oldest.get(value) ?? Number.POSITIVE_INFINITY));
  return [...oldest].map(([value, receivedAt]) => ({ ...(JSON.parse(value) as Touched), receivedAt }));
}

/** The local days of a zone that a day of another meets. */
function daysIn(timezone: string, { day, zone }: Touched): string[] {
  if (zone === timezone) return [day];
  const { from, to } = daySpan(zone, day);
  return listDays(localDay(timezone, from), localDay(timezone, to - 1));
}

async function resolveVisitorDays(batch: LogBatch, siteOf: FoldPorts['siteOf']): Promise<VisitorDay[]> {
  const touched = distinct(batch);
  const sites = new Map<string, FoldableSite | null>();
  for (const { siteId } of touched) {
    if (!sites.has(siteId)) sites.set(siteId, await siteOf(siteId));
  }
  return touched.flatMap((one) => {
    const site = sites.get(one.siteId);
    const { siteId, visitor, receivedAt } = one;
    return site
      ? listGenerations(site).flatMap((foldGeneration) =>
          daysIn(foldGeneration.timezone, one).map((day) => ({
            siteId,
            visitor,
            day,
            foldGeneration,
            receivedAt,
          })),
        )
      : [];
  });
}

/** Days that are over, each once. */
function touchedDays(visitorDays: readonly VisitorDay[]): TouchedDay[] {
  const days = new Map<string, TouchedDay>();
  for (const { siteId, day, foldGeneration, receivedAt } of visitorDays) {
    const { generation } = foldGeneration;
    const key = JSON.stringify([siteId, generation, day]);
    const known = days.get(key);
    if (known === undefined) days.set(key, { siteId, generation, day, receivedAt });
    else known.receivedAt = Math.min(known.receivedAt, receivedAt);
  }
  return [...days.values()];
}

async function fold(visitorDays: readonly VisitorDay[], ports: FoldPorts) {
  const spans = visitorDays.map(({ siteId, visitor, day, foldGeneration }) => ({
    siteId,
    visitor,
    ...daySpan(foldGeneration.timezone, day),
  }));
  const events = await ports.store.readVisitors(spans);
  return visitorDays.map(({ siteId, day, visitor, foldGeneration, receivedAt }, index) => {
    const { generation, timezone } = foldGeneration;
    const facts = foldVisitorDay(events[index] ?? [], timezone);
    return { siteId, generation, day, visitor, receivedAt, facts };
  });
}

/**
 * Takes a batch of `touched` records: visitor-days of open days are folded again, from all their events, and their facts
 * replaced; days that are over are noted, so that they are sealed (again) as a whole. Repeats change nothing, so a batch may come
 * twice. `stillOwned` is asked before writing: another aggregator may have taken the partition, and must not be overwritten by
 * an older reading. `now` is epoch milliseconds.
 */
export async function foldTouched(
  batch: LogBatch,
  ports: FoldPorts,
  { stillOwned, now }: { stillOwned: () => boolean; now: number },
): Promise<void> {
  const visitorDays = await resolveVisitorDays(batch, ports.siteOf);
  const isOver = ({ day, foldGeneration }: VisitorDay) => isSealable(day, foldGeneration.timezone, now);
  const open = visitorDays.filter((one) => !isOver(one));
  const over = touchedDays(visitorDays.filter(isOver));
  if (over.length > 0) await ports.reports.touchDays(over);
  if (open.length === 0) return;
  const folded = await fold(open, ports);
  if (!stillOwned()) return;
  try {
    await ports.reports.replaceVisitorDays(folded);
  } catch (error) {
    // All others of the call are written; the same again would be refused for ever.
    if (!(error instanceof Failure) || error.code !== 'visitor_day_refused') throw error;
    ports.onRefused(error);
  }
}
