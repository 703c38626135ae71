import { eventLogFailure } from './errors.ts';
import { type LogRecord, TOPICS } from './event-log.ts';
import { type Crowd, GroupCommit } from './group-commit.ts';

/** Characters of records that may wait for a flush before appending refuses: bounds memory under any load. */
const MAX_WAITING = 64 * 1024 * 1024;
/** Characters of records in one flush: bounds a transaction, and a batch. */
const MAX_FLUSH = 4 * 1024 * 1024;
/** What a record takes besides its texts, roughly: bounds the number of tiny ones, too. */
const RECORD_OVERHEAD = 100;

/** A flush costs about the same whatever is in it. */
const CROWD: Crowd = { items: 8, gatherMs: 4, lastsMs: 20 };

export type AppenderOptions = {
  /** Makes the records durable, in this order for each key. Called again only when it has resolved or rejected. */
  flush: (records: readonly LogRecord[]) => Promise<void>;
  /** Longest value that the engine takes, bytes; default: any. */
  maxValueBytes?: number;
};

const recordBytes = (records: readonly LogRecord[]) =>
  records.reduce((sum, { key, value }) => sum + key.length + value.length + RECORD_OVERHEAD, 0);

/** What is wrong with a record, if anything; checked before it can spoil the flush that it would share with others. */
export function findFlaw(
  { topic, value, receivedAt, tally }: LogRecord,
  maxValueBytes: number,
): string | undefined {
  if (!TOPICS.includes(topic)) return `there is no topic ${topic}`;
  if (value.includes('\n')) return 'a value has a line break';
  // A character takes three bytes at most, so that few values must be measured.
  if (value.length * 3 > maxValueBytes && Buffer.byteLength(value) > maxValueBytes)
    return `a value is longer than ${maxValueBytes} bytes`;
  if (!Number.isSafeInteger(receivedAt)) return `receivedAt is ${receivedAt}, not whole milliseconds`;
  if (tally !== undefined && `${tally.siteId}${tally.day}`.includes('\0'))
    return 'a tally has a NUL character';
  return undefined;
}

/**
 * Group commit, the same for every engine: while one flush is on its way, further appends gather and share the next.
 * What an engine adds is how a flush becomes durable.
 */
export class Appender {
  readonly #maxValueBytes: number;
  readonly #commit: GroupCommit<readonly LogRecord[]>;

  constructor({ flush, maxValueBytes = Number.POSITIVE_INFINITY }: AppenderOptions) {
    this.#maxValueBytes = maxValueBytes;
    const write = async (appends: readonly (readonly LogRecord[])[]) => {
      try {
        await flush(appends.flat());
      } catch (cause) {
        // None of it may be relied on, though some may be in the log: then a retry by id is a duplicate.
        throw eventLogFailure('log_unavailable', 'the event log cannot take events now', { cause });
      }
    };
    this.#commit = new GroupCommit({ write, sizeOf: recordBytes, maxGroup: MAX_FLUSH, crowd: CROWD });
  }

  /** As {@link EventLog.append}. */
  async append(records: readonly LogRecord[]): Promise<void> {
    if (records.length === 0) return;
    for (const record of records) {
      const flaw = findFlaw(record, this.#maxValueBytes);
      if (flaw !== undefined) throw eventLogFailure('invalid_record', `${flaw} (key ${record.key})`);
    }
    if (this.#commit.waiting + recordBytes(records) > MAX_WAITING)
      throw eventLogFailure('log_overloaded', 'the event log takes events slower than they come');
    await this.#commit.add(records);
  }

  /** Resolves when everything appended so far is written or refused. */
  idle(): Promise<void> {
    return this.#commit.idle();
  }
}
