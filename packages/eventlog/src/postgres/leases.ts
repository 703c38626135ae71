import { type Pool, type PoolClient, transaction } from '@footfall/postgres/pool';
import type { Topic } from '../event-log.ts';

/** How long a partition stays with a consumer that is heard no more. All times are the database's. */
export const LEASE_MS = 5_000;

export type TopicPartition = { topic: Topic; partition: number };
export type Lease = TopicPartition & {
  /** First offset that the group has not handled. */
  committed: number;
};
export type Membership = { group: string; member: string; topics: readonly Topic[] };

const INTERVAL = `interval '${LEASE_MS} milliseconds'`;
/** Members that were killed leave their row behind; after this long nobody can mean it any more. */
const FORGET_MEMBER = `interval '1 hour'`;
/**
 * Nobody writes a later time than this, unless the database's clock went back since: it was ahead, or was set. Twice a lease, since a
 * transaction's `now()` is the time at which it began.
 */
const LATEST = `now() + 2 * ${INTERVAL}`;

async function tellAlive(client: PoolClient, { group, member }: Membership): Promise<void> {
  await client.query(
    `INSERT INTO eventlog.member (grp, member, seen_at) VALUES ($1, $2, now())
     ON CONFLICT (grp, member) DO UPDATE SET seen_at = now()`,
    [group, member],
  );
}

/** Partitions a member should hold of each topic: of each, so that members share the topics and not one topic each. */
async function fairShares(client: PoolClient, { group, topics }: Membership): Promise<Map<Topic, number>> {
  const { rows } = await client.query<{ topic: Topic; share: number }>(
    `SELECT topic, ceil(count(*)::numeric / greatest(1, (
       SELECT count(*) FROM eventlog.member
       WHERE grp = $1 AND seen_at > now() - ${INTERVAL} AND seen_at < ${LATEST})))::int AS share
     FROM eventlog.partition WHERE topic = ANY($2) GROUP BY topic`,
    [group, topics],
  );
  return new Map(rows.map(({ topic, share }) => [topic, share]));
}

/** Extends what a member holds, even when it is late: as long as nobody took it over, nothing has changed. */
async function renew(client: PoolClient, { group, member, topics }: Membership): Promise<Lease[]> {
  const { rows } = await client.query<Lease>(
    `UPDATE eventlog.lease SET expires_at = now() + ${INTERVAL}
     WHERE grp = $1 AND owner = $2 AND topic = ANY($3) RETURNING topic, partition, committed`,
    [group, member, topics],
  );
  return rows.sort((a, b) => a.partition - b.partition);
}

/**
 * Leases that end later than anybody could have written end a lease from now: a member that lives renews its own before that, and what a
 * dead one has held is free then, as if it had been heard a moment ago.
 */
async function shorten(client: PoolClient, { group, topics }: Membership): Promise<void> {
  await client.query(
    `UPDATE eventlog.lease l SET expires_at = now() + ${INTERVAL}
     FROM (SELECT grp, topic, partition FROM eventlog.lease
           WHERE grp = $1 AND topic = ANY($2) AND expires_at > ${LATEST} FOR UPDATE SKIP LOCKED) late
     WHERE (l.grp, l.topic, l.partition) = (late.grp, late.topic, late.partition)`,
    [group, topics],
  );
}

async function claim(
  client: PoolClient,
  { group, member }: Membership,
  wanted: ReadonlyMap<Topic, number>,
): Promise<Lease[]> {
  const { rows } = await client.query<Lease>(
    `WITH free AS MATERIALIZED (
       SELECT f.topic, f.partition FROM unnest($3::text[], $4::int[]) AS wanted(topic, count)
       CROSS JOIN LATERAL (
         SELECT topic, partition FROM eventlog.lease
         WHERE grp = $1 AND topic = wanted.topic AND (owner IS NULL OR expires_at <= now())
         ORDER BY partition LIMIT wanted.count FOR UPDATE SKIP LOCKED) f)
     UPDATE eventlog.lease l SET owner = $2, expires_at = now() + ${INTERVAL}
     FROM free WHERE l.grp = $1 AND l.topic = free.topic AND l.partition = free.partition
     RETURNING l.topic, l.partition, l.committed`,
    [group, member, [...wanted.keys()], [...wanted.values()]],
  );
  return rows;
}

/** Makes a lease row for each partition of the topics that the group has none for yet, and forgets the dead. */
export async function joinGroup(pool: Pool, { group, topics }: Membership): Promise<void> {
  await pool.query(
    `INSERT INTO eventlog.lease (grp, topic, partition)
     SELECT $1, topic, partition FROM eventlog.partition WHERE topic = ANY($2) ORDER BY 2, 3 ON CONFLICT DO NOTHING`,
    [group, topics],
  );
  await pool.query(
    `DELETE FROM eventlog.member
     WHERE grp = $1 AND seen_at NOT BETWEEN now() - ${FORGET_MEMBER} AND now() + ${FORGET_MEMBER}`,
    [group],
  );
}

export type Heartbeat = {
  /** Held before and still. */
  renewed: Lease[];
  /** Held as of now. */
  claimed: Lease[];
  /** Of the renewed, what others have a right to: to be given back after the batch in hand. */
  surplus: Lease[];
};

/** One heartbeat: tells that the member lives, renews its leases and, unless it is leaving, claims its share of the free ones. */
export function heartbeat(
  pool: Pool,
  membership: Membership,
  { leaving }: { leaving: boolean },
): Promise<Heartbeat> {
  return transaction(pool, async (client) => {
    await tellAlive(client, membership);
    const renewed = await renew(client, membership);
    if (leaving) return { renewed, claimed: [], surplus: [] };
    await shorten(client, membership);
    const shares = [...(await fairShares(client, membership))];
    const listHeld = (topic: Topic) => renewed.filter((lease) => lease.topic === topic);
    const wanted = shares.map(([topic, share]) => [topic, share - listHeld(topic).length] as const);
    const missing = new Map(wanted.filter(([, count]) => count > 0));
    return {
      renewed,
      claimed: missing.size > 0 ? await claim(client, membership, missing) : [],
      surplus: shares.flatMap(([topic, share]) => listHeld(topic).slice(share)),
    };
  });
}

/**
 * Moves a group's position from where the batch began to behind it; answers false, and moves nothing, when the lease
 * has passed to another or the position is not the one that the batch began at.
 */
export async function commit(
  pool: Pool,
  { group, member }: Membership,
  { topic, partition, from, to }: TopicPartition & { from: number; to: number },
): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'commit',
    text: `UPDATE eventlog.lease SET committed = $6
           WHERE grp = $1 AND owner = $2 AND topic = $3 AND partition = $4 AND committed = $5`,
    values: [group, member, topic, partition, from, to],
  });
  return rowCount === 1;
}

/** Gives partitions back, so that another member takes them with its next heartbeat. */
export async function release(
  pool: Pool,
  { group, member }: Membership,
  leases: readonly TopicPartition[],
): Promise<void> {
  await pool.query(
    `UPDATE eventlog.lease SET owner = NULL, expires_at = NULL WHERE grp = $1 AND owner = $2
       AND (topic, partition) IN (SELECT * FROM unnest($3::text[], $4::int[]))`,
    [group, member, leases.map(({ topic }) => topic), leases.map(({ partition }) => partition)],
  );
}

/** Takes the member out of the group, and all it holds from it. */
export async function leaveGroup(pool: Pool, { group, member }: Membership): Promise<void> {
  await pool.query(
    `WITH gone AS (DELETE FROM eventlog.member WHERE grp = $1 AND member = $2)
     UPDATE eventlog.lease SET owner = NULL, expires_at = NULL WHERE grp = $1 AND owner = $2`,
    [group, member],
  );
}
