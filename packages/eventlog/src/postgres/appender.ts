import type { Pool } from '@footfall/postgres/pool';
import { eventLogFailure } from '../errors.ts';
import type { LogRecord } from '../event-log.ts';
import { packBatches } from './batch.ts';

/** Characters of records that may wait for a flush before appending refuses: bounds memory under any load. */
const MAX_WAITING = 64 * 1024 * 1024;
/** Characters of records in one flush: bounds a transaction. */
const MAX_FLUSH = 4 * 1024 * 1024;

// The partition rows are locked in one order by every appender, so that two of them never wait for each other in a circle.
const APPEND = `
WITH input AS (
  SELECT * FROM unnest($1::text[], $2::int[], $3::bigint[], $4::boolean[], $5::bytea[], $6::jsonb[])
    AS i(topic, partition, received_at, compressed, records, tally)
), locked AS MATERIALIZED (
  SELECT p.topic, p.partition FROM eventlog.partition p
  WHERE (p.topic, p.partition) IN (SELECT topic, partition FROM input)
  ORDER BY p.topic, p.partition FOR UPDATE
), taken AS (
  UPDATE eventlog.partition p SET next_offset = p.next_offset + 1
  FROM locked l WHERE p.topic = l.topic AND p.partition = l.partition
  RETURNING p.topic, p.partition, p.next_offset - 1 AS "offset"
)
INSERT INTO eventlog.batch (topic, partition, "offset", received_at, compressed, records, tally)
SELECT topic, partition, t."offset", i.received_at, i.compressed, i.records, i.tally
FROM input i JOIN taken t USING (topic, partition)`;

type Waiting = {
  records: readonly LogRecord[];
  size: number;
  resolve: () => void;
  reject: (error: Error) => void;
};

/** Group commit: while one flush is on its way, further appends gather and share the next. */
export class Appender {
  readonly #pool: Pool;
  #waiting: Waiting[] = [];
  #waitingSize = 0;
  #flushing: Promise<void> | undefined;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  append(records: readonly LogRecord[]): Promise<void> {
    if (records.length === 0) return Promise.resolve();
    const size = records.reduce((sum, { value }) => sum + value.length, 0);
    if (this.#waitingSize + size > MAX_WAITING) {
      return Promise.reject(
        eventLogFailure('log_overloaded', 'the event log takes events slower than they come'),
      );
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ records, size, resolve, reject });
      this.#waitingSize += size;
      this.#flushing ??= this.#flushAll();
    });
  }

  /** Resolves when everything appended so far is written or refused. */
  async idle(): Promise<void> {
    await this.#flushing;
  }

  async #flushAll(): Promise<void> {
    while (this.#waiting.length > 0) await this.#flush(this.#take());
    this.#flushing = undefined;
  }

  #take(): Waiting[] {
    let size = 0;
    let count = 0;
    for (const waiting of this.#waiting) {
      if (count > 0 && size + waiting.size > MAX_FLUSH) break;
      size += waiting.size;
      count += 1;
    }
    this.#waitingSize -= size;
    return this.#waiting.splice(0, count);
  }

  async #flush(taken: readonly Waiting[]): Promise<void> {
    try {
      const batches = packBatches(taken.flatMap(({ records }) => records));
      await this.#pool.query({
        name: 'append',
        text: APPEND,
        values: [
          batches.map(({ topic }) => topic),
          batches.map(({ partition }) => partition),
          batches.map(({ receivedAt }) => receivedAt),
          batches.map(({ compressed }) => compressed),
          batches.map(({ records }) => records),
          batches.map(({ tally }) => JSON.stringify(tally)),
        ],
      });
      for (const { resolve } of taken) resolve();
    } catch (cause) {
      // The flush is one statement: all of it is there or nothing. After a broken connection it may be there all the same; then a retry by id is a duplicate.
      const failure = eventLogFailure('log_unavailable', 'the event log cannot take events now', { cause });
      for (const { reject } of taken) reject(failure);
    }
  }
}
