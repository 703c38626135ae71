import { type ReportLimit, readReportLimits } from '@footfall/db/count/report-limit';
import type { Cursor, Page } from '@footfall/db/staff/page';
import {
  type DeletedSiteRow,
  findStaffSite,
  listDeletedSites,
  listStaffSites,
  type StaffSite,
} from '@footfall/db/staff/sites';
import { sumLedgers } from '#reports/health.ts';
import { readLedgerByDay } from '#reports/ledger.ts';
import { staffServices } from '#runtime/staff-services.ts';
import { ask, type Known } from './health/known.ts';
import type { WholeInstallation } from './health/ledger.ts';

/** Days that the list counts, and those that a site's ledger shows. */
export const SITE_DAYS = { list: 7, ledger: 14 } as const;
const DAY_MS = 24 * 3_600_000;
/** A site's limits are told of so many days, and sites that are gone of so many. */
const LIMIT_DAYS = 31;
const MOST = { limits: 200, deleted: 50 } as const;

const dayBefore = (now: number, days: number) => new Date(now - days * DAY_MS).toISOString().slice(0, 10);

/** A page of the sites of all tenants, latest first. */
export function loadSites(search: string, after: Cursor | null): Promise<Page<StaffSite>> {
  const { staffPool, clock } = staffServices();
  return listStaffSites(staffPool, { search, after, from: dayBefore(clock.now(), SITE_DAYS.list - 1) });
}

/** Sites that are gone or going, latest first. */
export const loadDeletedSites = (): Promise<DeletedSiteRow[]> =>
  listDeletedSites(staffServices().staffPool, MOST.deleted);

export type LoadedSite = { site: StaffSite; ledger: Known<WholeInstallation>; limits: ReportLimit[] };

/** A site with what became of its events; null where there is none. Its reports are its tenant's. */
export async function loadSite(id: string): Promise<LoadedSite | null> {
  const { staffPool, eventLog, clock } = staffServices();
  const now = clock.now();
  const site = await findStaffSite(staffPool, id, dayBefore(now, SITE_DAYS.list - 1));
  if (site === null) return null;
  // In a zone ahead of ours it is tomorrow already.
  const span = { from: dayBefore(now, SITE_DAYS.ledger - 1), to: dayBefore(now, -1) };
  const [ledger, limits] = await Promise.all([
    ask(async () => {
      const days = await readLedgerByDay(site, span, { pool: staffPool, eventLog });
      return { days, total: sumLedgers(days) };
    }),
    readReportLimits(staffPool, id, { from: dayBefore(now, LIMIT_DAYS), most: MOST.limits }),
  ]);
  return { site, ledger, limits };
}
