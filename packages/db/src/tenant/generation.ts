import type { Pool } from '@footfall/postgres/pool';

/**
 * The generation of a site's facts that is being made, for another time zone or, in the same zone, because what is stored was
 * lost or wrong. Reports read the one in force until the new one is whole; the aggregator folds it and publishes it here.
 */
export type PendingGeneration = { siteId: string; generation: number; timezone: string };

/** What a change of the zone makes of a site's generations. */
export type Generations = {
  timezone: string;
  generation: number;
  nextGeneration: number | null;
  nextTimezone: string | null;
};

type Next = Pick<Generations, 'nextGeneration' | 'nextTimezone'>;

/**
 * The next generation of a site that is to count by the days of `timezone`. Numbers are never used twice, also when a
 * change is called off by going back to the zone in force: facts of a number are of one zone.
 */
export function nextFor(site: Generations, timezone: string): Next {
  const { nextGeneration, nextTimezone } = site;
  if (timezone === (nextTimezone ?? site.timezone)) return { nextGeneration, nextTimezone };
  if (timezone === site.timezone) return { nextGeneration, nextTimezone: null };
  return { nextGeneration: Math.max(site.generation, nextGeneration ?? 0) + 1, nextTimezone: timezone };
}

const PENDING = `
SELECT id AS "siteId", next_generation AS generation, next_timezone AS timezone FROM site
WHERE next_timezone IS NOT NULL ORDER BY id`;

/** All generations that are to be made. */
export async function pendingGenerations(pool: Pool): Promise<PendingGeneration[]> {
  return (await pool.query<PendingGeneration>(PENDING)).rows;
}

// The generation in force until now goes, an hour later: readers that began with it end first.
const PUBLISH = `
WITH published AS (
  UPDATE site SET generation = next_generation, timezone = next_timezone, next_generation = NULL, next_timezone = NULL
  FROM (SELECT id AS site_id, generation AS before FROM site WHERE id = $1) AS old
  WHERE id = old.site_id AND next_generation = $2 AND next_timezone IS NOT NULL
  RETURNING id, old.before)
INSERT INTO retired_generation (site_id, generation) SELECT id, before FROM published
ON CONFLICT DO NOTHING RETURNING generation`;

/** Puts the pending generation in force; answers false, and changes nothing, when another is wanted by now. */
export async function publishGeneration(pool: Pool, siteId: string, generation: number): Promise<boolean> {
  return (await pool.query(PUBLISH, [siteId, generation])).rowCount === 1;
}

/**
 * Wants the history of a site (its id), or of all (null), folded anew. A generation that is being made already serves: it is of the same
 * events.
 */
export const WANT_REBUILD = `
UPDATE site SET next_generation = greatest(generation, coalesce(next_generation, 0)) + 1, next_timezone = timezone
WHERE next_timezone IS NULL AND ($1::text IS NULL OR id = $1)`;

/**
 * Wants the history of a site, or of all (null), folded anew from the event store; those for which that is wanted already stay as
 * they are. Answers for how many it is wanted only now.
 */
export async function wantRebuild(pool: Pool, siteId: string | null): Promise<number> {
  return (await pool.query(WANT_REBUILD, [siteId])).rowCount ?? 0;
}

/** A generation of a site that nobody reads any more. */
export type RetiredGeneration = { siteId: string; generation: number };

/** Generations that were left before an instant (epoch milliseconds), oldest first, at most `limit`. */
export async function retiredGenerations(
  pool: Pool,
  before: number,
  limit: number,
): Promise<RetiredGeneration[]> {
  const { rows } = await pool.query<RetiredGeneration>(
    `SELECT site_id AS "siteId", generation FROM retired_generation
     WHERE retired_at < to_timestamp($1 / 1000.0) ORDER BY retired_at LIMIT $2`,
    [before, limit],
  );
  return rows;
}

/** Forgets a retired generation whose facts are deleted. */
export async function forgetGeneration(pool: Pool, { siteId, generation }: RetiredGeneration): Promise<void> {
  await pool.query('DELETE FROM retired_generation WHERE site_id = $1 AND generation = $2', [
    siteId,
    generation,
  ]);
}
