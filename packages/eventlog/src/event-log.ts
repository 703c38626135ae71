/**
 * The EventLog port: an append-only log of records in topics and partitions. Delivery is at least once and in
 * partition order; whoever consumes is idempotent. Adapters: postgres/ (one machine), kafka/ (many).
 */
import type { Category } from '@footfall/core/category';

/** `events`: taken; `rejected`: refused, with the reason; `touched`: visitor-days to fold again. */
export const TOPICS = ['events', 'rejected', 'touched'] as const;
export type Topic = (typeof TOPICS)[number];

export type LogRecord = {
  topic: Topic;
  /** Records of one key, topic and category stay in one partition, in order of appending. */
  key: string;
  /** Of an event; absent: `hits`. An engine may keep the categories of a topic apart, each in a stream of its own. */
  category?: Category;
  /** JSON text without line breaks. */
  value: string;
  /** When the collector took what this record is about, epoch milliseconds. */
  receivedAt: number;
  /** What the ledger counts while this record is pending; absent on records that it does not count. */
  tally?: { siteId: string; day: string };
};

/** A partition of a stream, which is the engine's own name of what records lie in: on Postgres the topic, on Kafka its topic. */
export type StreamPartition = { stream: string; partition: number };

export type Position = StreamPartition & { offset: number };

/** Records of one partition in order. Several records may share an offset when the engine stores whole batches. */
export type LogBatch = StreamPartition & {
  topic: Topic;
  records: readonly { offset: number; index: number; value: string; receivedAt: number }[];
};

export type ConsumeOptions = {
  /** Consumers of one group share the partitions of the topics. */
  group: string;
  topics: readonly Topic[];
  /** Upper bound of records handed over at once (a single stored batch may exceed it). */
  maxRecords: number;
  /**
   * Handles one batch; when it resolves the batch is committed. When it rejects nothing is committed, the cause
   * goes to `onError` and the batch comes again after a pause.
   * `stillOwned` tells whether this consumer still holds the partition: ask before an effect that a successor might already have repeated.
   */
  onBatch: (batch: LogBatch, stillOwned: () => boolean) => Promise<void>;
  onError: (error: unknown) => void;
};

export interface Consumer {
  /** Stops after the batches in hand, commits them and gives the partitions back at once. */
  stop(): Promise<void>;
  /** Partitions held now, for health pages. */
  partitions(): readonly (StreamPartition & { topic: Topic })[];
}

export type PartitionLag = StreamPartition & {
  topic: Topic;
  /** First offset not yet committed by the group. */
  committed: number;
  /** Offset the next append will get. */
  end: number;
  /**
   * `receivedAt` of the oldest record not yet committed, or earlier: an engine may know it of stored batches only, and may look at
   * no more than the first stretch behind the position. Null when there is none.
   */
  oldestReceivedAt: number | null;
};

export interface EventLog {
  /**
   * Resolves when all records are durable; rejects with a retriable Failure (core/failure.ts) when not one of them may be relied on.
   * @throws Failure `log_unavailable`, `log_overloaded`; `invalid_record`, which is not retriable, before anything is written
   */
  append(records: readonly LogRecord[]): Promise<void>;
  consume(options: ConsumeOptions): Promise<Consumer>;
  lag(group: string, topics: readonly Topic[]): Promise<PartitionLag[]>;
  /**
   * Counts the records of a site (null: of all sites) per ledger day that lie after the given positions (partitions not named count
   * from the beginning, positions in streams of other topics do not matter): what the ledger calls pending.
   */
  tally(topic: Topic, after: readonly Position[], siteId: string | null): Promise<Map<string, number>>;
  /** Deletes what every group has committed and that is older than `before` (epoch milliseconds). */
  trim(before: number): Promise<void>;
  /** Resolves when the log answers; rejects with the cause. For readiness. */
  ping(): Promise<void>;
  /** Stops the consumers that still run, waits for what is being appended, and lets the engine go. */
  close(): Promise<void>;
}
