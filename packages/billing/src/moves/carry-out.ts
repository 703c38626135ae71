import { Failure } from '@footfall/core/failure';
import type { Pool } from '@footfall/postgres/pool';
import { chooseSubscription } from '../choose-subscription.ts';
import type { ProviderSubscription } from '../gateway.ts';
import { underLock } from '../lock.ts';
import { type SyncOptions, syncTenant } from '../sync.ts';
import { type Decision, decideMove, type Facts, nextPrice } from './decide.ts';
import type { MoveGateway } from './move-gateway.ts';

export type MoveOptions = SyncOptions & { moves: MoveGateway; signal?: AbortSignal | undefined };

/** Subscribers of one run: the next run goes on. */
const AT_ONCE = 500;

type Waiting = {
  moveId: string;
  tenantId: string;
  from: string;
  to: string;
  manner: 'now' | 'period_end';
  trialEndsAt: number | null;
};

const NEXT = `
SELECT m.id AS "moveId", x.tenant_id AS "tenantId", m.from_plan AS "from", m.to_plan AS "to", m.manner,
  (extract(epoch FROM m.trial_ends_at) * 1000)::float8 AS "trialEndsAt"
FROM plan_move m JOIN plan_move_tenant x ON x.move_id = m.id
WHERE m.state = 'running' AND x.state = 'waiting' ORDER BY m.created_at, m.id, x.tenant_id LIMIT 1`;

const NOTE = `
UPDATE plan_move_tenant SET state = $3, note = $4, updated_at = now() WHERE move_id = $1 AND tenant_id = $2 AND state = 'waiting'`;

const END = `
UPDATE plan_move m SET state = 'done', ended_at = now()
WHERE m.state = 'running' AND NOT EXISTS (SELECT FROM plan_move_tenant x WHERE x.move_id = m.id AND x.state = 'waiting')`;

const PRICES = `
SELECT p.plan, (SELECT n.plan FROM plan_price n WHERE n.stripe_id = $2) AS "nextPlan",
  (SELECT t.stripe_id FROM plan_price t WHERE t.plan = $3 AND t.currency = p.currency AND t.interval = p.interval) AS target
FROM plan_price p WHERE p.stripe_id = $1`;
type Prices = Pick<Facts, 'plan' | 'nextPlan' | 'target'>;

/** Any that takes a statement. */
type Rows = { query(text: string, values: unknown[]): Promise<{ rows: unknown[] }> };

/** What is to be done about one subscriber, by what the provider has now. */
export async function decideFor(
  rows: Rows,
  subscription: Facts['subscription'],
  { from, to }: Pick<Facts, 'from' | 'to'>,
): Promise<Decision> {
  const next = subscription === null ? null : nextPrice(subscription);
  const found = await rows.query(PRICES, [subscription?.priceId ?? '', next ?? '', to]);
  const [prices = { plan: null, nextPlan: null, target: null }] = found.rows as Prices[];
  return decideMove({ from, to, subscription, ...prices });
}

const CUSTOMER = 'SELECT customer_id AS "customerId" FROM billing_account WHERE tenant_id = $1';

/** The subscription of a customer that counts; null: there is none. */
export const findMovable = async (
  customerId: string | null,
  { gateway }: Pick<MoveOptions, 'gateway'>,
): Promise<ProviderSubscription | null> =>
  customerId === null ? null : chooseSubscription(await gateway.listSubscriptions(customerId)).winner;

/** Moves one subscriber, if that is still to be done. */
function moveOne(pool: Pool, one: Waiting, options: MoveOptions): Promise<Decision> {
  const { tenantId, manner, trialEndsAt } = one;
  const { gateway, moves, now } = options;
  return underLock(pool, tenantId, async (client) => {
    const { rows } = await client.query<{ customerId: string | null }>(CUSTOMER, [tenantId]);
    const subscription = await findMovable(rows[0]?.customerId ?? null, options);
    const decision = await decideFor(client, subscription, one);
    if (decision.kind !== 'move' || subscription === null) return decision;
    const { priceId, undo } = decision;
    if (undo !== null) await gateway.undoSchedule(undo);
    const key = `${one.moveId}:${subscription.id}:${priceId}`;
    if (manner === 'period_end') await gateway.scheduleChange({ subscription, priceId, at: now() });
    else await moves.moveSubscription({ subscription, priceId, trialEndsAt }, key);
    return { kind: 'moved' };
  });
}

type Outcome = { state: 'moved' | 'skipped' | 'failed'; note: string | null };

/** What came of one; null: the provider is away, and nobody else will be reached either. */
async function tryOne(pool: Pool, one: Waiting, options: MoveOptions): Promise<Outcome | null> {
  try {
    const decision = await moveOne(pool, one, options);
    if (decision.kind === 'moved' || decision.kind === 'move') return { state: 'moved', note: null };
    return { state: decision.kind, note: decision.why };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.retriable) {
      options.log.warn({ tenant: one.tenantId, reason: error.message }, 'a move of subscribers waits');
      return null;
    }
    return { state: 'failed', note: error.message.slice(0, 300).replaceAll('\0', '') };
  }
}

/**
 * Moves subscribers who wait to be moved, one after another. It may be cut off anywhere: whoever was moved and not noted is found as
 * moved. Stops where the provider is away, and at a move that is paused or called off. Answers how many it came to.
 */
export async function carryOutMoves(pool: Pool, options: MoveOptions): Promise<number> {
  let count = 0;
  while (count < AT_ONCE && options.signal?.aborted !== true) {
    const [one] = (await pool.query<Waiting>(NEXT)).rows;
    if (one === undefined) break;
    const outcome = await tryOne(pool, one, options);
    if (outcome === null) break;
    count += 1;
    if (outcome.state === 'moved') await syncTenant(pool, one.tenantId, options);
    await pool.query(NOTE, [one.moveId, one.tenantId, outcome.state, outcome.note]);
  }
  await pool.query(END);
  return count;
}
