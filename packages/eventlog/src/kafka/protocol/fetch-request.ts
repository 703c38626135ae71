import type { Position, StreamPartition } from '../../event-log.ts';
import { type Broker, fetchRequest, type Protocol } from '../client/kafkajs.ts';
import { AnswerReader } from './answer-reader.ts';

/** A position to read from, and how much. */
export type Wanted = Position & { maxBytes: number };

/** What lies behind a position: stored batches, the last perhaps cut off. */
export type FetchedRange = StreamPartition & {
  /** Kafka's; 0 when there is none. */
  errorCode: number;
  /** Offset behind the last record that may be read. */
  end: number;
  bytes: Buffer;
};

export type FetchOptions = {
  /** How long the broker waits for news when there are none, milliseconds. */
  maxWaitMs: number;
  /** Of the whole answer. The first batch of the first partition that has one comes whatever its size; no other does. */
  maxBytes: number;
};

const READ_UNCOMMITTED = 0;

function byStream(wanted: readonly Wanted[]) {
  const topics: {
    topic: string;
    partitions: { partition: number; fetchOffset: number; maxBytes: number }[];
  }[] = [];
  for (const { stream, partition, offset, maxBytes } of wanted) {
    if (topics.at(-1)?.topic !== stream) topics.push({ topic: stream, partitions: [] });
    topics.at(-1)?.partitions.push({ partition, fetchOffset: offset, maxBytes });
  }
  return topics;
}

function readPartition(answer: AnswerReader, stream: string): FetchedRange {
  const partition = answer.int32();
  const errorCode = answer.int16();
  const end = answer.int64();
  // Last stable offset, begin of the log, aborted transactions, preferred replica: none of them matters here.
  answer.int64();
  answer.int64();
  answer.list(() => [answer.int64(), answer.int64()]);
  answer.int32();
  return { stream, partition, errorCode, end, bytes: answer.bytes() };
}

const response: Protocol<{ errorCode: number; ranges: FetchedRange[] }>['response'] = {
  decode: async (payload) => {
    const answer = new AnswerReader(payload);
    const clientSideThrottleTime = answer.int32();
    const errorCode = answer.int16();
    answer.int32();
    const ranges = answer.list(() => {
      const stream = answer.text();
      return answer.list(() => readPartition(answer, stream));
    });
    return { clientSideThrottleTime, errorCode, ranges: ranges.flat() };
  },
  parse: async (decoded) => decoded,
};

/**
 * Reads what lies behind positions whose partitions this broker leads, in the order given, which decides who is served first.
 * Bytes stay as they are stored: see record-batch.ts.
 */
export async function fetchRanges(
  { connectionPool }: Broker,
  wanted: readonly Wanted[],
  { maxWaitMs, maxBytes }: FetchOptions,
): Promise<FetchedRange[]> {
  const request = fetchRequest({
    replicaId: -1,
    maxWaitTime: maxWaitMs,
    minBytes: 1,
    maxBytes,
    isolationLevel: READ_UNCOMMITTED,
    topics: byStream(wanted),
  });
  return (await connectionPool.send({ request, response })).ranges;
}
