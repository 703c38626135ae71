import type { SiteRetention } from '@footfall/core/site-retention';
import type { Pool } from '@footfall/postgres/pool';

/** Entries that go in one statement: a night's delete holds up nobody who writes one. */
const AUDIT_AT_ONCE = 10_000;

/** Deletes the entries of the audit, of all tenants and of the platform, that were written before an instant (epoch milliseconds); answers whether some may be left. */
export async function deleteAuditBefore(pool: Pool, before: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    `DELETE FROM audit_entry WHERE id IN (
       SELECT id FROM audit_entry WHERE created_at < to_timestamp($1 / 1000.0) ORDER BY created_at LIMIT ${AUDIT_AT_ONCE})`,
    [before],
  );
  // Staff does less than all tenants together.
  await pool.query('DELETE FROM platform_audit WHERE created_at < to_timestamp($1 / 1000.0)', [before]);
  return rowCount === AUDIT_AT_ONCE;
}

/** The retention of every site. */
export async function readRetentions(pool: Pool): Promise<({ siteId: string } & SiteRetention)[]> {
  const { rows } = await pool.query<{ siteId: string } & SiteRetention>(
    'SELECT id AS "siteId", retention_days AS "retentionDays", retention_months AS "retentionMonths" FROM site ORDER BY id',
  );
  return rows;
}

/** Deletes imported totals and counts of the ledger of a site's days before one (`YYYY-MM-DD`). */
export async function deleteCountsBefore(pool: Pool, siteId: string, day: string): Promise<void> {
  await pool.query(
    `DELETE FROM imported_total WHERE day < $2::date AND import_id IN (SELECT id FROM import WHERE site_id = $1)`,
    [siteId, day],
  );
  await pool.query('DELETE FROM import WHERE site_id = $1 AND to_day < $2::date', [siteId, day]);
  await pool.query('DELETE FROM report_limit WHERE site_id = $1 AND day < $2', [siteId, day]);
  await pool.query('DELETE FROM ledger_day WHERE site_id = $1 AND day < $2', [siteId, day]);
}

const EXPIRED = ['user_token', 'invitation', 'used_challenge'] as const;

/** Deletes the links of mails, the invitations and the answered challenges, of all tenants, that were valid until before an instant (epoch milliseconds). */
export async function deleteTokensBefore(pool: Pool, before: number): Promise<void> {
  for (const table of EXPIRED)
    await pool.query(`DELETE FROM ${table} WHERE expires_at < to_timestamp($1 / 1000.0)`, [before]);
}
