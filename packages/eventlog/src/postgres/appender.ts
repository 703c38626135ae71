import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { Pool } from '@footfall/postgres/pool';
import { eventLogFailure } from '../errors.ts';
import { type LogRecord, TOPICS } from '../event-log.ts';
import { packBatches } from './batch.ts';

/** Characters of records that may wait for a flush before appending refuses: bounds memory under any load. */
const MAX_WAITING = 64 * 1024 * 1024;
/** Characters of records in one flush: bounds a transaction. */
const MAX_FLUSH = 4 * 1024 * 1024;
/** What a record takes besides its texts, roughly: bounds the number of tiny ones, too. */
const RECORD_OVERHEAD = 100;
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

type Waiting = {
  records: readonly LogRecord[];
  size: number;
  resolve: () => void;
  reject: (error: Error) => void;
};

const sizeOf = ({ key, value }: LogRecord) => key.length + value.length + RECORD_OVERHEAD;

/** What is wrong with a record, if anything; checked before it can spoil the flush that it would share with others. */
function flawOf({ topic, value, receivedAt, tally }: LogRecord): string | undefined {
  if (!TOPICS.includes(topic)) return `there is no topic ${topic}`;
  if (value.includes('\n')) return 'a value has a line break';
  if (!Number.isSafeInteger(receivedAt)) return `receivedAt is ${receivedAt}, not whole milliseconds`;
  if (tally !== undefined && `${tally.siteId}${tally.day}`.includes('\0'))
    return 'a tally has a NUL character';
  return undefined;
}

/** Group commit: while one flush is on its way, further appends gather and share the next. */
export class Appender {
  readonly #pool: Pool;
  #waiting: Waiting[] = [];
  #waitingSize = 0;
  #flushing: Promise<void> | undefined;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async append(records: readonly LogRecord[]): Promise<void> {
    if (records.length === 0) return;
    for (const record of records) {
      const flaw = flawOf(record);
      if (flaw !== undefined) throw eventLogFailure('invalid_record', `${flaw} (key ${record.key})`);
    }
    const size = records.reduce((sum, record) => sum + sizeOf(record), 0);
    if (this.#waitingSize + size > MAX_WAITING) {
      throw eventLogFailure('log_overloaded', 'the event log takes events slower than they come');
    }
    const written = new Promise<void>((resolve, reject) => {
      this.#waiting.push({ records, size, resolve, reject });
    });
    this.#waitingSize += size;
    this.#flushing ??= this.#flushAll();
    await written;
  }

  /** Resolves when everything appended so far is written or refused. */
  async idle(): Promise<void> {
    await this.#flushing;
  }

  async #flushAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Requests that arrived together share the flush, instead of the first going alone.
      await endOfTurn();
      await this.#flush(this.#take());
    }
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
      await this.#pool.query(statement);
      for (const { resolve } of taken) resolve();
    } catch (cause) {
      // The flush is one statement: all of it is there or nothing. After a broken connection it may be there all the same; then a retry by id is a duplicate.
      const failure = eventLogFailure('log_unavailable', 'the event log cannot take events now', { cause });
      for (const { reject } of taken) reject(failure);
    }
  }
}
