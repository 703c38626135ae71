import type { Pool } from '@footfall/postgres/pool';
import type { Queryable } from '../tenant/transaction.ts';

/** A collector's spool as it says of itself. */
export type SpoolState = {
  /** Of the folder: the same after a restart. */
  id: string;
  /** Host and folder, for people. */
  place: string;
  records: number;
  bytes: number;
  /** No event in it was received before, epoch milliseconds. */
  oldestReceivedAt: number;
};

/** How many events of a site, received on a local day of it, a spool holds; 0: none any more. */
export type SpoolLine = { siteId: string; day: string; count: number };

/** A collector must not wait long for what is only said to others, milliseconds. */
const TIMEOUT_MS = 2_000;

const MOMENT = `'epoch'::timestamptz + $5::bigint * interval '1 millisecond'`;

// One statement, so that a spool and its lines are seen together.
const PUBLISH = `
WITH line AS (
  SELECT * FROM unnest($6::text[], $7::text[], $8::bigint[]) AS l(site_id, day, count)
), gone AS (
  DELETE FROM spool_backlog b USING line l
  WHERE b.spool_id = $1 AND b.site_id = l.site_id AND b.day = l.day AND l.count = 0
), state AS (
  INSERT INTO spool (id, place, records, bytes, oldest_received_at, updated_at) VALUES ($1, $2, $3, $4, ${MOMENT}, now())
  ON CONFLICT (id) DO UPDATE SET place = excluded.place, records = excluded.records, bytes = excluded.bytes,
    oldest_received_at = excluded.oldest_received_at, updated_at = excluded.updated_at
)
INSERT INTO spool_backlog (spool_id, site_id, day, count) SELECT $1, site_id, day, count FROM line WHERE count > 0
ON CONFLICT (spool_id, site_id, day) DO UPDATE SET count = excluded.count`;

/** Says how a spool is now; `lines` are those that have changed, each site and day once. */
export async function publishSpool(
  pool: Pool,
  spool: SpoolState,
  lines: readonly SpoolLine[],
): Promise<void> {
  const statement = {
    name: 'publish-spool',
    text: PUBLISH,
    values: [
      spool.id,
      spool.place,
      spool.records,
      spool.bytes,
      spool.oldestReceivedAt,
      lines.map(({ siteId }) => siteId),
      lines.map(({ day }) => day),
      lines.map(({ count }) => count),
    ],
    query_timeout: TIMEOUT_MS,
  };
  await pool.query(statement);
}

/** Takes back all lines of a spool, whoever published them; the spool itself stays, and with it how far reports may claim to reach. */
export async function clearSpoolLines(pool: Pool, id: string): Promise<void> {
  const text = 'DELETE FROM spool_backlog WHERE spool_id = $1';
  const statement = { text, values: [id], query_timeout: TIMEOUT_MS };
  await pool.query(statement);
}

/** Says that a spool is empty. */
export async function forgetSpool(pool: Pool, id: string): Promise<void> {
  const statement = { text: 'DELETE FROM spool WHERE id = $1', values: [id], query_timeout: TIMEOUT_MS };
  await pool.query(statement);
}

/** What the spools of all collectors hold of a site: events by local day of receipt. */
export async function spooledOfSite(tenant: Queryable, siteId: string): Promise<Map<string, number>> {
  const { rows } = await tenant.query<{ day: string; count: number }>({
    name: 'spooled-of-site',
    text: 'SELECT day, sum(count)::bigint AS count FROM spool_backlog WHERE site_id = $1 GROUP BY day',
    values: [siteId],
  });
  return new Map(rows.map(({ day, count }) => [day, count]));
}

/** When the oldest event in any spool was received, epoch milliseconds; null when all spools are empty. */
export async function oldestSpooled(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<{ oldest: number | null }>({
    name: 'oldest-spooled',
    text: 'SELECT (extract(epoch FROM min(oldest_received_at)) * 1000)::bigint AS oldest FROM spool',
  });
  return rows[0]?.oldest ?? null;
}

const SPOOLS = `
SELECT id, place, records, bytes, (extract(epoch FROM oldest_received_at) * 1000)::bigint AS "oldestReceivedAt", updated_at AS "saidAt"
FROM spool ORDER BY oldest_received_at, id`;

/** All spools that hold anything, and when they said so last: one that has been silent for long is of a collector that does not run. */
export async function listSpools(pool: Pool): Promise<(SpoolState & { saidAt: Date })[]> {
  return (await pool.query<SpoolState & { saidAt: Date }>(SPOOLS)).rows;
}
