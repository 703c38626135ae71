import type { Pool } from '@footfall/postgres/pool';
import { newId } from '../id.ts';

/** Events that were brought in together, as they are listed. */
export type EventImport = {
  id: string;
  formats: readonly string[];
  /** Those that collectors took, repeats too. */
  events: number;
  createdAt: Date;
  /** Null: it was cut off, or goes on. */
  endedAt: Date | null;
};

/** What is needed to find the events of an import again. */
export type FoundEventImport = { siteId: string; tenantId: string; senders: readonly string[] };

const GO_ON = `
UPDATE event_import SET senders = array_append(senders, $3)
WHERE id = $1 AND site_id = $2 AND ended_at IS NULL RETURNING id`;

/**
 * Notes that a sender (the id of an API key) begins to bring events in; `goesOn` is an import that was cut off and is gone on with, if it
 * is still there. Answers the import's id. It is noted before anything is sent, so that nothing is in that cannot be taken back.
 */
export async function beginEventImport(
  pool: Pool,
  request: { siteId: string; sender: string; goesOn: string | null },
): Promise<string> {
  const { siteId, sender, goesOn } = request;
  const { rows } = await pool.query<{ id: string }>(GO_ON, [goesOn, siteId, sender]);
  if (rows[0] !== undefined) return rows[0].id;
  const id = newId('import');
  await pool.query(`INSERT INTO event_import (id, site_id, formats, senders) VALUES ($1, $2, '{}', $3)`, [
    id,
    siteId,
    [sender],
  ]);
  return id;
}

/** Counts events that were taken of an import. */
export async function countImportedEvents(pool: Pool, id: string, events: number): Promise<void> {
  await pool.query('UPDATE event_import SET events = events + $2 WHERE id = $1', [id, events]);
}

/** Notes that an import is whole; one that brought nothing is forgotten, and answered as null. */
export async function endEventImport(
  pool: Pool,
  { id, formats }: { id: string; formats: readonly string[] },
): Promise<string | null> {
  const gone = await pool.query('DELETE FROM event_import WHERE id = $1 AND events = 0', [id]);
  if (gone.rowCount === 1) return null;
  await pool.query('UPDATE event_import SET formats = $2, ended_at = now() WHERE id = $1', [id, formats]);
  return id;
}

/** The imports of events of a site, the earliest first. */
export async function listEventImports(pool: Pool, siteId: string): Promise<EventImport[]> {
  const { rows } = await pool.query<EventImport>(
    `SELECT id, formats, events, created_at AS "createdAt", ended_at AS "endedAt"
     FROM event_import WHERE site_id = $1 ORDER BY created_at, id`,
    [siteId],
  );
  return rows;
}

/** Whose an import of events is, and who sent it; null when there is none of this id. */
export async function findEventImport(pool: Pool, id: string): Promise<FoundEventImport | null> {
  const { rows } = await pool.query<FoundEventImport>(
    `SELECT site_id AS "siteId", tenant_id AS "tenantId", senders
     FROM event_import JOIN site ON site.id = site_id WHERE event_import.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** Forgets an import whose events are gone. */
export async function forgetEventImport(pool: Pool, id: string): Promise<void> {
  await pool.query('DELETE FROM event_import WHERE id = $1', [id]);
}
