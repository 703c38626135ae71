import { knownFeatures } from '@footfall/core/billing/terms';
import { Failure } from '@footfall/core/failure';
import { withAudit } from '@footfall/db/with-audit';
import { type Pool, transaction } from '@footfall/postgres/pool';
import type { CatalogGateway } from './catalog-gateway.ts';
import { type Actor, changed } from './draft.ts';
import { catalogFailure } from './errors.ts';

/** Whoever publishes, and where; null: nothing is sold through a payment provider. */
export type PublishOptions = { gateway: CatalogGateway | null; actor: Actor };

type Stored = {
  title: string;
  description: string;
  state: string;
  features: string[];
  productId: string | null;
  prices: {
    id: string;
    currency: string;
    interval: 'month' | 'year';
    amount: number;
    stripeId: string | null;
  }[];
};

const READ = `
SELECT p.title, p.description, p.state, p.features, p.product_id AS "productId",
  coalesce((SELECT jsonb_agg(jsonb_build_object('id', x.id, 'currency', x.currency, 'interval', x.interval, 'amount', x.amount, 'stripeId', x.stripe_id)
    ORDER BY x.currency, x.interval) FROM plan_price x WHERE x.plan = p.name), '[]') AS prices
FROM plan p WHERE p.name = $1`;

async function readPlan(pool: Pool, name: string): Promise<Stored> {
  const [plan] = (await pool.query<Stored>(READ, [name])).rows;
  if (plan === undefined) throw catalogFailure('no_such_plan', `there is no plan ${name}`, { where: 'plan' });
  return plan;
}

/**
 * Says what the payment provider said in words that a form shows.
 * @throws Failure `stripe_away`, `stripe_refused`
 */
export async function askProvider<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const options = { where: 'plan', cause: error };
    if (error.code === 'provider_unavailable')
      throw catalogFailure('stripe_away', 'Stripe does not answer now', options);
    if (error.code === 'provider_refused')
      throw catalogFailure('stripe_refused', error.message, {
        ...options,
        values: { reason: error.message.slice(0, 300) },
      });
    throw error;
  }
}

/** Makes at the provider what is not there yet. Each id is kept as soon as it is known, so that whoever goes on begins behind it. */
async function makeThere(pool: Pool, name: string, gateway: CatalogGateway): Promise<void> {
  const { title, description, features, productId: known, prices } = await readPlan(pool, name);
  const productId = known ?? (await gateway.ensureProduct({ plan: name, title, description }));
  if (known === null) await pool.query('UPDATE plan SET product_id = $2 WHERE name = $1', [name, productId]);
  for (const { id, currency, interval, amount, stripeId } of prices) {
    if (stripeId !== null) continue;
    const made = await gateway.ensurePrice({ id, plan: name, productId, currency, interval, amount });
    await pool.query('UPDATE plan_price SET stripe_id = $2 WHERE id = $1', [id, made]);
  }
  await gateway.ensureFeatures(productId, knownFeatures(features));
}

// Who buys from now on buys this version. Whoever has one before keeps it.
const REPLACE = `
UPDATE plan o SET state = 'archived', archived_at = now() FROM plan p
WHERE p.name = $1 AND o.family = p.family AND o.version < p.version AND o.state = 'published'`;
const FINISH = `UPDATE plan SET state = 'published', published_at = now() WHERE name = $1 AND state = 'publishing'`;

async function finish(pool: Pool, name: string): Promise<void> {
  await transaction(pool, async (client) => {
    await client.query(REPLACE, [name]);
    await client.query(FINISH, [name]);
  });
}

/** What is asked for of a plan that is not there as the caller saw it. */
type Step = { from: readonly string[]; to: string };

function begin(
  pool: Pool,
  { name, action, actor, from, to }: { name: string; action: string; actor: Actor } & Step,
): Promise<void> {
  const act = { actor, action, subject: name, aboutTenant: null };
  return withAudit(pool, act, async (client) => {
    const { rowCount } = await client.query(
      'UPDATE plan SET state = $2 WHERE name = $1 AND state = ANY ($3)',
      [name, to, from],
    );
    if (rowCount !== 1) throw changed(name);
  });
}

/**
 * Puts a draft on sale, in place of the version before it. At the payment provider its product, prices and features are made first; until
 * they are, the plan is `publishing`, is not changed and is not sold. May be called again at any time, and makes nothing twice.
 * @throws Failure `no_such_plan`, `plan_changed`, `stripe_away`, `stripe_refused`
 */
export async function publishPlan(
  pool: Pool,
  name: string,
  { gateway, actor }: PublishOptions,
): Promise<void> {
  const { state } = await readPlan(pool, name);
  if (state !== 'publishing')
    await begin(pool, { name, action: 'plan.publish', actor, from: ['draft'], to: 'publishing' });
  if (gateway !== null) await askProvider(() => makeThere(pool, name, gateway));
  await finish(pool, name);
}

/**
 * Makes at the payment provider what is missing there of a plan that is on sale already: it was published while there was none.
 * @throws Failure `no_such_plan`, `plan_changed`, `stripe_away`, `stripe_refused`
 */
export async function connectPlan(
  pool: Pool,
  name: string,
  { gateway, actor }: { gateway: CatalogGateway; actor: Actor },
): Promise<void> {
  await begin(pool, { name, action: 'plan.connect', actor, from: ['published'], to: 'published' });
  await askProvider(() => makeThere(pool, name, gateway));
}

const PRICES = 'SELECT stripe_id AS "stripeId" FROM plan_price WHERE plan = $1 AND stripe_id IS NOT NULL';

async function retirePrices(pool: Pool, name: string, gateway: CatalogGateway | null): Promise<void> {
  if (gateway === null) return;
  const { rows } = await pool.query<{ stripeId: string }>(PRICES, [name]);
  await askProvider(async () => {
    for (const { stripeId } of rows) await gateway.retirePrice(stripeId);
  });
}

/**
 * Gives up publishing: the plan is a draft again, and what was made of its prices at the provider is for sale to nobody.
 * @throws Failure `plan_changed`, `stripe_away`, `stripe_refused`
 */
export async function reopenDraft(
  pool: Pool,
  name: string,
  { gateway, actor }: PublishOptions,
): Promise<void> {
  if ((await readPlan(pool, name)).state !== 'publishing') throw changed(name);
  await retirePrices(pool, name, gateway);
  const act = { actor, action: 'plan.reopen', subject: name, aboutTenant: null };
  await withAudit(pool, act, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE plan SET state = 'draft' WHERE name = $1 AND state = 'publishing'`,
      [name],
    );
    if (rowCount !== 1) throw changed(name);
    // Prices that are published again are other ones, with ids of their own.
    await client.query(
      `UPDATE plan_price SET stripe_id = NULL, id = id || '_' || substr(md5(random()::text), 1, 6) WHERE plan = $1`,
      [name],
    );
  });
}

/**
 * Takes a plan off sale; whoever has it keeps it.
 * @throws Failure `plan_changed`, `stripe_away`, `stripe_refused`
 */
export async function archivePlan(
  pool: Pool,
  name: string,
  { gateway, actor }: PublishOptions,
): Promise<void> {
  // With us first: a page that is open for it at the provider is the last one.
  const act = { actor, action: 'plan.archive', subject: name, aboutTenant: null };
  await withAudit(pool, act, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE plan SET state = 'archived', archived_at = now() WHERE name = $1 AND state = 'published'`,
      [name],
    );
    if (rowCount !== 1) throw changed(name);
  });
  await retirePrices(pool, name, gateway);
}
