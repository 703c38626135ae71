import { oldestSpooled } from '@footfall/db/count/spool-backlog';
import type { EventLog } from '@footfall/eventlog/event-log';
import { dataThrough } from '@footfall/eventlog/freshness';
import type { Pool } from '@footfall/postgres/pool';
import type { DayState, ReportStore } from '@footfall/reportstore/report-store';

/** Days that are looked at; an installation with more that wait has other worries. */
const MOST_DAYS = 10_000;

/** How far the reports of all sites reach: what the API answers as `data_through` when all that is there is asked for. */
export type Freshness = {
  /** Every event received before it is in the reports. */
  data_through: string;
  seconds_behind: number;
  /** Days that lack something, and wait to be made anew; and of how many sites. */
  waiting_days: number;
  waiting_sites: number;
};

export type FreshnessPorts = {
  log: Pick<EventLog, 'lag'>;
  pool: Pool;
  reports: Pick<ReportStore, 'staleDays'>;
};

// By the view that a role which looks at all tenants may read.
const IN_FORCE = `
SELECT g.site_id AS "siteId", g.generation FROM unnest($1::text[], $2::integer[]) AS g(site_id, generation)
JOIN staff.site s ON s.id = g.site_id AND s.generation = g.generation`;

/** Those days that reports show: of sites that are there, in the generation in force. */
async function shownDays(pool: Pool, states: readonly DayState[]): Promise<DayState[]> {
  const name = ({ siteId, generation }: Pick<DayState, 'siteId' | 'generation'>) =>
    JSON.stringify([siteId, generation]);
  const distinct = [...new Map(states.map((state) => [name(state), state])).values()];
  const { rows } = await pool.query<Pick<DayState, 'siteId' | 'generation'>>(IN_FORCE, [
    distinct.map(({ siteId }) => siteId),
    distinct.map(({ generation }) => generation),
  ]);
  const inForce = new Set(rows.map(name));
  return states.filter((state) => inForce.has(name(state)));
}

async function oldestDeferredFold(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ oldest: number | null }>(
    'SELECT min(received_at) AS oldest FROM deferred_fold',
  );
  return rows[0]?.oldest ?? Number.POSITIVE_INFINITY;
}

/** How far the reports reach at a time (epoch milliseconds): through the log, visitor-days that wait, and days that wait to be sealed. */
export async function readFreshness({ log, pool, reports }: FreshnessPorts, now: number): Promise<Freshness> {
  // In the order in which an event goes: looked at so, it cannot slip through between two.
  const logged = await dataThrough({ log, oldestSpooled: () => oldestSpooled(pool) }, now);
  const deferred = await oldestDeferredFold(pool);
  const stale = (await reports.staleDays('9999-12-31', MOST_DAYS)).filter(
    ({ dirtySince }) => dirtySince !== null,
  );
  const days = await shownDays(pool, stale);
  const since = days.map(({ dirtySince }) => dirtySince ?? Number.POSITIVE_INFINITY);
  const through = since.reduce((oldest, at) => Math.min(oldest, at), Math.min(logged, deferred));
  return {
    data_through: new Date(through).toISOString(),
    seconds_behind: Math.round((now - through) / 1000),
    waiting_days: days.length,
    waiting_sites: new Set(days.map(({ siteId }) => siteId)).size,
  };
}
