import type { Pool } from '@footfall/postgres/pool';

/** A delivery that somebody has taken to try. */
export type DueDelivery = {
  id: string;
  tenantId: string;
  endpointId: string;
  event: string;
  data: Readonly<Record<string, unknown>>;
  createdAt: Date;
  /** Tries, with this one. */
  attempts: number;
  url: string;
  sealedSecret: Uint8Array;
  sealedPrevious: Uint8Array | null;
};

/** How long a delivery is held by whoever tries it, seconds: longer than a try may take. */
const HOLD_SECONDS = 60;

/**
 * When a delivery that did not arrive is tried again, minutes after each try; with the last one it has failed. About three days together,
 * in which somebody mends a server over a weekend.
 */
export const RETRY_MINUTES = [1, 5, 30, 120, 360, 720, 1_440, 1_440] as const;

/** An endpoint at which nothing has arrived for so long is switched off, days. */
export const OFF_AFTER_DAYS = 5;

// One of an endpoint at a time, and those that are due for longest first.
const TAKE = `
UPDATE webhook_delivery d SET held_until = now() + $2 * interval '1 second', attempts = d.attempts + 1
FROM (
  SELECT id FROM (
    SELECT DISTINCT ON (w.endpoint_id) w.id, w.due_at
    FROM webhook_delivery w JOIN webhook_endpoint e ON e.id = w.endpoint_id AND e.enabled
    WHERE w.state = 'queued' AND w.due_at <= now() AND NOT EXISTS (
      SELECT FROM webhook_delivery h WHERE h.endpoint_id = w.endpoint_id AND h.state = 'queued' AND h.held_until > now())
    ORDER BY w.endpoint_id, w.due_at
  ) first_of_each ORDER BY due_at LIMIT $1
) due, webhook_endpoint e
WHERE d.id = due.id AND e.id = d.endpoint_id AND d.state = 'queued' AND (d.held_until IS NULL OR d.held_until <= now())
RETURNING d.id, d.tenant_id AS "tenantId", d.endpoint_id AS "endpointId", d.event, d.data, d.created_at AS "createdAt", d.attempts,
  e.url, e.sealed_secret AS "sealedSecret",
  CASE WHEN e.previous_until > now() THEN e.sealed_previous END AS "sealedPrevious"`;

/** Takes deliveries that are due, one of each endpoint, so that no other scheduler tries them meanwhile. */
export async function takeDueDeliveries(pool: Pool, most: number): Promise<DueDelivery[]> {
  return (await pool.query<DueDelivery>(TAKE, [most, HOLD_SECONDS])).rows;
}

/** What became of a try: the status of the answer, or the code of what was wrong, and milliseconds. */
export type Tried = { arrived: boolean; outcome: string; durationMs: number };

const FINISH = `
UPDATE webhook_delivery SET held_until = NULL, tried_at = now(), outcome = $2, duration_ms = $3, state = $4,
  due_at = CASE WHEN $4 = 'queued' THEN now() + $5 * interval '1 minute' ELSE due_at END
WHERE id = $1`;

const ARRIVED =
  'UPDATE webhook_endpoint SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL';

const FAILED = `
WITH before AS (SELECT id, enabled FROM webhook_endpoint WHERE id = $1 FOR UPDATE)
UPDATE webhook_endpoint e SET failing_since = COALESCE(failing_since, now()),
  enabled = e.enabled AND COALESCE(failing_since, now()) > now() - $2 * interval '1 day'
FROM before WHERE e.id = before.id RETURNING before.enabled AND NOT e.enabled AS "switchedOff"`;

/** Keeps what became of a try. Answers whether its endpoint was switched off by it. */
export async function finishDelivery(
  pool: Pool,
  { id, endpointId, attempts }: Pick<DueDelivery, 'id' | 'endpointId' | 'attempts'>,
  { arrived, outcome, durationMs }: Tried,
): Promise<boolean> {
  const pause = RETRY_MINUTES[attempts - 1];
  const state = arrived ? 'delivered' : pause === undefined ? 'failed' : 'queued';
  await pool.query(FINISH, [id, outcome, durationMs, state, pause ?? 0]);
  if (arrived) {
    await pool.query(ARRIVED, [endpointId]);
    return false;
  }
  const { rows } = await pool.query<{ switchedOff: boolean }>(FAILED, [endpointId, OFF_AFTER_DAYS]);
  return rows[0]?.switchedOff === true;
}

/** The addresses of a tenant's owners, and the languages of their mails. */
export async function ownersToTell(
  pool: Pool,
  tenantId: string,
): Promise<{ email: string; locale: string | null }[]> {
  const text = 'SELECT email, locale FROM owners_of_tenant($1)';
  return (await pool.query<{ email: string; locale: string | null }>(text, [tenantId])).rows;
}
