import { retry } from '@footfall/timing/retry';
import { Appender } from '../appender.ts';
import { eventLogFailure } from '../errors.ts';
import type {
  ConsumeOptions,
  Consumer,
  EventLog,
  LogRecord,
  PartitionLag,
  Position,
  Topic,
} from '../event-log.ts';
import { measureLag } from './admin/lag.ts';
import { countTally } from './admin/tally.ts';
import { trimStreams } from './admin/trim.ts';
import { createCluster, errorType, REQUEST_RETRY } from './client/cluster.ts';
import { Connections } from './client/connections.ts';
import type { Cluster } from './client/kafkajs.ts';
import { KafkaConsumer } from './consume/consumer.ts';
import { type KafkaUrl, parseKafkaUrl } from './kafka-url.ts';
import { Producer } from './produce/producer.ts';
import type { CodecName } from './protocol/record-batch.ts';
import { listStreams, type Streams, streamsIn } from './streams.ts';

/** A topic takes batches of 8 MiB; a value needs room for its key and headers, and may not be compressible at all. */
const MAX_VALUE_BYTES = 7 * 1024 * 1024;
/** For readiness, which others wait for. */
const PING_MS = 2_000;
/** A partition or a group that moves is there again before it is over. */
const LAG_MS = 5_000;
/** Trimming asks for the offsets of every group, counting reads all that waits. */
const LONG_MS = 60_000;

type KafkaLogOptions = {
  name: string;
  /** How batches are compressed; the benchmark compares them. */
  codec?: CodecName;
};

function toFailure(what: string, cause: unknown) {
  const missing = errorType(cause) === 'UNKNOWN_TOPIC_OR_PARTITION';
  const why = missing ? ': some of its topics are missing, run `npm run admin -- cluster init`' : '';
  return eventLogFailure('log_unavailable', `Kafka cannot ${what} now${why}`, { cause });
}

/** The event log on Kafka: what many machines share. docs/decisions/0009 says how and why. */
class KafkaLog implements EventLog {
  readonly #url: KafkaUrl;
  readonly #streams: Streams;
  readonly #name: string;
  readonly #connections: Connections;
  readonly #appender: Appender;
  readonly #consumers = new Set<Consumer>();

  constructor(url: KafkaUrl, { name, codec = 'zstd' }: KafkaLogOptions) {
    this.#url = url;
    this.#name = name;
    this.#streams = listStreams(url);
    this.#connections = this.#connect();
    const producer = new Producer(this.#connections, this.#streams, { codec });
    this.#appender = new Appender({
      flush: (records) => producer.flush(records),
      maxValueBytes: MAX_VALUE_BYTES,
    });
  }

  append(records: readonly LogRecord[]): Promise<void> {
    return this.#appender.append(records);
  }

  async consume(options: ConsumeOptions): Promise<Consumer> {
    const consumer = new KafkaConsumer({
      ...options,
      streams: this.#streams,
      prefix: this.#url.prefix,
      shared: this.#connections,
      fetching: this.#connect(),
      joining: this.#connect(),
    });
    this.#consumers.add(consumer);
    await consumer.start();
    return consumer;
  }

  lag(group: string, topics: readonly Topic[]): Promise<PartitionLag[]> {
    const groupId = `${this.#url.prefix}${group}`;
    const among = streamsIn(this.#streams, topics);
    return this.#answer('tell how far its consumers are', LAG_MS, (cluster) =>
      measureLag(cluster, groupId, { streams: this.#streams, among }),
    );
  }

  tally(topic: Topic, after: readonly Position[], siteId: string | null): Promise<Map<string, number>> {
    const streams = streamsIn(this.#streams, [topic]);
    return this.#answer('count what waits', LONG_MS, (cluster) =>
      countTally(cluster, streams, { after, siteId }),
    );
  }

  trim(before: number): Promise<void> {
    const { prefix } = this.#url;
    const streams = [...this.#streams.topicOf.keys()];
    return this.#answer('forget what is old', LONG_MS, (cluster) =>
      trimStreams(cluster, { streams, prefix, before }),
    );
  }

  ping(): Promise<void> {
    return this.#answer('answer', PING_MS, (cluster) => cluster.refreshMetadata());
  }

  async close(): Promise<void> {
    // Stopped ones stop at once; handlers in hand may still append.
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()));
    await this.#appender.idle();
    await this.#connections.close();
  }

  #connect(): Connections {
    return new Connections(() => createCluster(this.#url, `footfall-${this.#name}`), this.#streams.all);
  }

  async #answer<T>(what: string, ms: number, ask: (cluster: Cluster) => Promise<T>): Promise<T> {
    try {
      return await retry({ ...REQUEST_RETRY, timeoutMs: ms, what: 'Kafka' }, () =>
        this.#connections.use(ask),
      );
    } catch (cause) {
      throw toFailure(what, cause);
    }
  }
}

/** Opens the log on the Kafka at a URL (see kafka-url.ts), whose topics {@link KAFKA_LOG} has created. Connects when first used. */
export function openKafkaLog(url: string, options: KafkaLogOptions): EventLog {
  return new KafkaLog(parseKafkaUrl(url), options);
}
