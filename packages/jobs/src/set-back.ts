import type { Pool } from '@footfall/postgres/pool';
import { SCHEMA } from './job-queue.ts';

/** Nobody writes such a time of what has happened: a transaction's `now()` is when it began. */
const LATER = `now() + interval '1 minute'`;
/** Nor such a one of what is to happen: the last retry of a chore waits for less. */
const MUCH_LATER = `now() + interval '2 hours'`;

/** When the library did something last, by table: it does it again only so long after. */
const DONE: Readonly<Record<string, readonly string[]>> = {
  version: ['cron_on', 'bam_on', 'flow_on', 'monitor_backoff_on'],
  queue: ['monitor_claim_on', 'monitor_on', 'maintain_on'],
};

const forget = (column: string) => `${column} = CASE WHEN ${column} > ${LATER} THEN NULL ELSE ${column} END`;

const STATEMENTS = [
  ...Object.entries(DONE).map(
    ([table, columns]) =>
      `UPDATE ${SCHEMA}.${table} SET ${columns.map(forget).join(', ')}
       WHERE ${columns.map((column) => `${column} > ${LATER}`).join(' OR ')}`,
  ),
  // One waits at a time: the next could not even be sent.
  `UPDATE ${SCHEMA}.job SET start_after = now() WHERE state IN ('created', 'retry') AND start_after > ${MUCH_LATER}`,
  // Its worker, if it lives, is heard again in time; else the job has failed, and is tried again.
  `UPDATE ${SCHEMA}.job SET started_on = now(), heartbeat_on = now()
   WHERE state = 'active' AND (started_on > ${LATER} OR heartbeat_on > ${LATER})`,
];

/**
 * Lets chores go on after the database's clock was ahead: what was noted then would keep all of them from being done until that time
 * has come. Does nothing when there is nothing such.
 */
export async function forgetLaterTimes(pool: Pool): Promise<void> {
  for (const statement of STATEMENTS) await pool.query(statement);
}
