import type { Pool } from '@footfall/postgres/pool';

/**
 * The generation of a site's facts that is being made for another time zone. Reports read the one in force until the new
 * one is whole; the aggregator folds it and publishes it here.
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

const PUBLISH = `
UPDATE site SET generation = next_generation, timezone = next_timezone, next_generation = NULL, next_timezone = NULL
WHERE id = $1 AND next_generation = $2 AND next_timezone IS NOT NULL`;

/** Puts the pending generation in force; answers false, and changes nothing, when another is wanted by now. */
export async function publishGeneration(pool: Pool, siteId: string, generation: number): Promise<boolean> {
  return (await pool.query(PUBLISH, [siteId, generation])).rowCount === 1;
}
