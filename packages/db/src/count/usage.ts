import type { Pool } from '@footfall/postgres/pool';
import { tenantRows } from '../tenant/transaction.ts';

/** Events that a tenant's sites have sent in a month (UTC, `2026-01`). */
export type Usage = { tenantId: string; month: string; events: number };

/** A collector must not wait long for what it only counts, milliseconds. */
const TIMEOUT_MS = 2_000;

/** The month of an instant (epoch milliseconds) by which use is counted: of UTC, since a tenant's sites may lie in many zones. */
export function utcMonth(instant: number): string {
  return new Date(instant).toISOString().slice(0, 7);
}

const ADD = `
INSERT INTO usage_month AS u (tenant_id, month, events)
SELECT l.tenant_id, l.month, l.events FROM unnest($1::text[], $2::text[], $3::bigint[]) AS l(tenant_id, month, events)
JOIN tenant t ON t.id = l.tenant_id ORDER BY 1, 2
ON CONFLICT (tenant_id, month) DO UPDATE SET events = u.events + excluded.events
RETURNING tenant_id AS "tenantId", month, events`;

/** Adds what a collector has taken; answers what all of them have taken by now. Tenants that are gone are left out. */
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

// What a collector that was killed had not told yet is in the ledger by now; and a plan that gets a limit in the middle of a month has
// nothing but the ledger.
const READ = `
SELECT greatest(
  coalesce((SELECT events FROM usage_month WHERE tenant_id = $1 AND month = $2), 0),
  coalesce((SELECT sum(l.count) FROM ledger_day l JOIN site s ON s.id = l.site_id
    WHERE s.tenant_id = $1 AND l.outcome = 'stored' AND l.day >= $2 || '-01' AND l.day <= $2 || '-31'), 0))::bigint AS events`;

/** Events that a tenant has sent in a month, engagement among them. */
export async function readUsage(pool: Pool, tenantId: string, month: string): Promise<number> {
  const statement = { name: 'read-usage', text: READ, values: [tenantId, month], query_timeout: TIMEOUT_MS };
  const { rows } = await tenantRows(pool, tenantId).query<{ events: number }>(statement);
  return rows[0]?.events ?? 0;
}
