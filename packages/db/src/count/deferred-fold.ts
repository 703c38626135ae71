import type { Pool } from '@footfall/postgres/pool';
import type { Queryable } from '../tenant/transaction.ts';

/** A visitor-day that waits to be folded, and the receipt of the oldest event that reports may lack, epoch milliseconds. */
export type DeferredFold = {
  siteId: string;
  generation: number;
  day: string;
  visitor: string;
  receivedAt: number;
};

// While somebody folds it, what comes is kept apart: that may be lacking when the fold is done.
const DEFER = `
INSERT INTO deferred_fold AS d (site_id, generation, day, visitor, received_at)
SELECT site_id, generation, day, visitor, min(received_at)
FROM unnest($1::text[], $2::integer[], $3::text[], $4::text[], $5::bigint[]) AS n(site_id, generation, day, visitor, received_at)
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
ON CONFLICT (site_id, generation, day, visitor) DO UPDATE SET
  received_at = CASE WHEN d.held_until IS NULL THEN least(d.received_at, excluded.received_at) ELSE d.received_at END,
  again_at = CASE WHEN d.held_until IS NULL THEN NULL ELSE least(d.again_at, excluded.received_at) END`;

/** Notes visitor-days that are to be folded later. */
export async function deferFolds(pool: Pool, folds: readonly DeferredFold[]): Promise<void> {
  if (folds.length === 0) return;
  await pool.query(DEFER, [
    folds.map(({ siteId }) => siteId),
    folds.map(({ generation }) => generation),
    folds.map(({ day }) => day),
    folds.map(({ visitor }) => visitor),
    folds.map(({ receivedAt }) => Math.floor(receivedAt)),
  ]);
}

/** Whoever folds for longer than this was killed. */
const HELD = `interval '5 minutes'`;
/** Held for longer than anybody holds: the database's clock went back since. A minute, since `now()` is when a transaction began. */
const LATEST = `now() + ${HELD} + interval '1 minute'`;

const CLAIM = `
UPDATE deferred_fold AS d SET held_until = now() + ${HELD}
FROM (SELECT site_id, generation, day, visitor FROM deferred_fold
      WHERE (held_until IS NULL OR held_until NOT BETWEEN now() AND ${LATEST}) AND site_id <> ALL ($1)
      ORDER BY received_at LIMIT 1 FOR UPDATE SKIP LOCKED) AS next
WHERE (d.site_id, d.generation, d.day, d.visitor) = (next.site_id, next.generation, next.day, next.visitor)
RETURNING d.site_id AS "siteId", d.generation, d.day, d.visitor, d.received_at AS "receivedAt"`;

/** Takes the one that waits longest, of all sites but those given; null when none waits. */
export async function claimFold(pool: Pool, resting: readonly string[]): Promise<DeferredFold | null> {
  const { rows } = await pool.query<DeferredFold>(CLAIM, [resting]);
  return rows[0] ?? null;
}

const THIS = 'site_id = $1 AND generation = $2 AND day = $3 AND visitor = $4';
const FINISH = `DELETE FROM deferred_fold WHERE ${THIS} AND again_at IS NULL`;
const AGAIN = `
UPDATE deferred_fold SET received_at = again_at, again_at = NULL, held_until = NULL WHERE ${THIS} AND again_at IS NOT NULL`;

/** Lets one go that was folded from events that were read after it was claimed; it waits again if something came meanwhile. */
export async function finishFold(pool: Pool, fold: DeferredFold): Promise<void> {
  const key = [fold.siteId, fold.generation, fold.day, fold.visitor];
  await pool.query(FINISH, key);
  await pool.query(AGAIN, key);
}

/** Receipt of the oldest event of a site whose visitor-day waits, epoch milliseconds; null when none does. */
export async function oldestDeferred(tenant: Queryable, siteId: string): Promise<number | null> {
  const { rows } = await tenant.query<{ oldest: number | null }>({
    name: 'oldest-deferred',
    text: 'SELECT min(received_at) AS oldest FROM deferred_fold WHERE site_id = $1',
    values: [siteId],
  });
  return rows[0]?.oldest ?? null;
}
