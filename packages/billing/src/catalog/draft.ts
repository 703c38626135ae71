import { PLAN_LIMITS, type PlanFeature, type PlanLimit } from '@footfall/core/billing/terms';
import { MOST_PRICE, priceCurrency } from '@footfall/core/billing/typed-amount';
import type { PlanPrice } from '@footfall/db/billing/plan';
import { newId } from '@footfall/db/id';
import type { PlatformAct } from '@footfall/db/platform-audit';
import { printable } from '@footfall/db/text';
import { withAudit } from '@footfall/db/with-audit';
import type { Pool, PoolClient } from '@footfall/postgres/pool';
import { catalogFailure } from './errors.ts';

export type Actor = PlatformAct['actor'];

/** What a version of a plan gives and costs, as a billing admin writes it; null is no limit. */
export type PlanDraft = {
  title: string;
  /** A line about it; may be empty. */
  description: string;
  isPublic: boolean;
  limits: Readonly<Record<PlanLimit, number | null>>;
  features: readonly PlanFeature[];
  /** At most one a currency and interval. */
  prices: readonly PlanPrice[];
};

/** Bounds of what is written. */
export const DRAFT_BOUNDS = { title: 60, description: 200, limit: 2_000_000_000, prices: 10 } as const;
/** Versions of all plans of an installation. */
const MOST_PLANS = 200;

const FAMILY = /^[a-z][a-z0-9-]{0,39}$/;

const invalid = (where: string, rule: string, most = 0) =>
  catalogFailure('invalid_draft', `the ${rule} of a plan is not right`, { where, values: { rule, most } });

function checkLimits(limits: PlanDraft['limits']): void {
  const most = DRAFT_BOUNDS.limit;
  for (const limit of PLAN_LIMITS) {
    const value = limits[limit];
    if (value !== null && !(Number.isInteger(value) && value >= 1 && value <= most))
      throw invalid(limit, 'limit', most);
  }
}

function checkPrices(prices: PlanDraft['prices']): void {
  if (prices.length > DRAFT_BOUNDS.prices) throw invalid('prices', 'count', DRAFT_BOUNDS.prices);
  const kinds = new Set(prices.map(({ currency, interval }) => `${currency} ${interval}`));
  if (kinds.size < prices.length) throw invalid('prices', 'twice');
  for (const { currency, interval, amount } of prices) {
    if (priceCurrency(currency) === null || (interval !== 'month' && interval !== 'year'))
      throw invalid('prices', 'currency');
    if (!(Number.isInteger(amount) && amount >= 0 && amount <= MOST_PRICE)) throw invalid('prices', 'price');
  }
}

/**
 * A draft as it is kept.
 * @throws Failure `invalid_draft`
 */
function checkDraft(draft: PlanDraft): PlanDraft {
  const title = printable(draft.title, DRAFT_BOUNDS.title);
  if (title === null) throw invalid('title', 'title', DRAFT_BOUNDS.title);
  const description =
    draft.description.trim() === '' ? '' : printable(draft.description, DRAFT_BOUNDS.description);
  if (description === null) throw invalid('description', 'description', DRAFT_BOUNDS.description);
  checkLimits(draft.limits);
  checkPrices(draft.prices);
  return { ...draft, title, description };
}

const values = ({ title, description, isPublic, limits, features }: PlanDraft) => [
  title,
  description,
  isPublic,
  limits.events_per_month,
  limits.events_per_second,
  limits.sites,
  limits.members,
  limits.retention_months,
  limits.queries_per_hour,
  features,
];

const WRITE = `
UPDATE plan SET title = $2, description = $3, is_public = $4, events_included = $5, event_limit_per_second = $6, site_limit = $7,
  member_limit = $8, retention_months = $9, query_limit_per_hour = $10, features = $11
WHERE name = $1 AND state = 'draft' RETURNING name`;

// Prices of a draft are new ones each time it is saved: what was made at Stripe for an amount is never taken for another.
const FORGET_PRICES = 'DELETE FROM plan_price WHERE plan = $1';
const ADD_PRICE = 'INSERT INTO plan_price (id, plan, currency, interval, amount) VALUES ($1, $2, $3, $4, $5)';

async function writeDraft(client: PoolClient, name: string, draft: PlanDraft): Promise<void> {
  const { rowCount } = await client.query(WRITE, [name, ...values(draft)]);
  if (rowCount !== 1) throw changed(name);
  await client.query(FORGET_PRICES, [name]);
  for (const { currency, interval, amount } of draft.prices)
    await client.query(ADD_PRICE, [newId('price'), name, currency, interval, amount]);
}

/** For whoever acts on a plan as it was a moment ago. */
export const changed = (name: string) =>
  catalogFailure('plan_changed', `${name} is not in the state any more in which this can be done`, {
    where: 'plan',
  });

const details = ({ prices, ...rest }: PlanDraft) => ({
  ...rest,
  prices: prices.map(({ currency, interval, amount }) => `${amount} ${currency} ${interval}`),
});

const INSERT = `
INSERT INTO plan (name, family, version, state, title)
SELECT $1, $2, $3, 'draft', $4 WHERE (SELECT count(*) FROM plan) < ${MOST_PLANS} ON CONFLICT DO NOTHING RETURNING name`;

/**
 * Makes the first version of a plan, as a draft that nobody can buy; answers its name.
 * @throws Failure `invalid_draft`, `plan_taken`
 */
export async function createPlan(
  pool: Pool,
  { family, draft, actor }: { family: string; draft: PlanDraft; actor: Actor },
): Promise<string> {
  if (!FAMILY.test(family)) throw invalid('family', 'family', 40);
  const checked = checkDraft(draft);
  const name = `${family}-v1`;
  const act = { actor, action: 'plan.create', subject: name, aboutTenant: null, details: details(checked) };
  return withAudit(pool, act, async (client) => {
    const { rowCount } = await client.query(INSERT, [name, family, 1, checked.title]);
    if (rowCount !== 1)
      throw catalogFailure(
        'plan_taken',
        `there is a plan ${family} already, or there are ${MOST_PLANS} plans`,
        {
          where: 'family',
          values: { family, most: MOST_PLANS },
        },
      );
    await writeDraft(client, name, checked);
    return name;
  });
}

/**
 * Writes a draft anew.
 * @throws Failure `invalid_draft`; `plan_changed`, where it is not a draft any more
 */
export function saveDraft(
  pool: Pool,
  { name, draft, actor }: { name: string; draft: PlanDraft; actor: Actor },
): Promise<void> {
  const checked = checkDraft(draft);
  const act = { actor, action: 'plan.save', subject: name, aboutTenant: null, details: details(checked) };
  return withAudit(pool, act, (client) => writeDraft(client, name, checked));
}

const NEXT = `
INSERT INTO plan (name, family, version, state, title, description, is_public, events_included, event_limit_per_month, event_limit_per_second,
  site_limit, member_limit, retention_months, query_limit_per_hour, features)
SELECT p.family || '-v' || p.version + 1, p.family, p.version + 1, 'draft', p.title, p.description, p.is_public, p.events_included,
  p.event_limit_per_month, p.event_limit_per_second, p.site_limit, p.member_limit, p.retention_months, p.query_limit_per_hour, p.features
FROM plan p
WHERE p.family = (SELECT f.family FROM plan f WHERE f.name = $1) AND (SELECT count(*) FROM plan) < ${MOST_PLANS}
ORDER BY p.version DESC LIMIT 1 ON CONFLICT DO NOTHING RETURNING name, version`;

const OPEN = `
SELECT o.name FROM plan o JOIN plan p ON p.family = o.family WHERE p.name = $1 AND o.state IN ('draft', 'publishing') LIMIT 1`;

const COPY_PRICES = 'SELECT currency, interval, amount::float8 AS amount FROM plan_price WHERE plan = $1';

/**
 * Makes the next version of a plan as a draft, with what its newest version gives and costs; answers its name.
 * @throws Failure `draft_there`, `no_such_plan`
 */
export function draftNextVersion(
  pool: Pool,
  { name, actor }: { name: string; actor: Actor },
): Promise<string> {
  const act = { actor, action: 'plan.draft', subject: name, aboutTenant: null };
  return withAudit(pool, act, async (client) => {
    // Two admins at once make one.
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('plan versions', 0))`);
    const [open] = (await client.query<{ name: string }>(OPEN, [name])).rows;
    if (open !== undefined)
      throw catalogFailure('draft_there', `${open.name} is not on sale yet: edit that`, {
        where: 'plan',
        values: { draft: open.name },
      });
    const [made] = (await client.query<{ name: string; version: number }>(NEXT, [name])).rows;
    if (made === undefined)
      throw catalogFailure('no_such_plan', `${name} is not a plan that is sold in versions`, {
        where: 'plan',
      });
    const before = made.name.replace(/\d+$/, String(made.version - 1));
    const { rows } = await client.query<PlanPrice>(COPY_PRICES, [before]);
    for (const { currency, interval, amount } of rows)
      await client.query(ADD_PRICE, [newId('price'), made.name, currency, interval, amount]);
    return made.name;
  });
}

/**
 * Forgets a draft.
 * @throws Failure `plan_changed`, where it is not a draft any more
 */
export function deleteDraft(pool: Pool, { name, actor }: { name: string; actor: Actor }): Promise<void> {
  const act = { actor, action: 'plan.delete', subject: name, aboutTenant: null };
  return withAudit(pool, act, async (client) => {
    const { rowCount } = await client.query(`DELETE FROM plan WHERE name = $1 AND state = 'draft'`, [name]);
    if (rowCount !== 1) throw changed(name);
  });
}
