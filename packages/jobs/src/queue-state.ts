import type { Pool } from '@footfall/postgres/pool';

/** What is in a queue at this moment. */
export type QueueState = {
  name: string;
  waiting: number;
  running: number;
  /** For how long the oldest job has waited that might run now, seconds; 0 when none does. */
  oldestWaitingSeconds: number;
};

const STATES = `
SELECT name, waiting, running, oldest_waiting_seconds AS "oldestWaitingSeconds" FROM jobs.queue_states()`;

/** All queues with jobs that wait or run. */
export async function queueStates(pool: Pool): Promise<QueueState[]> {
  return (await pool.query<QueueState>(STATES)).rows;
}
