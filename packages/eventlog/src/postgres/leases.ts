import { type Pool, type PoolClient, transaction } from '@footfall/postgres/pool';
import type { Topic } from '../event-log.ts';

/** How long a partition stays with a consumer that is heard no more. */
export const LEASE_MS = 5_000;

export type Lease = { topic: Topic; partition: number; committed: number };

const INTERVAL = `interval '${LEASE_MS} milliseconds'`;

async function fairShare(client: PoolClient, group: string, topics: readonly Topic[]): Promise<number> {
  const { rows } = await client.query<{ members: number; partitions: number }>(
    `SELECT (SELECT count(*) FROM eventlog.member WHERE grp = $1 AND seen_at > now() - ${INTERVAL}) AS members,
            (SELECT count(*) FROM eventlog.partition WHERE topic = ANY($2)) AS partitions`,
    [group, topics],
  );
  const { members = 1, partitions = 0 } = rows[0] ?? {};
  return Math.ceil(partitions / Math.max(1, members));
}

/** What a member holds, longest-held order not promised; extends all of it. */
async function renew(client: PoolClient, group: string, member: string): Promise<Lease[]> {
  const { rows } = await client.query<Lease>(
    `UPDATE eventlog.lease SET expires_at = now() + ${INTERVAL}
     WHERE grp = $1 AND owner = $2 AND expires_at > now() RETURNING topic, partition, committed`,
    [group, member],
  );
  return rows;
}

async function claim(
  client: PoolClient,
  request: { group: string; member: string; topics: readonly Topic[]; count: number },
): Promise<Lease[]> {
  const { rows } = await client.query<Lease>(
    `WITH free AS (
       SELECT topic, partition FROM eventlog.lease
       WHERE grp = $1 AND topic = ANY($3) AND (owner IS NULL OR expires_at <= now())
       ORDER BY topic, partition LIMIT $4 FOR UPDATE SKIP LOCKED)
     UPDATE eventlog.lease l SET owner = $2, expires_at = now() + ${INTERVAL}
     FROM free f WHERE l.grp = $1 AND l.topic = f.topic AND l.partition = f.partition
     RETURNING l.topic, l.partition, l.committed`,
    [request.group, request.member, request.topics, request.count],
  );
  return rows;
}

export type Membership = { group: string; member: string; topics: readonly Topic[] };

/** Makes a lease row for each partition of the topics that the group has none for yet. */
export async function ensureLeases(pool: Pool, { group, topics }: Membership): Promise<void> {
  await pool.query(
    `INSERT INTO eventlog.lease (grp, topic, partition)
     SELECT $1, topic, partition FROM eventlog.partition WHERE topic = ANY($2) ORDER BY 2, 3 ON CONFLICT DO NOTHING`,
    [group, topics],
  );
}

/**
 * One heartbeat: tells that the member lives, renews its leases and claims free ones up to its fair share. Answers what
 * it holds, and of that what it should give back (after the batch in hand) because others have less.
 */
export function heartbeat(
  pool: Pool,
  { group, member, topics }: Membership,
): Promise<{ held: Lease[]; surplus: Lease[] }> {
  return transaction(pool, async (client) => {
    await client.query(
      `INSERT INTO eventlog.member (grp, member, seen_at) VALUES ($1, $2, now())
       ON CONFLICT (grp, member) DO UPDATE SET seen_at = now()`,
      [group, member],
    );
    const share = await fairShare(client, group, topics);
    const renewed = await renew(client, group, member);
    const claimed =
      renewed.length < share
        ? await claim(client, { group, member, topics, count: share - renewed.length })
        : [];
    return { held: [...renewed, ...claimed], surplus: renewed.slice(share) };
  });
}

/** Commits an offset; answers false when the lease has passed to another. */
export async function commit(
  pool: Pool,
  { group, member }: Membership,
  { topic, partition, committed }: Lease,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE eventlog.lease SET committed = $5 WHERE grp = $1 AND owner = $2 AND topic = $3 AND partition = $4 AND committed <= $5`,
    [group, member, topic, partition, committed],
  );
  return rowCount === 1;
}

/** Gives partitions back, so that another member takes them with its next heartbeat. */
export async function release(
  pool: Pool,
  { group, member }: Membership,
  leases: readonly Pick<Lease, 'topic' | 'partition'>[],
): Promise<void> {
  await pool.query(
    `UPDATE eventlog.lease SET owner = NULL, expires_at = NULL WHERE grp = $1 AND owner = $2
       AND (topic, partition) IN (SELECT * FROM unnest($3::text[], $4::int[]))`,
    [group, member, leases.map(({ topic }) => topic), leases.map(({ partition }) => partition)],
  );
}

/** Takes the member out of the group. */
export async function leave(pool: Pool, { group, member }: Membership): Promise<void> {
  await pool.query(
    'UPDATE eventlog.lease SET owner = NULL, expires_at = NULL WHERE grp = $1 AND owner = $2',
    [group, member],
  );
  await pool.query('DELETE FROM eventlog.member WHERE grp = $1 AND member = $2', [group, member]);
}
