import type { FoundState } from '@footfall/core/found-events';
import type { Pool, PoolClient } from '@footfall/postgres/pool';
import { newId } from '../id.ts';
import { WANT_REBUILD } from '../tenant/generation.ts';
import { countRemoved, type RemovedDay } from './removed.ts';

/** What is to be looked through, or taken out, of a site; times are epoch milliseconds. */
export type OpenRemoval = {
  id: string;
  siteId: string;
  /** The site's time zone. */
  zone: string;
  receivedFrom: number;
  receivedTo: number;
  sender: string | null;
  /** The id that the shop calls the one visitor who is meant, sealed; null: all are. */
  sealedVisitor: Uint8Array | null;
  state: 'counting' | 'removing';
  /** Up to when events have been looked through; null: not begun. So with the next two, which say what has to be. */
  nextFrom: number | null;
  firstAt: number | null;
  lastAt: number | null;
  found: FoundState | null;
};

const WAITING = `
SELECT id, site_id AS "siteId" FROM event_removal WHERE state IN ('counting', 'removing')
ORDER BY worked_at NULLS FIRST, requested_at, id LIMIT 50`;

/** Removals that are to be worked on, the one that waits longest first. */
export async function waitingRemovals(pool: Pool): Promise<{ id: string; siteId: string }[]> {
  return (await pool.query<{ id: string; siteId: string }>(WAITING)).rows;
}

/** What holds the removals of one site: its connection has the lock, so whoever is killed or cut off has lost both. */
export type HeldSite = { client: PoolClient };

/**
 * Runs `work` while nobody else works on removals of the site, in any process; null when somebody does. What is read and written through
 * the connection is read and written under the lock.
 */
export async function holdSite<T>(
  pool: Pool,
  siteId: string,
  work: (held: HeldSite) => Promise<T>,
): Promise<T | null> {
  const client = await pool.connect();
  const lock = [`removal ${siteId}`];
  let broken: Error | undefined;
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked',
      lock,
    );
    if (rows[0]?.locked !== true) return null;
    const result = await work({ client });
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', lock);
    return result;
  } catch (error) {
    // The connection goes, and the lock with it.
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(broken);
  }
}

const MILLISECONDS = (column: string) => `(extract(epoch FROM ${column}) * 1000)::bigint`;

const READ = `
SELECT r.id, r.site_id AS "siteId", s.timezone AS zone, ${MILLISECONDS('received_from')} AS "receivedFrom",
  ${MILLISECONDS('received_to')} AS "receivedTo", sender, sealed_visitor AS "sealedVisitor", state, next_from AS "nextFrom", first_at AS "firstAt", last_at AS "lastAt", found
FROM event_removal r JOIN site s ON s.id = r.site_id WHERE r.id = $1 AND state IN ('counting', 'removing')`;

/** A removal that is to be worked on; null when it is not any more. */
export async function readRemoval({ client }: HeldSite, id: string): Promise<OpenRemoval | null> {
  return (await client.query<OpenRemoval>(READ, [id])).rows[0] ?? null;
}

const SAVE = `
UPDATE event_removal SET next_from = $3, first_at = $4, last_at = $5, found = $6, worked_at = now()
WHERE id = $1 AND state = $2`;

/** Keeps how far a removal is. False when it was called off meanwhile. */
export async function saveProgress({ client }: HeldSite, removal: OpenRemoval): Promise<boolean> {
  const { id, state, nextFrom, firstAt, lastAt, found } = removal;
  const json = found === null ? null : JSON.stringify(found);
  return (await client.query(SAVE, [id, state, nextFrom, firstAt, lastAt, json])).rowCount === 1;
}

const END = `
UPDATE event_removal SET state = CASE state WHEN 'counting' THEN 'counted' ELSE 'removed' END, worked_at = now(),
  finished_at = CASE state WHEN 'removing' THEN now() END,
  sealed_visitor = CASE state WHEN 'counting' THEN sealed_visitor END
WHERE id = $1 AND state = $2 RETURNING CASE WHEN is_reset THEN site_id END AS "resetSite"`;

/** Ends what a removal was doing: it is counted, or carried out. Of a site that was reset, reports are made anew: there is little to count. */
export async function endPhase({ client }: HeldSite, { id, state }: OpenRemoval): Promise<void> {
  const { rows } = await client.query<{ resetSite: string | null }>(END, [id, state]);
  for (const { resetSite } of rows) if (resetSite !== null) await client.query(WANT_REBUILD, [resetSite]);
}

/** An event that is being deleted. */
export type PortionEvent = { id: string; visitor: string; occurredAt: number };

/** Events that are being deleted, and what they counted. */
export type Portion = {
  siteId: string;
  removalId: string;
  events: readonly PortionEvent[];
  days: readonly RemovedDay[];
};

const BEGIN_PORTION =
  'INSERT INTO removal_portion (site_id, removal_id, events, days) VALUES ($1, $2, $3, $4)';

/** Notes what will be deleted, before it is: whoever comes after a kill ends it. */
export async function beginPortion({ client }: HeldSite, portion: Portion): Promise<void> {
  const { siteId, removalId, events, days } = portion;
  await client.query(BEGIN_PORTION, [siteId, removalId, JSON.stringify(events), JSON.stringify(days)]);
}

const READ_PORTION = `
SELECT site_id AS "siteId", removal_id AS "removalId", events, days FROM removal_portion WHERE site_id = $1`;

/** What was being deleted of a site when somebody was killed; null: nothing. */
export async function readPortion({ client }: HeldSite, siteId: string): Promise<Portion | null> {
  return (await client.query<Portion>(READ_PORTION, [siteId])).rows[0] ?? null;
}

/** Counts what is deleted, once: in the transaction that forgets the portion. */
export async function finishPortion({ client }: HeldSite, portion: Portion): Promise<void> {
  const { siteId, removalId, events, days } = portion;
  await client.query('BEGIN');
  try {
    const gone = await client.query('DELETE FROM removal_portion WHERE site_id = $1 AND removal_id = $2', [
      siteId,
      removalId,
    ]);
    if (gone.rowCount === 1) {
      await countRemoved(client, siteId, days);
      await client.query('UPDATE event_removal SET removed = removed + $2, worked_at = now() WHERE id = $1', [
        removalId,
        events.length,
      ]);
    }
    await client.query('COMMIT');
  } catch (error) {
    // What cannot even be rolled back leaves the pool; see holdSite.
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

const ADD = `
INSERT INTO event_removal (id, site_id, received_from, received_to, sender, state, requested_by, confirmed_by, confirmed_at, found)
VALUES ($1, $2, $3, $4, $5, 'removing', $6, $6, now(), $7)`;

/** What an operator has looked at and confirmed. */
export type ConfirmedRemoval = Pick<OpenRemoval, 'siteId' | 'receivedFrom' | 'receivedTo' | 'sender'> & {
  found: FoundState;
  actor: string;
};

/** Notes a removal that is to be carried out; answers its id. */
export async function addRemoval(pool: Pool, removal: ConfirmedRemoval): Promise<string> {
  const { siteId, receivedFrom, receivedTo, sender, found, actor } = removal;
  const id = newId('removal');
  const span = [new Date(receivedFrom), new Date(receivedTo)];
  await pool.query(ADD, [id, siteId, ...span, sender, actor, JSON.stringify(found)]);
  return id;
}

const SO_FAR = `SELECT state IN ('counting', 'removing') AS "isOpen", removed FROM event_removal WHERE id = $1`;

/** Whether a removal is still to be worked on, and how many events are gone by it. */
export async function removedSoFar(pool: Pool, id: string): Promise<{ isOpen: boolean; removed: number }> {
  const { rows } = await pool.query<{ isOpen: boolean; removed: number }>(SO_FAR, [id]);
  // A site that is deleted meanwhile takes its removals along.
  return rows[0] ?? { isOpen: false, removed: 0 };
}
