import type { LogBatch, StreamPartition, Topic } from '../../event-log.ts';
import type { FetchedRange } from '../protocol/fetch-request.ts';
import { batchesIn, type StoredBatch, visitRecords } from '../protocol/record-batch.ts';

/** Bytes as they are stored that are read ahead of the handler, of each partition: bounds memory. */
const READ_AHEAD_BYTES = 256 * 1024;

type Records = LogBatch['records'][number][];

/** A partition in this member's hands, with what was read of it and not handled yet. A new one whenever it is assigned. */
export class AssignedPartition {
  readonly topic: Topic;
  readonly stream: string;
  readonly partition: number;
  /** First offset that the group has not handled; undefined until that was asked for. */
  #committed: number | undefined;
  /** Next offset to read. */
  #position = 0;
  #stored: StoredBatch[] = [];
  #storedBytes = 0;
  /** Opened, in order. */
  #records: Records = [];
  /** Counts the times that it has begun anew, so that what was read for an earlier one is known as such. */
  #reading = 0;
  /** A batch of it is in a handler's hands. */
  busy = false;
  /** Not assigned any more: to be let go after the batch in hand. */
  leaving = false;
  /** Passed to another member while it was in hand. */
  lost = false;
  /** What lies at its position does not exist any more; until it begins anew. */
  gone = false;
  /** By the process's monotonic clock; a failed batch rests until then. */
  restsUntil = 0;
  /** Of its handler, in a row. */
  failures = 0;

  constructor({ topic, stream, partition }: StreamPartition & { topic: Topic }) {
    this.topic = topic;
    this.stream = stream;
    this.partition = partition;
  }

  get committed(): number | undefined {
    return this.#committed;
  }

  /** What it reads next, if it may read: its position is known, and not enough waits. */
  wants(): { offset: number; reading: number; maxBytes: number } | undefined {
    if (this.#committed === undefined || this.lost || this.gone) return undefined;
    if (this.#storedBytes >= READ_AHEAD_BYTES) return undefined;
    return { offset: this.#position, reading: this.#reading, maxBytes: READ_AHEAD_BYTES };
  }

  hasRecords(): boolean {
    return this.#records.length > 0 || this.#stored.length > 0;
  }

  /** Begins at an offset: what was read before is forgotten. */
  begin(offset: number): void {
    this.#committed = offset;
    this.#position = offset;
    this.#stored = [];
    this.#storedBytes = 0;
    this.#records = [];
    this.#reading += 1;
    this.gone = false;
  }

  /** Forgets where it is, so that it is asked for. */
  forget(): void {
    const { gone } = this;
    this.begin(0);
    this.#committed = undefined;
    this.gone = gone;
  }

  /** Takes what was read for it; nothing, if it has begun anew meanwhile. */
  accept({ bytes }: Pick<FetchedRange, 'bytes'>, reading: number): void {
    if (reading !== this.#reading) return;
    for (const batch of batchesIn(bytes)) {
      if (!batch.whole || batch.lastOffset < this.#position) continue;
      this.#stored.push(batch);
      this.#storedBytes += batch.bytes.length;
      this.#position = batch.lastOffset + 1;
    }
  }

  /** The next records in order, up to so many, and the offset behind them; none when only marks were read. @throws Failure `unreadable_batch` */
  take(maxRecords: number): { batch: LogBatch; next: number } {
    while (this.#records.length < maxRecords && this.#stored.length > 0) this.#open();
    const records = this.#records.splice(0, maxRecords);
    const next = this.#records[0]?.offset ?? this.#stored[0]?.baseOffset ?? this.#position;
    const { topic, stream, partition } = this;
    return { batch: { topic, stream, partition, records }, next };
  }

  /** The batch in hand is handled and committed. */
  commit(next: number): void {
    this.#committed = next;
  }

  #open(): void {
    const [batch] = this.#stored as [StoredBatch];
    const from = this.#committed ?? 0;
    visitRecords(batch, from, (record) => {
      const value = record.value();
      // Nobody of us writes a record without a value.
      if (value !== null)
        this.#records.push({ offset: record.offset, index: 0, value, receivedAt: record.timestamp });
    });
    this.#stored.shift();
    this.#storedBytes -= batch.bytes.length;
  }
}
