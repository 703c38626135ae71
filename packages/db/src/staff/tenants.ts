import type { Pool } from '@footfall/postgres/pool';
import { USED, utcMonth } from '../count/usage.ts';
import { askRows, type Cursor, PAGE_ROWS, type Page, pageFrom } from './page.ts';

/** A tenant as the platform's staff sees it in a list. */
export type TenantRow = {
  id: string;
  name: string;
  plan: string;
  createdAt: Date;
  sites: number;
  members: number;
  /** What it has used of its plan this month (UTC). */
  events: number;
};

/** Longest text that is searched for. */
export const MOST_SEARCHED = 200;

const ROW = `
SELECT t.id, t.name, t.plan, t.created_at AS "createdAt",
  (SELECT count(*) FROM staff.site s WHERE s.tenant_id = t.id) AS sites,
  (SELECT count(*) FROM staff.member m WHERE m.tenant_id = t.id) AS members,
  coalesce((SELECT ${USED} FROM usage_month u WHERE u.tenant_id = t.id AND u.month = $1), 0) AS events
FROM tenant t`;

// A page of tenants is chosen before anything is counted of them. position() knows no signs that mean others.
const LIST = `${ROW}
JOIN (
  SELECT c.id FROM tenant c
  WHERE ($2 = '' OR position($2 IN lower(c.name)) > 0 OR c.id = $2
      OR EXISTS (SELECT FROM staff.site s WHERE s.tenant_id = c.id AND position($2 IN lower(s.domain)) > 0)
      OR EXISTS (SELECT FROM staff.member m WHERE m.tenant_id = c.id AND position($2 IN lower(m.email)) > 0))
    AND ($3::timestamptz IS NULL OR (c.created_at, c.id) < ($3::timestamptz, $4::text))
  ORDER BY c.created_at DESC, c.id DESC LIMIT ${PAGE_ROWS + 1}
) AS chosen ON chosen.id = t.id
ORDER BY t.created_at DESC, t.id DESC`;

/** Tenants of the installation, latest first: all, or those with `search` in their name, a member's address or a site's domain. */
export async function listTenants(
  pool: Pool,
  { search, after, now }: { search: string; after: Cursor | null; now: number },
): Promise<Page<TenantRow>> {
  const text = search.trim().slice(0, MOST_SEARCHED).toLowerCase().replaceAll('\0', '');
  const values = [utcMonth(now), text, after?.at ?? null, after?.id ?? null];
  return pageFrom(await askRows<TenantRow>(pool, LIST, values));
}

export type SiteRow = {
  id: string;
  domain: string;
  timezone: string;
  currency: string;
  enabled: boolean;
  createdAt: Date;
};
export type MemberRow = {
  userId: string;
  name: string;
  email: string;
  role: string;
  isLimited: boolean;
  createdAt: Date;
};
export type MonthRow = { month: string; events: number };

/** What the ledger has counted of all sites of a tenant on one day of receipt, by outcome. */
export type LedgerLine = { day: string; outcome: string; count: number };

/** A tenant with what belongs to it. */
export type TenantDetails = TenantRow & {
  /** Whether staff may look at what it sees. */
  supportAccess: boolean;
  /** Since when nothing is taken for it, and why; null: it is not suspended. */
  suspended: { at: Date; reason: string } | null;
  /** Events that its plan takes a month; null: no limit. */
  limit: number | null;
  sitesShown: readonly SiteRow[];
  membersShown: readonly MemberRow[];
  /** Latest first. */
  months: readonly MonthRow[];
  ledger: readonly LedgerLine[];
};

/** Sites and members that are shown of a tenant at most. */
const SHOWN = 200;
const MONTHS = 12;

const SITES = `
SELECT id, domain, timezone, currency, enabled, created_at AS "createdAt" FROM staff.site
WHERE tenant_id = $1 ORDER BY domain, id LIMIT ${SHOWN}`;

const MEMBERS = `
SELECT user_id AS "userId", name, email, role, is_limited AS "isLimited", created_at AS "createdAt" FROM staff.member
WHERE tenant_id = $1 ORDER BY created_at, user_id LIMIT ${SHOWN}`;

const USE = `
SELECT u.month, ${USED} AS events FROM usage_month u WHERE u.tenant_id = $1 ORDER BY u.month DESC LIMIT ${MONTHS}`;

const LEDGER = `
SELECT l.day, l.outcome, sum(l.count)::bigint AS count FROM ledger_day l JOIN staff.site s ON s.id = l.site_id
WHERE s.tenant_id = $1 AND l.day >= $2 GROUP BY l.day, l.outcome`;

const STANDING = `
SELECT support_access AS "supportAccess", suspended_at AS "suspendedAt", suspended_reason AS "suspendedReason" FROM tenant WHERE id = $1`;
type Standing = { supportAccess: boolean; suspendedAt: Date | null; suspendedReason: string | null };

const LIMIT = 'SELECT event_limit_per_month AS "limit" FROM plan WHERE name = $1';

/** A tenant by its id, with its ledger from a day on (`2026-01-31`); null where there is none. `now`: epoch milliseconds. */
export async function findTenant(
  pool: Pool,
  id: string,
  { from, now }: { from: string; now: number },
): Promise<TenantDetails | null> {
  const ask = <Row extends object>(text: string, ...values: unknown[]) => askRows<Row>(pool, text, values);
  const [tenant] = await ask<TenantRow>(`${ROW} WHERE t.id = $2`, utcMonth(now), id);
  if (tenant === undefined) return null;
  const [standings, plans, sitesShown, membersShown, months, ledger] = await Promise.all([
    ask<Standing>(STANDING, id),
    ask<{ limit: number | null }>(LIMIT, tenant.plan),
    ask<SiteRow>(SITES, id),
    ask<MemberRow>(MEMBERS, id),
    ask<MonthRow>(USE, id),
    ask<LedgerLine>(LEDGER, id, from),
  ]);
  const { supportAccess = true, suspendedAt = null, suspendedReason } = standings[0] ?? {};
  const suspended = suspendedAt === null ? null : { at: suspendedAt, reason: suspendedReason ?? '' };
  const limit = plans[0]?.limit ?? null;
  return { ...tenant, supportAccess, suspended, limit, sitesShown, membersShown, months, ledger };
}
