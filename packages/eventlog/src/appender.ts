import { setImmediate as endOfTurn } from 'node:timers/promises';
import { eventLogFailure } from './errors.ts';
import { type LogRecord, TOPICS } from './event-log.ts';

/** Characters of records that may wait for a flush before appending refuses: bounds memory under any load. */
const MAX_WAITING = 64 * 1024 * 1024;
/** Characters of records in one flush: bounds a transaction, and a batch. */
const MAX_FLUSH = 4 * 1024 * 1024;
/** What a record takes besides its texts, roughly: bounds the number of tiny ones, too. */
const RECORD_OVERHEAD = 100;

/**
 * After a flush that so many appends shared, as many are about to come: the next waits for them, but not for long, instead of going with
 * the first few. A flush costs about the same whatever is in it.
 */
const CROWD = { appends: 8, gatherMs: 4, lastsMs: 20 };

export type AppenderOptions = {
  /** Makes the records durable, in this order for each key. Called again only when it has resolved or rejected. */
  flush: (records: readonly LogRecord[]) => Promise<void>;
  /** Longest value that the engine takes, bytes; default: any. */
  maxValueBytes?: number;
};

type Waiting = {
  records: readonly LogRecord[];
  size: number;
  resolve: () => void;
  reject: (error: Error) => void;
};

const sizeOf = ({ key, value }: LogRecord) => key.length + value.length + RECORD_OVERHEAD;

/** What is wrong with a record, if anything; checked before it can spoil the flush that it would share with others. */
export function flawOf(
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
  readonly #flush: AppenderOptions['flush'];
  readonly #maxValueBytes: number;
  #waiting: Waiting[] = [];
  #waitingSize = 0;
  #flushing: Promise<void> | undefined;
  /** How many appends are expected, and until when, on the clock of the process. */
  #crowd = { appends: 0, until: Number.NEGATIVE_INFINITY };
  /** Called when as many wait as are expected. */
  #gathered: (() => void) | undefined;

  constructor({ flush, maxValueBytes = Number.POSITIVE_INFINITY }: AppenderOptions) {
    this.#flush = flush;
    this.#maxValueBytes = maxValueBytes;
  }

  /** As {@link EventLog.append}. */
  async append(records: readonly LogRecord[]): Promise<void> {
    if (records.length === 0) return;
    for (const record of records) {
      const flaw = flawOf(record, this.#maxValueBytes);
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
    if (this.#waiting.length >= this.#crowd.appends) this.#gathered?.();
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
      await (this.#isCrowdComing() ? this.#gather() : endOfTurn());
      const taken = this.#take();
      await this.#settle(taken);
      if (taken.length >= CROWD.appends)
        this.#crowd = { appends: taken.length, until: performance.now() + CROWD.lastsMs };
    }
    this.#flushing = undefined;
  }

  #isCrowdComing(): boolean {
    return this.#waiting.length < this.#crowd.appends && performance.now() < this.#crowd.until;
  }

  #gather(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#gathered = undefined;
        resolve();
      };
      const timer = setTimeout(done, CROWD.gatherMs);
      this.#gathered = done;
    });
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

  async #settle(taken: readonly Waiting[]): Promise<void> {
    try {
      await this.#flush(taken.flatMap(({ records }) => records));
      for (const { resolve } of taken) resolve();
    } catch (cause) {
      // None of it may be relied on, though some may be in the log: then a retry by id is a duplicate.
      const failure = eventLogFailure('log_unavailable', 'the event log cannot take events now', { cause });
      for (const { reject } of taken) reject(failure);
    }
  }
}
