import type { Backoff } from '@footfall/timing/backoff';
import type { KafkaUrl } from '../kafka-url.ts';
import { type Broker, type Cluster, type Connection, newCluster } from './kafkajs.ts';

/** A broker that is silent for so long is taken for gone. */
export const REQUEST_TIMEOUT_MS = 5_000;
/** Between two tries of a request that failed for the moment. */
export const REQUEST_RETRY: Backoff = { min: 50, max: 500 };
const CONNECT_TIMEOUT_MS = 2_000;
/** Partitions that were added, and leaders that moved without an error, are seen after this long. */
const METADATA_AGE_MS = 30_000;

/** Connections and metadata of a cluster as kafkajs keeps them; nothing is connected yet. */
export function createCluster({ brokers, tls, sasl }: KafkaUrl, clientId: string): Cluster {
  return newCluster({
    brokers,
    ...(tls ? { ssl: {} } : {}),
    ...(sasl === null ? {} : { sasl }),
    clientId,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    authenticationTimeout: REQUEST_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    metadataMaxAge: METADATA_AGE_MS,
    allowAutoTopicCreation: false,
    // Each broker of the URL once; whoever asked decides about more.
    retry: { retries: Math.max(2, brokers.length), initialRetryTime: 100, maxRetryTime: 500 },
  });
}

const connecting = new WeakMap<Connection, Promise<unknown>>();

// kafkajs would open a second socket when two callers need the same connection at once, and lose sight of the first.
async function connect(connection: Connection): Promise<void> {
  if (connection.isConnected()) return;
  const pending = connecting.get(connection) ?? connection.connect();
  connecting.set(connection, pending);
  try {
    await pending;
  } finally {
    connecting.delete(connection);
  }
}

/** A broker of the cluster with its connection open; `fetches` that for fetches, too. */
export async function findBroker(
  cluster: Cluster,
  nodeId: number | string,
  { fetches = false } = {},
): Promise<Broker> {
  const broker = await cluster.findBroker({ nodeId });
  const [others, forFetches] = broker.connectionPool.pool;
  await connect(others);
  if (fetches) await connect(forFetches);
  return broker;
}

/** Kafka's own name of an error, such as `REBALANCE_IN_PROGRESS`; undefined for others, such as broken connections. */
export function errorType(error: unknown): string | undefined {
  for (let one = error; one instanceof Error; one = one.cause) {
    if ('type' in one && typeof one.type === 'string') return one.type;
  }
  return undefined;
}
