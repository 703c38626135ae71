import { PLAN_FEATURES, PLAN_LIMITS, type PlanFeature, type PlanLimit } from '@footfall/core/billing/terms';
import { newId } from '@footfall/db/id';
import { checkReason } from '@footfall/db/tenant/support';
import { withAudit } from '@footfall/db/with-audit';
import type { Pool } from '@footfall/postgres/pool';
import { type Actor, DRAFT_BOUNDS } from '../catalog/draft.ts';
import { catalogFailure } from '../catalog/errors.ts';

/** Whom something is given, by whom and why. */
export type Given = { tenantId: string; reason: string; actor: Actor };

/** Nothing is given for longer without being for good. */
const MOST_DAYS = 5 * 366;
const DAY_MS = 24 * 3_600_000;

/**
 * Refuses an end that is over already, or lies too far away.
 * @throws Failure `invalid_until`
 */
export function checkUntil(until: number, now: number): void {
  if (until > now && until <= now + MOST_DAYS * DAY_MS) return;
  throw catalogFailure('invalid_until', 'the day is not one that is to come', { where: 'until' });
}

const noTenant = (tenantId: string) =>
  catalogFailure('no_such_tenant', `there is no tenant ${tenantId}`, { where: 'tenant' });

/** What is given beyond a plan, or taken: one limit, or one feature. */
export type GivenTerm = { limit: PlanLimit; value: number | null } | { feature: PlanFeature; isIn: boolean };

function checkTerm(term: GivenTerm): { limits: object; features: object } {
  const invalid = (rule: 'what' | 'limit') =>
    catalogFailure('invalid_override', 'it is not a limit or feature of plans', {
      where: rule === 'what' ? 'what' : 'value',
      values: { rule, most: DRAFT_BOUNDS.limit },
    });
  if ('feature' in term) {
    if (!PLAN_FEATURES.includes(term.feature)) throw invalid('what');
    return { limits: {}, features: { [term.feature]: term.isIn } };
  }
  const { limit, value } = term;
  if (!PLAN_LIMITS.includes(limit)) throw invalid('what');
  if (value !== null && !(Number.isInteger(value) && value >= 0 && value <= DRAFT_BOUNDS.limit))
    throw invalid('limit');
  return { limits: { [limit]: value }, features: {} };
}

const ADD = `
INSERT INTO plan_override (id, tenant_id, limits, features, reason, ends_at, made_by)
SELECT $1, t.id, $3, $4, $5, $6, $7 FROM tenant t WHERE t.id = $2`;

/**
 * Changes one limit or feature for one tenant, until an instant (epoch milliseconds) or for good (null).
 * @throws Failure `invalid_override`, `invalid_until`, `invalid_reason`, `no_such_tenant`
 */
export async function addOverride(
  pool: Pool,
  {
    tenantId,
    term,
    until,
    now,
    actor,
    ...given
  }: Given & { term: GivenTerm; until: number | null; now: number },
): Promise<void> {
  const { limits, features } = checkTerm(term);
  if (until !== null) checkUntil(until, now);
  const reason = checkReason(given.reason);
  const id = newId('override');
  const details = { limits, features, reason, until };
  const act = { actor, action: 'override.add', subject: id, aboutTenant: tenantId, details };
  await withAudit(pool, act, async (client) => {
    const ends = until === null ? null : new Date(until);
    const values = [id, tenantId, JSON.stringify(limits), JSON.stringify(features), reason, ends, actor.id];
    if ((await client.query(ADD, values)).rowCount !== 1) throw noTenant(tenantId);
  });
}

const END = `
UPDATE plan_override SET ends_at = now() WHERE id = $1 AND tenant_id = $2 AND (ends_at IS NULL OR ends_at > now())`;

/** Ends an override now; nothing where it is over. */
export async function endOverride(
  pool: Pool,
  { id, tenantId, actor }: { id: string; tenantId: string; actor: Actor },
): Promise<void> {
  const act = { actor, action: 'override.end', subject: id, aboutTenant: tenantId };
  await withAudit(pool, act, (client) => client.query(END, [id, tenantId]));
}

const TRY = `
INSERT INTO billing_account (tenant_id, trial_plan, trial_ends_at)
SELECT t.id, p.name, $3 FROM tenant t, plan p WHERE t.id = $1 AND p.name = $2 AND p.state IN ('published', 'archived', 'manual')
ON CONFLICT (tenant_id) DO UPDATE SET trial_plan = excluded.trial_plan, trial_ends_at = excluded.trial_ends_at`;

/**
 * Lets a tenant without a subscription try a plan until an instant (epoch milliseconds), whatever it has tried before.
 * @throws Failure `invalid_until`, `invalid_reason`, `no_such_tenant`
 */
export async function giveTrial(
  pool: Pool,
  { tenantId, plan, until, now, actor, ...given }: Given & { plan: string; until: number; now: number },
): Promise<void> {
  checkUntil(until, now);
  const reason = checkReason(given.reason);
  const act = {
    actor,
    action: 'trial.give',
    subject: plan,
    aboutTenant: tenantId,
    details: { until, reason },
  };
  await withAudit(pool, act, async (client) => {
    if ((await client.query(TRY, [tenantId, plan, new Date(until)])).rowCount !== 1) throw noTenant(tenantId);
  });
}

/**
 * Puts a tenant on a plan by hand: an operator's own, or one that costs nothing. It holds where there is no subscription.
 * @throws Failure `invalid_reason`, `needs_payment`
 */
export async function assignByHand(
  pool: Pool,
  { tenantId, plan, actor, ...given }: Given & { plan: string },
): Promise<void> {
  const reason = checkReason(given.reason);
  const act = { actor, action: 'tenant.plan', subject: plan, aboutTenant: tenantId, details: { reason } };
  await withAudit(pool, act, async (client) => {
    const { rows } = await client.query<{ done: boolean }>('SELECT staff.assign_plan($1, $2) AS done', [
      tenantId,
      plan,
    ]);
    if (rows[0]?.done !== true)
      throw catalogFailure('needs_payment', `${plan} is paid for, or is not there`, { where: 'plan' });
  });
}
