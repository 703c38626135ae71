import { newId } from '@footfall/db/id';
import type { Pool } from '@footfall/postgres/pool';
import type { BillingLog } from '../sync.ts';
import type { MeterGateway } from './meter-gateway.ts';

const HOUR_MS = 3_600_000;

/** Days of the ledger that are looked at; what is older was looked at before. */
const LEDGER_DAYS = 40;
/** Hours that are compared with the provider's, before the last two, which it may not have added up. */
const COMPARED_HOURS = 72;
const UNSETTLED_HOURS = 2;

/** Two counts of one thing that should be the same. */
export type UsageDifference =
  | { between: 'ledger and hours'; siteId: string; day: string; ledger: number; hours: number }
  | { between: 'hours and provider'; tenantId: string; hour: string; hours: number; provider: number };

/** What a check has found. */
export type UsageChecked = {
  siteDays: number;
  tenantHours: number;
  /** Tenants whose hours the provider could not tell. */
  unread: number;
  differences: readonly UsageDifference[];
};

export type CheckOptions = {
  /** Null: billing is off, and only our own counts are compared. */
  meters: MeterGateway | null;
  log: Pick<BillingLog, 'warn' | 'error'>;
  /** Epoch milliseconds. */
  now: number;
  signal?: AbortSignal | undefined;
};

// One statement, hence one snapshot: both are counted in one transaction. Counting by hours began on some day, of which a part may be
// missing, in any zone; a site that is gone has no ledger any more.
const LEDGER = `
WITH since AS (
  SELECT greatest(($1::date - ${LEDGER_DAYS})::text, (min(hour)::date + 2)::text) AS day FROM usage_hour
), ledger AS (
  SELECT l.site_id, l.day, sum(CASE l.outcome WHEN 'stored' THEN l.count ELSE -l.count END) AS events
  FROM ledger_day l JOIN site s ON s.id = l.site_id, since
  WHERE l.outcome IN ('stored', 'bot') AND l.day >= since.day AND l.day >= ($1::date - s.retention_days)::text GROUP BY 1, 2
), hours AS (
  SELECT u.site_id, u.day, sum(u.events) AS events FROM usage_hour u JOIN site s ON s.id = u.site_id, since
  WHERE u.day >= since.day AND u.day >= ($1::date - s.retention_days)::text GROUP BY 1, 2
)
SELECT site_id AS "siteId", day, coalesce(l.events, 0)::float8 AS ledger, coalesce(h.events, 0)::float8 AS hours
FROM ledger l FULL JOIN hours h USING (site_id, day)`;

type SiteDay = { siteId: string; day: string; ledger: number; hours: number };

async function compareLedger(pool: Pool, now: number): Promise<{ count: number; wrong: UsageDifference[] }> {
  const { rows } = await pool.query<SiteDay>(LEDGER, [new Date(now).toISOString().slice(0, 10)]);
  const wrong = rows.filter(({ ledger, hours }) => ledger !== hours);
  return { count: rows.length, wrong: wrong.map((row) => ({ between: 'ledger and hours', ...row })) };
}

const CUSTOMERS = `
SELECT b.tenant_id AS "tenantId", b.customer_id AS "customerId", (extract(epoch FROM date_trunc('hour', b.created_at, 'UTC')) * 1000)::float8 AS since
FROM billing_account b JOIN subscription s ON s.tenant_id = b.tenant_id WHERE b.customer_id IS NOT NULL ORDER BY 1`;
type Customer = { tenantId: string; customerId: string; since: number };

const HOURS = `
SELECT (extract(epoch FROM hour) * 1000)::float8 AS hour, sum(events)::float8 AS events FROM usage_hour
WHERE tenant_id = $1 AND hour >= to_timestamp($2 / 1000.0) AND hour < to_timestamp($3 / 1000.0) GROUP BY hour`;

async function compareCustomer(
  pool: Pool,
  meters: MeterGateway,
  { tenantId, customerId, since }: Customer,
  now: number,
): Promise<{ count: number; wrong: UsageDifference[] }> {
  const to = now - (now % HOUR_MS) - UNSETTLED_HOURS * HOUR_MS;
  const from = Math.max(since, to - COMPARED_HOURS * HOUR_MS);
  if (from >= to) return { count: 0, wrong: [] };
  const { rows } = await pool.query<{ hour: number; events: number }>(HOURS, [tenantId, from, to]);
  const own = new Map(rows.map(({ hour, events }) => [hour, events]));
  const theirs = await meters.listHours(customerId, from, to);
  const all = [...new Set([...own.keys(), ...theirs.keys()])];
  const wrong = all.flatMap((hour): UsageDifference[] => {
    const [hours, provider] = [own.get(hour) ?? 0, theirs.get(hour) ?? 0];
    if (hours === provider) return [];
    return [{ between: 'hours and provider', tenantId, hour: new Date(hour).toISOString(), hours, provider }];
  });
  return { count: all.length, wrong };
}

const KEEP = `
INSERT INTO usage_check (id, checked_at, site_days, tenant_hours, unread, differences, examples)
VALUES ($1, to_timestamp($2 / 1000.0), $3, $4, $5, $6, $7)`;
/** Differences that are kept to look at. */
const EXAMPLES = 20;
const FORGET = `DELETE FROM usage_check WHERE checked_at < to_timestamp($1 / 1000.0) - interval '1 year'`;

async function keep(pool: Pool, { siteDays, tenantHours, unread, differences }: UsageChecked, now: number) {
  const examples = JSON.stringify(differences.slice(0, EXAMPLES));
  await pool.query(KEEP, [newId('check'), now, siteDays, tenantHours, unread, differences.length, examples]);
  await pool.query(FORGET, [now]);
}

/**
 * Compares what the ledger has counted, what is counted by hours for money, and what the provider has of it. It changes nothing but the
 * table of results: a difference is for a person to look at. May be done again at any time.
 */
export async function checkUsage(pool: Pool, options: CheckOptions): Promise<UsageChecked> {
  const { meters, log, now, signal } = options;
  const { count: siteDays, wrong: differences } = await compareLedger(pool, now);
  let [tenantHours, unread] = [0, 0];
  const customers = meters === null ? [] : (await pool.query<Customer>(CUSTOMERS)).rows;
  for (const customer of customers) {
    if (meters === null || signal?.aborted) break;
    try {
      const { count, wrong } = await compareCustomer(pool, meters, customer, now);
      tenantHours += count;
      differences.push(...wrong);
    } catch (err) {
      unread += 1;
      log.warn(
        { err, tenant: customer.tenantId },
        'what the payment provider has of a tenant could not be read',
      );
    }
  }
  signal?.throwIfAborted();
  const checked = { siteDays, tenantHours, unread, differences };
  await keep(pool, checked, now);
  if (differences.length > 0)
    log.error(
      { differences: differences.length, examples: differences.slice(0, 5) },
      'what was counted, what is counted for money and what the payment provider has differ',
    );
  return checked;
}
