import { retry } from '@footfall/timing/retry';
import type { LogRecord, StreamPartition } from '../../event-log.ts';
import { errorType, findBroker, REQUEST_RETRY, REQUEST_TIMEOUT_MS } from '../client/cluster.ts';
import type { Connections } from '../client/connections.ts';
import { type Cluster, protocolError } from '../client/kafkajs.ts';
import { byLeader, partitionName } from '../client/topic-partition.ts';
import { produce } from '../protocol/produce-request.ts';
import { type CodecName, encodeBatch, type NewRecord, stampBatch } from '../protocol/record-batch.ts';
import { tallyHeaders } from '../protocol/tally-header.ts';
import type { Streams } from '../streams.ts';
import { choosePartition } from './partition-of.ts';

/** Longer than a partition needs for a new leader; then whoever appends must do something else with it. */
const FLUSH_TIMEOUT_MS = 5_000;
/** Kafka counts the records of a producer and partition in 31 bits, and then from the beginning. */
const SEQUENCES = 2 ** 31;

/** Errors after which a broker takes nothing more under this producer's id: another id begins anew. */
const SPENT: ReadonlySet<string | undefined> = new Set([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'DUPLICATE_SEQUENCE_NUMBER',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
  'UNKNOWN_PRODUCER_ID',
  'PRODUCER_FENCED',
]);
/** Errors that another try cannot mend. */
const PERMANENT: ReadonlySet<string | undefined> = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'CORRUPT_MESSAGE',
  'INVALID_TIMESTAMP',
  'INVALID_RECORD',
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
]);

const isPermanent = (error: unknown) => PERMANENT.has(errorType(error));

export type ProducerOptions = {
  codec: CodecName;
  /** How long a flush is tried, milliseconds; five seconds when absent. */
  timeoutMs?: number;
};

/** A producer's id, and how many records it has sent to each partition. */
type Identity = { producerId: bigint; producerEpoch: number; sent: Map<string, number> };
/** A batch on its way: when it is sent again under the same identity, a broker that has it does not take it twice. */
type Outgoing = StreamPartition & { bytes: Buffer; count: number; stampedBy: Identity | undefined };

function stamp(outgoing: Outgoing, identity: Identity): void {
  if (outgoing.stampedBy === identity) return;
  const name = partitionName(outgoing);
  const sequence = identity.sent.get(name) ?? 0;
  stampBatch(outgoing.bytes, { ...identity, sequence });
  identity.sent.set(name, (sequence + outgoing.count) % SEQUENCES);
  outgoing.stampedBy = identity;
}

/**
 * Writes flushes, one after the other: a batch for each partition, acknowledged by all replicas in sync, each once unless the
 * flush fails. The protocol is that of Kafka's idempotent producer.
 */
export class Producer {
  readonly #connections: Connections;
  readonly #streams: Streams;
  readonly #codec: CodecName;
  readonly #timeoutMs: number;
  #identity: Identity | undefined;

  constructor(connections: Connections, streams: Streams, options: ProducerOptions) {
    this.#connections = connections;
    this.#streams = streams;
    this.#codec = options.codec;
    this.#timeoutMs = options.timeoutMs ?? FLUSH_TIMEOUT_MS;
  }

  /** Resolves when all records are durable; rejects when its time is over, and then any of them may be in the log or not. */
  async flush(records: readonly LogRecord[]): Promise<void> {
    let pending: Set<Outgoing> | undefined;
    const attempts = {
      ...REQUEST_RETRY,
      timeoutMs: this.#timeoutMs,
      what: 'the append to Kafka',
      isPermanent,
    };
    try {
      await retry(attempts, (isLate) =>
        this.#connections.use((cluster) => {
          pending ??= new Set(this.#pack(cluster, records));
          return this.#send(cluster, pending, isLate);
        }),
      );
    } catch (error) {
      // Nobody knows what has arrived under it.
      this.#identity = undefined;
      throw error;
    }
  }

  #pack(cluster: Cluster, records: readonly LogRecord[]): Outgoing[] {
    const streams = new Map<string, NewRecord[][]>();
    for (const record of records) {
      const stream = this.#streams.of(record);
      let partitions = streams.get(stream);
      if (partitions === undefined) {
        partitions = cluster.findTopicPartitionMetadata(stream).map(() => []);
        streams.set(stream, partitions);
      }
      const { key, value, receivedAt, tally } = record;
      const own = partitions[choosePartition(key, partitions.length)];
      own?.push({ key, value, timestamp: receivedAt, headers: tallyHeaders(tally) });
    }
    return [...streams].flatMap(([stream, partitions]) =>
      [...partitions.entries()]
        .filter(([, own]) => own.length > 0)
        .map(([partition, own]) => {
          const bytes = encodeBatch(own, this.#codec);
          return { stream, partition, bytes, count: own.length, stampedBy: undefined };
        }),
    );
  }

  /** Sends what is pending and takes away what is written; rejects when something is left. */
  async #send(cluster: Cluster, pending: Set<Outgoing>, isLate: () => boolean): Promise<void> {
    const identity = this.#identity ?? (await this.#introduce(cluster));
    if (isLate()) throw new Error('given up before it was sent');
    for (const outgoing of pending) stamp(outgoing, identity);
    const sending = [...byLeader(cluster, pending)].map(async ([leader, own]) => {
      const broker = await findBroker(cluster, leader);
      const appended = await produce(broker, own, REQUEST_TIMEOUT_MS);
      const codes = new Map(appended.map((one) => [partitionName(one), one.errorCode]));
      for (const outgoing of own) if (codes.get(partitionName(outgoing)) === 0) pending.delete(outgoing);
      const code = appended.find(({ errorCode }) => errorCode !== 0)?.errorCode;
      if (code !== undefined) throw protocolError(code);
    });
    // All come to an end before anything is sent again: what is on its way must not be overtaken.
    const results = await Promise.allSettled(sending);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed === undefined) return;
    if (SPENT.has(errorType(failed.reason))) this.#identity = undefined;
    throw failed.reason;
  }

  async #introduce(cluster: Cluster): Promise<Identity> {
    const nodes = cluster.getNodeIds();
    // Any broker hands out ids; another one each time, since one may be gone without being known to be.
    const broker = await findBroker(cluster, nodes[Math.floor(Math.random() * nodes.length)] ?? '');
    // Of transactions, of which there are none.
    const { producerId, producerEpoch } = await broker.initProducerId({ transactionTimeout: 60_000 });
    this.#identity = { producerId: BigInt(producerId), producerEpoch, sent: new Map() };
    return this.#identity;
  }
}
