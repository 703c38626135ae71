import { type Pool, type PoolClient, transaction } from '@footfall/postgres/pool';
import type { BillingLog } from '../sync.ts';
import { type MeterGateway, MOST_BACK_MS } from './meter-gateway.ts';

export type OutboxOptions = {
  meters: MeterGateway;
  log: Pick<BillingLog, 'warn' | 'error'>;
  /** Epoch milliseconds. */
  now: number;
  signal?: AbortSignal | undefined;
};

/** Hours that are noted in one transaction. */
const AT_ONCE = 2_000;
/** An hour is told when it has ended, and processors have had a moment. Milliseconds. */
const SETTLED_MS = 2 * 60_000;

// Those who are customers and have a plan, since they were asked to pay first. A row that the ledger changes meanwhile waits for this
// transaction, and is to be noted again after it; one of another site of the same hour is noted the next time.
const NOTE = `
WITH changed AS (
  UPDATE usage_hour u SET is_noted = true
  FROM (
    SELECT h.tenant_id, h.hour, h.site_id, h.day FROM billing_account b
    JOIN subscription s ON s.tenant_id = b.tenant_id
    JOIN usage_hour h ON h.tenant_id = b.tenant_id AND NOT h.is_noted
    WHERE b.customer_id IS NOT NULL AND h.hour >= date_trunc('hour', b.created_at, 'UTC')
      AND h.hour <= to_timestamp($1 / 1000.0) - interval '1 hour'
    ORDER BY h.tenant_id, h.hour, h.site_id, h.day LIMIT ${AT_ONCE} FOR UPDATE OF h
  ) AS due
  WHERE (u.tenant_id, u.hour, u.site_id, u.day) = (due.tenant_id, due.hour, due.site_id, due.day)
  RETURNING u.tenant_id, u.hour
)
SELECT DISTINCT tenant_id AS "tenantId", (extract(epoch FROM hour) * 1000)::float8 AS hour FROM changed`;

// In a statement of its own, after the rows are locked: it sees all that was committed before.
const REVISE = `
INSERT INTO meter_hour AS m (tenant_id, hour, revision, events, due_at)
SELECT u.tenant_id, u.hour, 1, sum(u.events)::bigint, to_timestamp($3 / 1000.0)
FROM usage_hour u
JOIN unnest($1::text[], $2::float8[]) AS c(tenant_id, hour) ON c.tenant_id = u.tenant_id AND u.hour = to_timestamp(c.hour / 1000.0)
GROUP BY u.tenant_id, u.hour ORDER BY 1, 2
ON CONFLICT (tenant_id, hour) DO UPDATE SET revision = m.revision + 1, events = excluded.events, sent_at = NULL, attempts = 0,
  due_at = excluded.due_at, error = NULL WHERE m.events <> excluded.events`;

type NotedHour = { tenantId: string; hour: number };

/** Makes a new revision of each hour that the ledger has changed. Answers how many rows were looked at. */
async function noteHours(pool: Pool, now: number): Promise<number> {
  return transaction(pool, async (client) => {
    const { rows } = await client.query<NotedHour>(NOTE, [now - SETTLED_MS]);
    if (rows.length === 0) return 0;
    const tenants = rows.map(({ tenantId }) => tenantId);
    await client.query(REVISE, [tenants, rows.map(({ hour }) => hour), now]);
    return rows.length;
  });
}

type DueHour = { hour: number; revision: number; events: number; customerId: string | null };

const DUE_TENANTS = `
SELECT DISTINCT tenant_id AS "tenantId" FROM meter_hour WHERE sent_at IS NULL AND due_at <= to_timestamp($1 / 1000.0) LIMIT 1000`;

// One call about a customer at a time, whichever process makes it.
const LOCK = 'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS held';

const NEXT = `
SELECT (extract(epoch FROM m.hour) * 1000)::float8 AS hour, m.revision, m.events::float8 AS events, b.customer_id AS "customerId"
FROM meter_hour m JOIN billing_account b ON b.tenant_id = m.tenant_id
WHERE m.tenant_id = $1 AND m.sent_at IS NULL AND m.due_at <= to_timestamp($2 / 1000.0) ORDER BY m.hour LIMIT 1 FOR UPDATE OF m`;

const HOUR = 'tenant_id = $1 AND hour = to_timestamp($2 / 1000.0)';
const SENT = `UPDATE meter_hour SET sent_at = to_timestamp($3 / 1000.0), attempts = attempts + 1, error = NULL WHERE ${HOUR}`;
/** Pause before the next attempt: doubled each time, six hours at most. */
const FAILED = `
UPDATE meter_hour SET attempts = attempts + 1, error = $4,
  due_at = to_timestamp($3 / 1000.0) + least(power(2, least(attempts, 20)) * interval '1 minute', interval '6 hours') WHERE ${HOUR}`;
const GIVEN_UP = `UPDATE meter_hour SET attempts = attempts + 1, error = $3, due_at = 'infinity' WHERE ${HOUR}`;

/** Of a later revision, the time is later, too: whichever order the newest is found by, it is the newest. */
const timeWithin = (hour: number, revision: number): number => hour + Math.min(revision - 1, 3_599) * 1_000;

const writeIdentifier = (tenantId: string, { hour, revision }: DueHour): string =>
  `${tenantId}:${new Date(hour).toISOString().slice(0, 13)}:${revision}`;

type Step = 'sent' | 'failed' | 'unavailable' | 'nothing';

async function tellHour(
  client: PoolClient,
  tenantId: string,
  due: DueHour,
  { meters, log, now }: OutboxOptions,
): Promise<Step> {
  const { hour, revision, events, customerId } = due;
  if (customerId === null || hour < now - MOST_BACK_MS) {
    await client.query(GIVEN_UP, [tenantId, hour, customerId === null ? 'no customer' : 'too old']);
    log.error(
      { tenant: tenantId, hour: new Date(hour).toISOString(), events },
      'an hour of use cannot be told any more',
    );
    return 'failed';
  }
  try {
    const identifier = writeIdentifier(tenantId, due);
    await meters.report({ identifier, customerId, hour, at: timeWithin(hour, revision), events });
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    await client.query(FAILED, [
      tenantId,
      hour,
      now,
      String(message ?? error)
        .slice(0, 500)
        .replaceAll('\0', ''),
    ]);
    log.warn({ err: error, tenant: tenantId }, 'an hour of use could not be told; it is tried again');
    return code === 'provider_refused' ? 'failed' : 'unavailable';
  }
  await client.query(SENT, [tenantId, hour, now]);
  return 'sent';
}

/** Tells one due hour of a tenant: the oldest. Nothing where another process is at it, or there is none. */
function tellNext(pool: Pool, tenantId: string, options: OutboxOptions): Promise<Step> {
  return transaction(pool, async (client) => {
    const { rows: locks } = await client.query<{ held: boolean }>(LOCK, [`meter ${tenantId}`]);
    if (!locks[0]?.held) return 'nothing';
    const [due] = (await client.query<DueHour>(NEXT, [tenantId, options.now])).rows;
    return due === undefined ? 'nothing' : tellHour(client, tenantId, due, options);
  });
}

/**
 * Tells the provider each hour that the ledger has changed, whole. May be cut off between any two steps and done again, by any number of
 * processes: a revision says the same whenever it is told, and the provider keeps the newest of an hour. Answers how many were told.
 */
export async function tellUsage(pool: Pool, options: OutboxOptions): Promise<number> {
  const isOver = () => options.signal?.aborted === true;
  while (!isOver() && (await noteHours(pool, options.now)) > 0);
  const { rows } = await pool.query<{ tenantId: string }>(DUE_TENANTS, [options.now]);
  if (rows.length === 0 || isOver()) return 0;
  await options.meters.ensureMeter();
  let count = 0;
  for (const { tenantId } of rows) {
    for (let step: Step = 'sent'; step === 'sent' && !isOver(); ) {
      step = await tellNext(pool, tenantId, options);
      if (step === 'unavailable') return count;
      count += Number(step === 'sent');
    }
  }
  return count;
}
