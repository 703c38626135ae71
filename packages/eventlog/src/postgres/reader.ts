import type { Pool } from '@footfall/postgres/pool';
import type { LogBatch } from '../event-log.ts';
import { unpackBatch } from './batch.ts';
import type { Lease, TopicPartition } from './leases.ts';

/** Bytes of stored batches read at once, the first whatever its size: bounds memory. */
const READ_BYTES = 4 * 1024 * 1024;
/** Characters of records in one batch, the first stored batch whatever its size: what a sender repeats is a thousandth of them while it is stored. */
const MAX_CHARACTERS = 8 * 1024 * 1024;

const NEWS = `
SELECT topic, partition, p.next_offset AS "end" FROM unnest($1::text[], $2::int[], $3::bigint[]) AS held(topic, partition, committed)
JOIN eventlog.partition p USING (topic, partition) WHERE p.next_offset > held.committed`;

// A stored batch holds at least one record, hence the inner limit; sizes are known without opening what is stored apart.
const READ = `
SELECT "offset", compressed, records FROM (
  SELECT "offset", compressed, records, row_number() OVER w AS n,
    sum(record_count) OVER w AS count, sum(octet_length(records)) OVER w AS bytes
  FROM (SELECT * FROM eventlog.batch WHERE topic = $1 AND partition = $2 AND "offset" >= $3
        ORDER BY "offset" LIMIT $4) stored
  WINDOW w AS (ORDER BY "offset" ROWS UNBOUNDED PRECEDING)) summed
WHERE n = 1 OR (count <= $4 AND bytes <= ${READ_BYTES}) ORDER BY "offset"`;

type Row = { offset: number; compressed: boolean; records: Buffer };

/** A partition that something was appended to, and the position behind what was there when it was looked at. */
export type GrownPartition = TopicPartition & { end: number };

/** Those of the leases whose partitions were appended to behind their position. */
export async function findGrown(pool: Pool, leases: readonly Lease[]): Promise<GrownPartition[]> {
  const columns = [
    leases.map(({ topic }) => topic),
    leases.map(({ partition }) => partition),
    leases.map(({ committed }) => committed),
  ];
  return (await pool.query<GrownPartition>({ name: 'news', text: NEWS, values: columns })).rows;
}

/**
 * The stored batches behind a lease's position as one, up to `maxRecords` (a single stored batch may exceed it), and
 * the position behind them; null when there is nothing, or all of it was trimmed before.
 */
export async function readBatch(
  pool: Pool,
  { topic, partition, committed }: Lease,
  maxRecords: number,
): Promise<{ batch: LogBatch; next: number } | null> {
  const { rows } = await pool.query<Row>({
    name: 'read',
    text: READ,
    values: [topic, partition, committed, maxRecords],
  });
  const records: LogBatch['records'][number][] = [];
  let [next, characters] = [committed, 0];
  for (const row of rows) {
    const unpacked = unpackBatch(row);
    const size = unpacked.reduce((sum, { value }) => sum + value.length, 0);
    if (records.length > 0 && characters + size > MAX_CHARACTERS) break;
    characters += size;
    for (const [index, record] of unpacked.entries()) records.push({ ...record, offset: row.offset, index });
    next = row.offset + 1;
  }
  return records.length === 0 ? null : { batch: { topic, stream: topic, partition, records }, next };
}
