import { buildLedger, type Ledger } from '@footfall/core/ledger';
import { readSpooled, readWholeLedger } from '@footfall/db/staff/ledger';
import { sumLedgers } from '#reports/health.ts';
import { COUNTED, type LedgerOfDay, sumPending } from '#reports/ledger.ts';
import type { StaffServices } from '#runtime/staff-services.ts';

/** The ledgers of an installation's last days, latest first, and of all of them. */
export type WholeInstallation = { days: readonly LedgerOfDay[]; total: Ledger };

/** Days that are shown. */
export const LEDGER_DAYS = 7;
const DAY_MS = 24 * 3_600_000;

/**
 * What became of the events of all sites by their local days of receipt: what was counted and up to where in the log, then what lies behind,
 * then what collectors hold; in this order nothing is counted twice.
 */
export async function readLedgerOfAll(
  { staffPool, eventLog }: Pick<StaffServices, 'staffPool' | 'eventLog'>,
  now: number,
): Promise<WholeInstallation> {
  const from = new Date(now - (LEDGER_DAYS - 1) * DAY_MS).toISOString().slice(0, 10);
  const { days, positions } = await readWholeLedger(staffPool, from);
  const tallies = await Promise.all(COUNTED.map((topic) => eventLog.tally(topic, positions, null)));
  const waiting = [...tallies, await readSpooled(staffPool, from)];
  const all = new Set([...days.keys(), ...waiting.flatMap((tally) => [...tally.keys()])]);
  const ledgers = [...all]
    .filter((day) => day >= from)
    .sort((a, b) => (a < b ? 1 : -1))
    .map((day) => ({
      day,
      ...buildLedger(days.get(day) ?? new Map(), sumPending(waiting, { from: day, to: day })),
    }));
  return { days: ledgers, total: sumLedgers(ledgers) };
}
