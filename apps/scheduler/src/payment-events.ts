import { handleEvents } from '@footfall/billing/inbox';
import type { SyncOptions } from '@footfall/billing/sync';
import type { Pool } from '@footfall/postgres/pool';
import { every } from '@footfall/timing/every';
import { throttledLog } from '@footfall/timing/throttled-log';

/** Between two looks for events, milliseconds: somebody has just paid. */
const PAUSE_MS = 1_000;

/** Handles what the payment provider has sent as it comes, until it is stopped; nothing without billing. */
export function startPaymentEvents(
  pool: Pool,
  billing: SyncOptions | null,
  pauseMs = PAUSE_MS,
): { stop(): Promise<void> } {
  if (billing === null) return { stop: async () => undefined };
  const stopping = new AbortController();
  const onError = throttledLog<unknown>((err, leftOut) =>
    billing.log.warn({ err, leftOut }, 'events of the payment provider wait for the database'),
  );
  const handling = every(
    pauseMs,
    async () => {
      await handleEvents(pool, { ...billing, signal: stopping.signal });
    },
    (err) => onError('database', err),
  );
  return {
    stop: async () => {
      stopping.abort();
      await handling.stop();
    },
  };
}
