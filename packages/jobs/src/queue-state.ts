import type { Pool } from '@footfall/postgres/pool';
import { SCHEMA } from './job-queue.ts';

/** What is in a queue at this moment. */
export type QueueState = {
  name: string;
  waiting: number;
  running: number;
  /** For how long the oldest job has waited that might run now, seconds; 0 when none does. */
  oldestWaitingSeconds: number;
};

// A queue of pg-boss' own hands on what is due by the clock.
const STATES = `
SELECT name, count(*) FILTER (WHERE state <> 'active') AS waiting, count(*) FILTER (WHERE state = 'active') AS running,
  coalesce(extract(epoch FROM now() - min(start_after) FILTER (WHERE state <> 'active' AND start_after <= now())), 0)::float8
    AS "oldestWaitingSeconds"
FROM ${SCHEMA}.job WHERE state IN ('created', 'retry', 'active') AND name NOT LIKE '\\_\\_pgboss\\_\\_%'
GROUP BY name ORDER BY name`;

/** All queues with jobs that wait or run. */
export async function queueStates(pool: Pool): Promise<QueueState[]> {
  return (await pool.query<QueueState>(STATES)).rows;
}
