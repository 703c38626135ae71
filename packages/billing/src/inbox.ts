import type { Pool } from '@footfall/postgres/pool';
import type { ProviderEvent } from './gateway.ts';
import { METER_ERRORS } from './stripe/thin-event.ts';
import { type SyncOptions, settleTenant, syncTenant } from './sync.ts';

/** Anything that takes a statement. */
export type Queryable = { query(text: string, values: unknown[]): Promise<unknown> };

/** Notes an event that came, to be handled soon; one that came before changes nothing. */
export async function noteEvent(db: Queryable, { id, type, customerId }: ProviderEvent): Promise<void> {
  await db.query(
    'INSERT INTO payment_event (id, type, customer_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [id, type, customerId],
  );
}

/** Longer than handling an event takes: one that is held for longer was left by a process that has died. */
const HOLD_S = 300;
/** Pause before the next attempt: doubled each time, an hour at most. */
const PAUSE = `least(power(2, attempts) * interval '10 seconds', interval '1 hour')`;

const CLAIM = `
UPDATE payment_event SET attempts = attempts + 1, due_at = now() + interval '${HOLD_S} seconds'
WHERE id = (SELECT id FROM payment_event WHERE handled_at IS NULL AND due_at <= now() ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, type, customer_id AS "customerId"`;

const END = 'UPDATE payment_event SET handled_at = now(), error = NULL WHERE id = $1';
const FAIL = `UPDATE payment_event SET error = $2, due_at = now() + ${PAUSE} WHERE id = $1`;

/** Events after which somebody has paid: two may have at once. */
const PAID: ReadonlySet<string> = new Set(['checkout.session.completed', 'invoice.paid']);

async function findTenant(pool: Pool, customerId: string): Promise<string | null> {
  const { rows } = await pool.query<{ tenantId: string }>(
    'SELECT tenant_id AS "tenantId" FROM billing_account WHERE customer_id = $1',
    [customerId],
  );
  return rows[0]?.tenantId ?? null;
}

async function handle(pool: Pool, event: ProviderEvent, options: SyncOptions): Promise<void> {
  // Which of them, the next check of hours finds.
  if (event.type === METER_ERRORS)
    options.log.error({ event: event.id }, 'the payment provider could not use hours that it was told');
  if (event.customerId === null) return;
  const tenantId = await findTenant(pool, event.customerId);
  if (tenantId === null) {
    options.log.warn(
      { event: event.id, customer: event.customerId },
      'an event is about a customer whom we do not know',
    );
    return;
  }
  await (PAID.has(event.type) ? settleTenant : syncTenant)(pool, tenantId, options);
}

/** The most events of one call. */
const AT_ONCE = 100;

/**
 * Handles events that are due: each reads its customer's state from the provider. One that fails is due again after a pause that grows.
 * Any number of processes may do so at once. Answers how many were in hand.
 */
export async function handleEvents(
  pool: Pool,
  options: SyncOptions & { signal?: AbortSignal | undefined },
): Promise<number> {
  let count = 0;
  while (count < AT_ONCE && options.signal?.aborted !== true) {
    const [event] = (await pool.query<ProviderEvent>(CLAIM)).rows;
    if (event === undefined) break;
    count += 1;
    try {
      await handle(pool, event, options);
      await pool.query(END, [event.id]);
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      await pool.query(FAIL, [event.id, said.slice(0, 500).replaceAll('\0', '')]);
      options.log.warn(
        { event: event.id, reason: said },
        'an event of the payment provider could not be handled; it is tried again',
      );
    }
  }
  return count;
}
