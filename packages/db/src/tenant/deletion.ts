import { type Pool, transaction } from '@footfall/postgres/pool';
import { controlFailure } from '../errors.ts';
import { newId } from '../id.ts';

/** A site whose deletion has begun and is not finished. */
export type DeletedSite = { siteId: string; tenantId: string; domain: string };

const BEGIN = `
INSERT INTO deleted_site (id, owner, domain) SELECT id, tenant_id, domain FROM site WHERE id = $1
ON CONFLICT (id) DO NOTHING`;

// One that its tenant has deleted is told of already.
const TELL_BEGIN = `
INSERT INTO site_deletion (site_id, tenant_id, domain, deleted_by) SELECT id, tenant_id, domain, 'cli' FROM site WHERE id = $1
ON CONFLICT (site_id) DO NOTHING`;

/**
 * Takes a site out of the control plane, with its goals and imports: from now on collectors do not know it, and nothing of it is
 * stored that the event log still has. To be followed by {@link finishSiteDeletion} when all of it is gone elsewhere. May be done again.
 */
export function beginSiteDeletion(pool: Pool, siteId: string): Promise<void> {
  return transaction(pool, async (client) => {
    await client.query(BEGIN, [siteId]);
    await client.query(TELL_BEGIN, [siteId]);
    await client.query('DELETE FROM site WHERE id = $1', [siteId]);
  });
}

/** What is counted and noted of sites without belonging to their rows. */
const COUNTED = ['ledger_day', 'spool_backlog', 'retired_generation', 'deferred_fold', 'seal_use'];

const TELL_END = `
UPDATE site_deletion SET emptied_at = now(), events = (
  SELECT coalesce(sum(CASE outcome WHEN 'stored' THEN count ELSE -count END), 0) FROM ledger_day
  WHERE site_id = $1 AND outcome IN ('stored', 'removed'))
WHERE site_id = $1 AND emptied_at IS NULL RETURNING tenant_id AS "tenantId", domain, events`;
const AUDIT_END = `
INSERT INTO audit_entry (id, tenant_id, actor, action, subject, details) VALUES ($1, $2, 'cli', 'site.emptied', $3, $4)`;

/**
 * Deletes what was counted and noted of a site whose events and reports are gone, and forgets its domain; its tenant is told that it is
 * gone, when, and how much that was. May be done again.
 */
export function finishSiteDeletion(pool: Pool, siteId: string): Promise<void> {
  return transaction(pool, async (client) => {
    const told = await client.query<{ tenantId: string; domain: string; events: number }>(TELL_END, [siteId]);
    for (const { tenantId, domain, events } of told.rows)
      await client.query(AUDIT_END, [
        newId('audit'),
        tenantId,
        siteId,
        JSON.stringify({ domain, events: Number(events) }),
      ]);
    for (const table of COUNTED) await client.query(`DELETE FROM ${table} WHERE site_id = $1`, [siteId]);
    await client.query('UPDATE deleted_site SET domain = NULL WHERE id = $1', [siteId]);
  });
}

const UNFINISHED = `
SELECT id AS "siteId", owner AS "tenantId", domain FROM deleted_site
WHERE domain IS NOT NULL AND (id = $1 OR owner = $1 OR domain = $1) ORDER BY deleted_at`;

/** Deletions that were begun and cut off, of a site (its id or domain) or of a tenant's sites. */
export async function unfinishedDeletions(pool: Pool, reference: string): Promise<DeletedSite[]> {
  return (await pool.query<DeletedSite>(UNFINISHED, [reference])).rows;
}

// Another may be at it: a deletion that goes on is left alone for a while.
const DUE = `
SELECT id FROM site WHERE deleted_at < to_timestamp($1 / 1000.0)
UNION SELECT id FROM deleted_site WHERE domain IS NOT NULL AND deleted_at < to_timestamp($2 / 1000.0) ORDER BY 1 LIMIT 1000`;

/** The sites that were deleted by their tenant before an instant, and those whose deletion began before another and was cut off. Epoch milliseconds. */
export async function dueSiteDeletions(
  pool: Pool,
  { deletedBefore, begunBefore }: { deletedBefore: number; begunBefore: number },
): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(DUE, [deletedBefore, begunBefore]);
  return rows.map(({ id }) => id);
}

/** Whether a site was deleted; one that never was is not. */
export async function isDeletedSite(pool: Pool, siteId: string): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT 1 FROM deleted_site WHERE id = $1', [siteId]);
  return rowCount === 1;
}

/** What a tenant has. */
export type TenantParts = { name: string; sites: number; members: number; keys: number };

const PARTS = `
SELECT name, (SELECT count(*)::int FROM site WHERE tenant_id = t.id) AS sites,
  (SELECT count(*)::int FROM membership WHERE tenant_id = t.id) AS members,
  (SELECT count(*)::int FROM api_key WHERE tenant_id = t.id) AS keys
FROM tenant t WHERE id = $1`;

/** Throws Failure `unknown_tenant`. */
export async function readTenantParts(pool: Pool, tenantId: string): Promise<TenantParts> {
  const { rows } = await pool.query<TenantParts>(PARTS, [tenantId]);
  const [row] = rows;
  if (row === undefined)
    throw controlFailure('unknown_tenant', `there is no tenant ${tenantId}`, { where: 'tenant' });
  return row;
}

/** The sites that a tenant has, and those whose deletion was begun and cut off. */
export async function sitesToDelete(pool: Pool, tenantId: string): Promise<string[]> {
  const begun = await unfinishedDeletions(pool, tenantId);
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM site WHERE tenant_id = $1 ORDER BY id', [
    tenantId,
  ]);
  return [...new Set([...begun.map(({ siteId }) => siteId), ...rows.map(({ id }) => id)])];
}

/** What is about a tenant without belonging to its row: its audit, its mails, that sessions have chosen it. */
const ABOUT_TENANT = [
  'DELETE FROM audit_entry WHERE tenant_id = $1',
  'DELETE FROM mail WHERE about_tenant = $1',
  'UPDATE session SET chosen_tenant = NULL WHERE chosen_tenant = $1',
];

const REMEMBER = `
INSERT INTO deleted_tenant (id, asked_at, sites)
SELECT id, deletion_asked_at, (SELECT count(*) FROM deleted_site WHERE owner = $1) FROM tenant WHERE id = $1`;

/**
 * Deletes a tenant whose sites are gone: its members' rights, keys, use, audit and mails. Its members' accounts stay. That there was one
 * is remembered, and nothing else. May be done again.
 */
export function deleteTenantRows(pool: Pool, tenantId: string): Promise<void> {
  return transaction(pool, async (client) => {
    for (const statement of [REMEMBER, ...ABOUT_TENANT]) await client.query(statement, [tenantId]);
    await client.query('DELETE FROM tenant WHERE id = $1', [tenantId]);
  });
}

/** Somebody's account: the tenants it belongs to, and those of them that nobody else owns and that are not being deleted. */
export type UserParts = { userId: string; tenants: number; owned: string[] };

const USER = `
SELECT u.id AS "userId", (SELECT count(*)::int FROM membership WHERE user_id = u.id) AS tenants,
  ARRAY(SELECT tenant_id FROM owned_alone(u.id)) AS owned
FROM "user" u WHERE u.email = lower($1)`;

/** Throws Failure `unknown_user`. */
export async function readUserParts(pool: Pool, email: string): Promise<UserParts> {
  const { rows } = await pool.query<UserParts>(USER, [email.trim()]);
  const [row] = rows;
  if (row === undefined)
    throw controlFailure('unknown_user', `nobody has an account with ${JSON.stringify(email)}`, {
      where: 'email',
    });
  return row;
}
