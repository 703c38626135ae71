import { Failure } from '@footfall/core/failure';
import { foldVisitorDay } from '@footfall/core/fold';
import type { Touched } from '@footfall/core/touched';
import { daySpan, listDays, localDay } from '@footfall/core/zone';
import type { DeferredFold } from '@footfall/db/count/deferred-fold';
import type { LogBatch } from '@footfall/eventlog/event-log';
import type { EventStore } from '@footfall/eventstore/event-store';
import type { ReportStore, TouchedDay } from '@footfall/reportstore/report-store';
import { type FindSite, type FoldableSite, type FoldGeneration, listGenerations } from './fold-generation.ts';
import type { Reopening } from './reopen.ts';
import { isSealable } from './seal.ts';

export type FoldPorts = {
  store: Pick<EventStore, 'readVisitors'>;
  /** Notes visitor-days to be folded by {@link import('./fold-deferred.ts').foldDeferred}. */
  defer(folds: readonly DeferredFold[]): Promise<void>;
  reports: Pick<ReportStore, 'replaceVisitorDays' | 'touchDays'>;
  /** Told of days that were sealed, or wait to be, though they are not over; see reopen.ts. */
  reopen: Reopening;
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

/** Visitor-days that are read at once: what is found of them is held in memory. */
const AT_ONCE = 100;

/** Visitor-days with more events than this are folded apart; see fold-deferred.ts. */
export const FEW_EVENTS = 1_000;

type Folded = Parameters<ReportStore['replaceVisitorDays']>[0][number];

/** Folds visitor-days with few events; answers which have many. No more is read of these than it takes to see it. */
async function foldFew(
  visitorDays: readonly VisitorDay[],
  { store }: Pick<FoldPorts, 'store'>,
): Promise<{ folded: Folded[]; many: VisitorDay[] }> {
  const spans = visitorDays.map(({ siteId, visitor, day, foldGeneration }) => ({
    siteId,
    visitor,
    ...daySpan(foldGeneration.timezone, day),
  }));
  const events = await store.readVisitors(spans, FEW_EVENTS + 1);
  const many = visitorDays.filter((_, index) => (events[index]?.length ?? 0) > FEW_EVENTS);
  const folded = visitorDays.flatMap(({ siteId, day, visitor, foldGeneration, receivedAt }, index) => {
    const own = events[index] ?? [];
    if (own.length > FEW_EVENTS) return [];
    const { generation, timezone } = foldGeneration;
    return [{ siteId, generation, day, visitor, receivedAt, facts: foldVisitorDay(own, timezone) }];
  });
  return { folded, many };
}

/** Replaces the facts of visitor-days that are not over; one that the store cannot hold is told of, since the same again would be refused for ever. */
export async function replaceFacts(
  folded: readonly Folded[],
  {
    reports,
    onRefused,
    reopen,
  }: Pick<FoldPorts, 'onRefused' | 'reopen'> & { reports: Pick<ReportStore, 'replaceVisitorDays'> },
): Promise<void> {
  try {
    const behind = await reports.replaceVisitorDays(folded);
    if (behind.length > 0) await reopen(behind);
  } catch (error) {
    // All others of the call are written.
    if (!(error instanceof Failure) || error.code !== 'visitor_day_refused') throw error;
    onRefused(error);
  }
}

function toDeferred({ siteId, day, visitor, foldGeneration, receivedAt }: VisitorDay): DeferredFold {
  return { siteId, generation: foldGeneration.generation, day, visitor, receivedAt };
}

/**
 * Takes a batch of `touched` records: visitor-days of open days are folded again, from all their events, and their facts
 * replaced; those with many events are noted to be folded apart, so that they hold up no others; days that are over are noted, so that
 * they are sealed (again) as a whole. Repeats change nothing, so a batch may come twice. `stillOwned` is asked before writing: another
 * aggregator may have taken the partition, and must not be overwritten by an older reading. `now` is epoch milliseconds.
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
  for (let from = 0; from < open.length; from += AT_ONCE) {
    const { folded, many } = await foldFew(open.slice(from, from + AT_ONCE), ports);
    if (many.length > 0) await ports.defer(many.map(toDeferred));
    if (!stillOwned()) return;
    if (folded.length > 0) await replaceFacts(folded, ports);
  }
}
