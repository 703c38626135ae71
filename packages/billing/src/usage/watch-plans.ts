import { liveSubscription, resolveEntitlement } from '@footfall/core/billing/entitlement';
import { findNotices, type Notice } from '@footfall/core/billing/notice';
import { judgeMonths } from '@footfall/core/billing/over-plan';
import { readEntitlementFacts } from '@footfall/db/billing/entitlement';
import { type MailInstallation, queueMail } from '@footfall/mail/queue';
import { type MailLocale, mailLocale } from '@footfall/mail/words';
import { type Pool, type PoolClient, transaction } from '@footfall/postgres/pool';
import type { BillingLog } from '../sync.ts';
import { readMonthUse } from './month-use.ts';

export type WatchOptions = {
  mails: MailInstallation;
  log: Pick<BillingLog, 'warn'>;
  /** Epoch milliseconds. */
  now: number;
  signal?: AbortSignal | undefined;
};

type Watched = {
  tenantId: string;
  team: string;
  createdAt: number;
  anchor: number | null;
  openFailure: string | null;
};

// Those who were asked to pay, or are on a plan that is sold. A failure is over for a tenant when it was told so.
const FIND = `
SELECT t.id AS "tenantId", t.name AS team, (extract(epoch FROM t.created_at) * 1000)::float8 AS "createdAt",
  (extract(epoch FROM s.anchor) * 1000)::float8 AS anchor,
  (SELECT n.about FROM account_notice n WHERE n.tenant_id = t.id AND n.kind LIKE 'payment\\_failed%'
     AND NOT EXISTS (SELECT FROM account_notice r WHERE r.tenant_id = t.id AND r.kind = 'payment_received' AND r.about = n.about)
   ORDER BY n.told_at DESC LIMIT 1) AS "openFailure"
FROM tenant t LEFT JOIN subscription s ON s.tenant_id = t.id
WHERE t.id > $1 AND (EXISTS (SELECT FROM billing_account b WHERE b.tenant_id = t.id)
  OR EXISTS (SELECT FROM plan p WHERE p.name = t.plan AND p.family IS NOT NULL))
ORDER BY t.id LIMIT 200`;

// Set once, so that the week is counted from the first time it was seen.
const SET_OVER = `
INSERT INTO billing_account AS b (tenant_id, over_plan_since) VALUES ($1, to_timestamp($2 / 1000.0))
ON CONFLICT (tenant_id) DO UPDATE SET over_plan_since = excluded.over_plan_since WHERE b.over_plan_since IS NULL`;
const CLEAR_OVER =
  'UPDATE billing_account SET over_plan_since = NULL WHERE tenant_id = $1 AND over_plan_since IS NOT NULL';

const NOTE = `
INSERT INTO account_notice (tenant_id, kind, about, told_at) VALUES ($1, $2, $3, to_timestamp($4 / 1000.0)) ON CONFLICT DO NOTHING`;

type Payer = { email: string; locale: string | null };

const writeDay = (at: number, locale: MailLocale) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(at);
const writeNumber = (value: number, locale: MailLocale) => new Intl.NumberFormat(locale).format(value);

type Told = { watched: Watched; plan: string; used: number; limit: number | null };

/** Notes a notice and queues its mails, both or neither; nothing where it was told before, or nobody is there to be told. */
async function tell(
  client: PoolClient,
  { watched: { tenantId, team }, plan, used, limit }: Told,
  { kind, about, day }: Notice,
  { mails, now }: WatchOptions,
): Promise<void> {
  const { rows } = await client.query<Payer>('SELECT email, locale FROM payers_of_tenant($1)', [tenantId]);
  if (rows.length === 0) return;
  const { rowCount } = await client.query(NOTE, [tenantId, kind, about, now]);
  if (rowCount === 0) return;
  for (const { email, locale: text } of rows) {
    const locale = mailLocale(text);
    const facts = {
      team,
      plan,
      events: writeNumber(used, locale),
      limit: writeNumber(limit ?? 0, locale),
      day: writeDay(day, locale),
    };
    await queueMail(client, mails, {
      to: email,
      locale,
      aboutTenant: tenantId,
      template: kind,
      facts,
      dedupeKey: `${tenantId} ${about} ${email}`,
    });
  }
}

async function watchTenant(pool: Pool, watched: Watched, options: WatchOptions): Promise<void> {
  const { tenantId, createdAt } = watched;
  const { now } = options;
  const facts = await readEntitlementFacts(pool, tenantId);
  if (facts === null) return;
  const live = liveSubscription(facts);
  const anchor = live === null ? null : watched.anchor;
  const use = await readMonthUse(pool, tenantId, { anchor, createdAt }, now);
  const limit = resolveEntitlement(facts, now).limits.events_per_month;
  const overPlan = judgeMonths([use.lastUsed, use.beforeLastUsed], limit);
  const overPlanSince = overPlan === 'twice' ? (facts.overPlanSince ?? now) : null;
  const entitlement = resolveEntitlement({ ...facts, overPlanSince }, now);
  const notices = findNotices(
    {
      entitlement,
      period: use.current,
      used: use.used,
      lastMonth: use.last,
      overPlan,
      failingSince: live?.failingSince ?? null,
      trialEndsAt: facts.trial?.endsAt ?? null,
      hasSubscription: live !== null,
      openFailure: watched.openFailure,
    },
    now,
  );
  await transaction(pool, async (client) => {
    if (overPlanSince === null) await client.query(CLEAR_OVER, [tenantId]);
    else await client.query(SET_OVER, [tenantId, overPlanSince]);
    const told = { watched, plan: entitlement.title, used: use.used, limit };
    for (const notice of notices) await tell(client, told, notice, options);
  });
}

/** What was told is remembered for longer than anything that it is about goes on. */
const KEEP = `interval '400 days'`;

/**
 * Looks at every tenant that pays or may be asked to: sets and clears that it is over its plan for a second month in a row, and mails its
 * owners and billing members what there is to know, each thing once. May be cut off anywhere and done again. Answers how many were seen;
 * one that cannot be looked at leaves the others be.
 */
export async function watchPlans(pool: Pool, options: WatchOptions): Promise<number> {
  let [count, after] = [0, ''];
  while (options.signal?.aborted !== true) {
    const { rows } = await pool.query<Watched>(FIND, [after]);
    for (const watched of rows) {
      if (options.signal?.aborted) return count;
      try {
        await watchTenant(pool, watched, options);
        count += 1;
      } catch (err) {
        options.log.warn({ err, tenant: watched.tenantId }, 'the plan of a tenant could not be looked at');
      }
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.tenantId;
  }
  await pool.query(`DELETE FROM account_notice WHERE told_at < now() - ${KEEP}`);
  return count;
}
