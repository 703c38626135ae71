import { newId } from '@footfall/db/id';
import { checkReason } from '@footfall/db/tenant/support';
import { withAudit } from '@footfall/db/with-audit';
import type { Pool, PoolClient } from '@footfall/postgres/pool';
import type { Actor } from '../catalog/draft.ts';
import { catalogFailure } from '../catalog/errors.ts';
import { checkUntil } from '../subscribers/terms.ts';

/** `now`: the next period costs the new price; `period_end`: the plan changes when what was paid for is used up. */
export const MANNERS = ['now', 'period_end'] as const;
export type Manner = (typeof MANNERS)[number];

/** From which version of a plan to which, and how. */
export type NewMove = {
  from: string;
  to: string;
  manner: Manner;
  /** Nothing is asked for until then (epoch milliseconds); null: as it was. Only with `now`. */
  trialEndsAt: number | null;
};

const invalid = (rule: 'target' | 'trial' | 'open' | 'nobody' | 'state', where = 'to') =>
  catalogFailure('invalid_move', 'these subscribers cannot be moved so', { where, values: { rule } });

const TARGET = `
SELECT EXISTS (SELECT FROM plan p WHERE p.name = $2 AND p.state = 'published' AND p.name <> $1)
  AND EXISTS (SELECT FROM plan p WHERE p.name = $1 AND p.state IN ('published', 'archived'))
  AND EXISTS (SELECT FROM plan_price x WHERE x.plan = $2 AND x.stripe_id IS NOT NULL) AS fits`;

// Two moves of the same subscribers would each undo the other's.
const START = `
INSERT INTO plan_move (id, from_plan, to_plan, manner, trial_ends_at, reason, made_by)
SELECT $1, $2, $3, $4, $5, $6, $7 WHERE NOT EXISTS (SELECT FROM plan_move m WHERE m.from_plan = $2 AND m.state IN ('running', 'paused'))`;

const WHO = `
INSERT INTO plan_move_tenant (move_id, tenant_id) SELECT $1, s.tenant_id FROM subscription s
WHERE s.plan = $2 AND s.status NOT IN ('incomplete', 'incomplete_expired', 'canceled')`;

async function insertMove(
  client: PoolClient,
  id: string,
  { from, to, manner, trialEndsAt, reason, actor }: NewMove & { reason: string; actor: Actor },
): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('plan move', 0))`);
  const { rows } = await client.query<{ fits: boolean }>(TARGET, [from, to]);
  if (rows[0]?.fits !== true) throw invalid('target');
  const ends = trialEndsAt === null ? null : new Date(trialEndsAt);
  const made = await client.query(START, [id, from, to, manner, ends, reason, actor.id]);
  if (made.rowCount !== 1) throw invalid('open');
  const { rowCount } = await client.query(WHO, [id, from]);
  if (rowCount === 0) throw invalid('nobody');
}

/**
 * Begins to move all who subscribe to a version of a plan now; the scheduler does it. Answers its id.
 * @throws Failure `invalid_move`, `invalid_until`, `invalid_reason`
 */
export async function startMove(
  pool: Pool,
  { now, ...given }: NewMove & { reason: string; actor: Actor; now: number },
): Promise<string> {
  const { from, to, manner, trialEndsAt, actor } = given;
  if (trialEndsAt !== null) checkUntil(trialEndsAt, now);
  if (trialEndsAt !== null && manner !== 'now') throw invalid('trial', 'until');
  const reason = checkReason(given.reason);
  const id = newId('move');
  const details = { from, to, manner, trialEndsAt, reason };
  const act = { actor, action: 'move.start', subject: id, aboutTenant: null, details };
  await withAudit(pool, act, (client) => insertMove(client, id, { ...given, reason }));
  return id;
}

/** What can be done with a move that has begun: by the state that it must be in, the state that it is in after. */
const STEPS = {
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: { from: ['running', 'paused'], to: 'cancelled' },
  retry: { from: ['done', 'running', 'paused'], to: 'running' },
} as const;
export type MoveStep = keyof typeof STEPS;

/** The step that a text names; null for any other. */
export const moveStep = (text: string): MoveStep | null =>
  Object.hasOwn(STEPS, text) ? (text as MoveStep) : null;

const RETRY = `
UPDATE plan_move_tenant SET state = 'waiting', note = NULL, updated_at = now() WHERE move_id = $1 AND state = 'failed'`;

/**
 * Pauses a move, goes on with it, calls it off (whoever was moved stays moved), or tries those again who could not be moved.
 * @throws Failure `invalid_move` where it is in another state by now
 */
export async function changeMove(
  pool: Pool,
  { id, step, actor }: { id: string; step: MoveStep; actor: Actor },
): Promise<void> {
  const { from, to } = STEPS[step];
  const act = { actor, action: `move.${step}`, subject: id, aboutTenant: null };
  await withAudit(pool, act, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE plan_move SET state = $2, ended_at = CASE WHEN $2 = 'cancelled' THEN now() END WHERE id = $1 AND state = ANY ($3)`,
      [id, to, from],
    );
    if (rowCount !== 1) throw invalid('state', 'move');
    if (step === 'retry') await client.query(RETRY, [id]);
  });
}
