import { buildLedger, type Ledger } from '@footfall/core/ledger';
import { readLedger, readLedgerDays } from '@footfall/db/count/ledger';
import { spooledOfSite } from '@footfall/db/count/spool-backlog';
import type { Site } from '@footfall/db/tenant/site';
import { tenantRows } from '@footfall/db/tenant/transaction';
import type { EventLog } from '@footfall/eventlog/event-log';
import type { Pool } from '@footfall/postgres/pool';
import { services } from '#runtime/services.ts';

/** Local days of receipt, both inclusive; open when null. */
export type LedgerDays = { from: string | null; to: string | null };

/** Topics whose records the ledger counts until it has counted what became of them. */
export const COUNTED = ['events', 'rejected'] as const;

/** How many records of the days wait in the log. */
export function sumPending(
  tallies: readonly ReadonlyMap<string, number>[],
  { from, to }: LedgerDays,
): number {
  const within = (day: string) => (from === null || day >= from) && (to === null || day <= to);
  const counts = tallies.flatMap((tally) => [...tally]).filter(([day]) => within(day));
  return counts.reduce((sum, [, count]) => sum + count, 0);
}

/**
 * The ledger of a site: what was counted and up to where in the log, in one snapshot, then what lies behind, then what collectors
 * hold in their spools. What is counted in between is seen as pending, so nothing is counted twice, and nothing missed but what
 * a collector has spooled in the last second, or hands over at this moment.
 */
export async function readSiteLedger(
  { id: siteId, tenantId }: Pick<Site, 'id' | 'tenantId'>,
  days: LedgerDays,
  { pool, eventLog }: { pool: Pool; eventLog: EventLog } = services(),
): Promise<Ledger> {
  const rows = tenantRows(pool, tenantId);
  const { counts, positions } = await readLedger(rows, { siteId, ...days });
  const tallies = await Promise.all(COUNTED.map((topic) => eventLog.tally(topic, positions, siteId)));
  // After the log: an event is not counted among what is spooled any more when it is handed to the log.
  const spooled = await spooledOfSite(rows, siteId);
  return buildLedger(counts, sumPending([...tallies, spooled], days));
}

/** The ledger of one local day of receipt. */
export type LedgerOfDay = Ledger & { day: string };

/** The ledgers of days (inclusive), latest first, those with nothing in them left out; counted as {@link readSiteLedger} does. */
export async function readLedgerByDay(
  { id: siteId, tenantId }: Pick<Site, 'id' | 'tenantId'>,
  { from, to }: { from: string; to: string },
  { pool, eventLog }: { pool: Pool; eventLog: EventLog } = services(),
): Promise<LedgerOfDay[]> {
  const rows = tenantRows(pool, tenantId);
  const { days, positions } = await readLedgerDays(rows, { siteId, from, to });
  const tallies = await Promise.all(COUNTED.map((topic) => eventLog.tally(topic, positions, siteId)));
  const waiting = [...tallies, await spooledOfSite(rows, siteId)];
  const all = new Set([...days.keys(), ...waiting.flatMap((tally) => [...tally.keys()])]);
  return [...all]
    .filter((day) => day >= from && day <= to)
    .sort((a, b) => (a < b ? 1 : -1))
    .map((day) => ({
      day,
      ...buildLedger(days.get(day) ?? new Map(), sumPending(waiting, { from: day, to: day })),
    }));
}
