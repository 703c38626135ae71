import { foldVisitorDay } from '@footfall/core/fold';
import { MOST_EVENTS_OF_VISITOR_DAY } from '@footfall/core/visitor-day';
import { daySpan, listDays, localDay } from '@footfall/core/zone';
import type { PendingGeneration } from '@footfall/db/tenant/generation';
import type { EventStore } from '@footfall/eventstore/event-store';
import type { ReportStore } from '@footfall/reportstore/report-store';
import { isSealable } from './seal.ts';

export type RegeneratePorts = {
  pending(): Promise<readonly PendingGeneration[]>;
  store: Pick<EventStore, 'scanSite' | 'span'>;
  reports: Pick<ReportStore, 'touchDays' | 'replaceVisitorDays' | 'read'>;
  /** Makes a generation the one in force, unless another is wanted by now. */
  publish(pending: PendingGeneration): Promise<void>;
};

/** What this process knows of a generation in the making: since when, epoch milliseconds, and its days. */
type Begun = { at: number; over: readonly string[]; open: readonly string[] };

/** Notes all days that are over, so that sealing folds them; answers the days of the site. */
async function begin(pending: PendingGeneration, ports: RegeneratePorts, now: number): Promise<Begun> {
  const { siteId, generation, timezone } = pending;
  const span = await ports.store.span(siteId);
  if (span === null) return { at: now, over: [], open: [] };
  // Events may be dated an hour ahead, and more arrive while this runs.
  const days = listDays(localDay(timezone, span.from), localDay(timezone, Math.max(span.to, now)));
  const over = days.filter((day) => isSealable(day, timezone, now));
  // Every aggregator begins: what one of them has noted, or sealed, needs no other.
  const states = await ports.reports.read((reader) => reader.dayStates(siteId, generation, null, null));
  const noted = new Set(states.map(({ day }) => day));
  const touched = over
    .filter((day) => !noted.has(day))
    .map((day) => ({ siteId, generation, day, receivedAt: daySpan(timezone, day).from }));
  if (touched.length > 0) await ports.reports.touchDays(touched);
  return { at: now, over, open: days.filter((day) => !isSealable(day, timezone, now)) };
}

async function isSealed(
  { siteId, generation }: PendingGeneration,
  { over }: Begun,
  { reports }: RegeneratePorts,
): Promise<boolean> {
  const states = await reports.read((reader) => reader.dayStates(siteId, generation, null, null));
  const sealed = new Set(states.filter((state) => state.sealedVersion !== null).map(({ day }) => day));
  return over.every((day) => sealed.has(day));
}

async function foldOpenDays(
  pending: PendingGeneration,
  { open }: Begun,
  ports: RegeneratePorts,
): Promise<void> {
  const { siteId, generation, timezone } = pending;
  for (const day of open) {
    const span = daySpan(timezone, day);
    for await (const events of ports.store.scanSite(siteId, span, MOST_EVENTS_OF_VISITOR_DAY)) {
      const visitors = Map.groupBy(events, ({ raw }) => raw.visitor);
      await ports.reports.replaceVisitorDays(
        [...visitors].map(([visitor, own]) => {
          const facts = foldVisitorDay(own, timezone);
          const receivedAt = Math.min(...own.map(({ raw }) => raw.receivedAt));
          return { siteId, generation, day, visitor, receivedAt, facts };
        }),
      );
    }
  }
}

/** Carries generations in the making on, step by step; call it again and again. */
export type Regeneration = { step(now: number): Promise<void> };

/**
 * Folds the history of sites anew beside the one in force: notes the days that are over (sealing does them), folds the open
 * ones once everybody writes to both, and puts the new generation in force when it is whole. After a restart it begins again;
 * doing a step twice changes nothing. After `heardMs` milliseconds every process has heard of a change of a site, so that new events
 * are folded into both generations from then on.
 */
export function createRegeneration(ports: RegeneratePorts, { heardMs }: { heardMs: number }): Regeneration {
  const begun = new Map<string, Begun>();
  return {
    step: async (now) => {
      const wanted = await ports.pending();
      const keys = new Set<string>();
      for (const pending of wanted) {
        const key = JSON.stringify([pending.siteId, pending.generation]);
        keys.add(key);
        const known = begun.get(key);
        if (known === undefined) {
          begun.set(key, await begin(pending, ports, now));
        } else if (now - known.at >= heardMs && (await isSealed(pending, known, ports))) {
          await foldOpenDays(pending, known, ports);
          await ports.publish(pending);
        }
      }
      for (const key of begun.keys()) if (!keys.has(key)) begun.delete(key);
    },
  };
}
