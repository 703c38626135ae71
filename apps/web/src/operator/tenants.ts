import { buildLedger, type Ledger } from '@footfall/core/ledger';
import type { Cursor, Page } from '@footfall/db/staff/page';
import {
  findTenant,
  type LedgerLine,
  listTenants,
  MOST_SEARCHED,
  type TenantDetails,
  type TenantRow,
} from '@footfall/db/staff/tenants';
import { staffServices } from '#runtime/staff-services.ts';

export { MOST_SEARCHED };

const DAY_MS = 24 * 3_600_000;

/** Days of the ledger that are shown. */
export const LEDGER_DAYS = 14;

/** A page of the installation's tenants, latest first. */
export function loadTenants(search: string, after: Cursor | null): Promise<Page<TenantRow>> {
  const { staffPool, clock } = staffServices();
  return listTenants(staffPool, { search, after, now: clock.now() });
}

export type LedgerDay = Ledger & { day: string };

const sumCounts = (lines: readonly LedgerLine[]): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const { outcome, count } of lines) sums.set(outcome, (sums.get(outcome) ?? 0) + count);
  return sums;
};

/** The ledger of each day, latest first, and of all. What waits in the log is in none: it has no tenant yet. */
function summarise(lines: readonly LedgerLine[]): { days: LedgerDay[]; total: Ledger } {
  const byDay = Map.groupBy(lines, ({ day }) => day);
  const days = [...byDay]
    .map(([day, ofDay]) => ({ day, ...buildLedger(sumCounts(ofDay), 0) }))
    .sort((a, b) => (a.day < b.day ? 1 : -1));
  return { days, total: buildLedger(sumCounts(lines), 0) };
}

export type LoadedTenant = Omit<TenantDetails, 'ledger'> & { ledger: ReturnType<typeof summarise> };

/** A tenant with what belongs to it; null where there is none. */
export async function loadTenant(id: string): Promise<LoadedTenant | null> {
  const { staffPool, clock } = staffServices();
  const now = clock.now();
  const from = new Date(now - (LEDGER_DAYS - 1) * DAY_MS).toISOString().slice(0, 10);
  const tenant = await findTenant(staffPool, id, { from, now });
  return tenant === null ? null : { ...tenant, ledger: summarise(tenant.ledger) };
}
