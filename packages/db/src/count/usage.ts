import type { Pool, PoolClient } from '@footfall/postgres/pool';
import { tenantRows } from '../tenant/transaction.ts';

/** Events of a tenant's sites in a month (UTC, `2026-01`). */
export type Usage = { tenantId: string; month: string; events: number };

/** A collector must not wait long for what it only counts, milliseconds. */
const TIMEOUT_MS = 2_000;

const HOUR_MS = 3_600_000;
/** The last answer of {@link utcMonth}: it is asked for each event, and nearly always about the same hour. */
let lastMonth = { hour: Number.NaN, month: '' };

/** The month of an instant (epoch milliseconds) by which use is counted: of UTC, since a tenant's sites may lie in many zones. */
export function utcMonth(instant: number): string {
  const hour = Math.floor(instant / HOUR_MS);
  if (hour !== lastMonth.hour) lastMonth = { hour, month: new Date(instant).toISOString().slice(0, 7) };
  return lastMonth.month;
}

/** What a plan is used up by: what the ledger has counted, and what was taken and is on its way to it. */
export const USED = 'u.counted + greatest(0, u.events - u.seen)';

const ADD = `
INSERT INTO usage_month AS u (tenant_id, month, events)
SELECT l.tenant_id, l.month, l.events FROM unnest($1::text[], $2::text[], $3::bigint[]) AS l(tenant_id, month, events)
JOIN tenant t ON t.id = l.tenant_id ORDER BY 1, 2
ON CONFLICT (tenant_id, month) DO UPDATE SET events = u.events + excluded.events
RETURNING tenant_id AS "tenantId", month, ${USED} AS events`;

/** Adds what a collector has taken; answers what each tenant has used by now. Tenants that are gone are left out. */
export async function addUsage(pool: Pool, used: readonly Usage[]): Promise<Usage[]> {
  const statement = {
    name: 'add-usage',
    text: ADD,
    values: [
      used.map(({ tenantId }) => tenantId),
      used.map(({ month }) => month),
      used.map(({ events }) => events),
    ],
    query_timeout: TIMEOUT_MS,
  };
  return (await pool.query<Usage>(statement)).rows;
}

const READ = `SELECT ${USED} AS events FROM usage_month u WHERE tenant_id = $1 AND month = $2`;

/** What a tenant has used of its plan in a month. */
export async function readUsage(pool: Pool, tenantId: string, month: string): Promise<number> {
  const statement = { name: 'read-usage', text: READ, values: [tenantId, month], query_timeout: TIMEOUT_MS };
  const { rows } = await tenantRows(pool, tenantId).query<{ events: number }>(statement);
  return rows[0]?.events ?? 0;
}

/** What the ledger says of a site's month: events that it has seen, and what counts of them. */
export type SiteUsage = { siteId: string; month: string; seen: number; counted: number };

// In one order, as collectors add: so neither waits for the other in a circle. A site that is gone counts for nobody.
const COUNT = `
INSERT INTO usage_month AS u (tenant_id, month, events, seen, counted)
SELECT s.tenant_id, l.month, 0, sum(l.seen)::bigint, greatest(0, sum(l.counted))::bigint
FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) AS l(site_id, month, seen, counted)
JOIN site s ON s.id = l.site_id GROUP BY 1, 2 ORDER BY 1, 2
ON CONFLICT (tenant_id, month) DO UPDATE SET seen = u.seen + excluded.seen, counted = u.counted + excluded.counted`;

/** Adds what the ledger has counted, in its transaction. */
export async function countUsage(
  client: Pick<PoolClient, 'query'>,
  used: readonly SiteUsage[],
): Promise<void> {
  if (used.length === 0) return;
  await client.query(COUNT, [
    used.map(({ siteId }) => siteId),
    used.map(({ month }) => month),
    used.map(({ seen }) => seen),
    used.map(({ counted }) => counted),
  ]);
}
