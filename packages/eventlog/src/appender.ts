import { eventLogFailure } from './errors.ts';
import { type LogRecord, TOPICS } from './event-log.ts';
import { type Crowd, GroupCommit } from './group-commit.ts';

/** Characters of records that may wait for a flush before appending refuses: bounds memory under any load. */
const MAX_WAITING = 64 * 1024 * 1024;
/** Characters of records in one flush: bounds a transaction, a batch, and how long whoever comes next waits for it. */
const MAX_FLUSH = 2 * 1024 * 1024;
/** Of a large append so much goes as one: others have their place between its pieces. */
const MAX_PIECE = 256 * 1024;
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

/** Whose a record is: its site's, by which all keys begin. */
const readSite = ({ key }: LogRecord): string =>
  key.slice(0, key.includes(':') ? key.indexOf(':') : undefined);

/** Records in pieces of at most {@link MAX_PIECE}, or of one record that is longer. */
function* cutPieces(records: readonly LogRecord[]): Generator<LogRecord[]> {
  let [piece, bytes]: [LogRecord[], number] = [[], 0];
  for (const record of records) {
    const size = recordBytes([record]);
    if (piece.length > 0 && bytes + size > MAX_PIECE) {
      yield piece;
      [piece, bytes] = [[], 0];
    }
    piece.push(record);
    bytes += size;
  }
  yield piece;
}

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
    this.#commit = new GroupCommit({
      write,
      sizeOf: recordBytes,
      maxGroup: MAX_FLUSH,
      readOwner: ([first]) => (first === undefined ? '' : readSite(first)),
      crowd: CROWD,
    });
  }

  /** As {@link EventLog.append}. */
  async append(records: readonly LogRecord[]): Promise<void> {
    if (records.length === 0) return;
    for (const record of records) {
      const flaw = findFlaw(record, this.#maxValueBytes);
      if (flaw !== undefined) throw eventLogFailure('invalid_record', `${flaw} (key ${record.key})`);
    }
    const bytes = recordBytes(records);
    if (this.#commit.waiting + bytes > MAX_WAITING)
      throw eventLogFailure('log_overloaded', 'the event log takes events slower than they come');
    if (
      bytes <= MAX_PIECE &&
      records.every((record) => readSite(record) === readSite(records[0] as LogRecord))
    )
      await this.#commit.add(records);
    else await this.#addPieces(records);
  }

  /** Adds records in pieces, each of one owner, in their order; rejects when one was refused, once all are settled. */
  async #addPieces(records: readonly LogRecord[]): Promise<void> {
    const owners = Map.groupBy(records, readSite);
    const pieces = [...owners.values()].flatMap((own) => [...cutPieces(own)]);
    const results = await Promise.allSettled(pieces.map((piece) => this.#commit.add(piece)));
    const refused = results.find((result) => result.status === 'rejected');
    if (refused !== undefined) throw refused.reason;
  }

  /** Resolves when everything appended so far is written or refused. */
  idle(): Promise<void> {
    return this.#commit.idle();
  }
}
