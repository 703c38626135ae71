import type { Pool } from '@footfall/postgres/pool';
import type { LogRecord } from '../event-log.ts';
import { packBatches } from './batch.ts';

/** A flush takes milliseconds; a database that is silent for this long must not hold up its senders. */
const FLUSH_TIMEOUT_MS = 15_000;

// The partition rows are locked in one order by every appender, so that two of them never wait for each other in a circle;
// a batch whose partition does not exist finds no offset, which the table refuses.
const APPEND = `
WITH input AS (
  SELECT * FROM unnest($1::text[], $2::int[], $3::bigint[], $4::int[], $5::boolean[], $6::bytea[], $7::jsonb[])
    AS i(topic, partition, received_at, record_count, compressed, records, tally)
), locked AS MATERIALIZED (
  SELECT p.topic, p.partition FROM eventlog.partition p
  WHERE (p.topic, p.partition) IN (SELECT topic, partition FROM input)
  ORDER BY p.topic, p.partition FOR UPDATE
), taken AS (
  UPDATE eventlog.partition p SET next_offset = p.next_offset + 1
  FROM locked l WHERE p.topic = l.topic AND p.partition = l.partition
  RETURNING p.topic, p.partition, p.next_offset - 1 AS "offset"
)
INSERT INTO eventlog.batch (topic, partition, "offset", received_at, record_count, compressed, records, tally)
SELECT topic, partition, t."offset", i.received_at, i.record_count, i.compressed, i.records, i.tally
FROM input i LEFT JOIN taken t USING (topic, partition)`;

/** Appends records, a row for each partition among them, in one statement: all of it is there or nothing. */
export async function flush(pool: Pool, records: readonly LogRecord[]): Promise<void> {
  const batches = packBatches(records);
  const statement = {
    name: 'append',
    text: APPEND,
    values: [
      batches.map(({ topic }) => topic),
      batches.map(({ partition }) => partition),
      batches.map(({ receivedAt }) => receivedAt),
      batches.map(({ recordCount }) => recordCount),
      batches.map(({ compressed }) => compressed),
      batches.map(({ records }) => records),
      batches.map(({ tally }) => JSON.stringify(tally)),
    ],
    query_timeout: FLUSH_TIMEOUT_MS,
  };
  await pool.query(statement);
}
