/*
 * What is used of kafkajs beneath its public interface; the version is pinned, since nothing promises that it stays.
 * docs/decisions/0009 says why.
 */
declare module 'kafkajs/src/cluster/index.js' {
  import type { Logger } from 'kafkajs/src/loggers/index.js';
  import type { Connect } from 'kafkajs/src/network/socketFactory.js';

  export type Protocol<T> = {
    request: {
      apiKey: number;
      apiVersion: number;
      apiName: string;
      encode: () => Promise<{ buf: Buffer; buffer: Buffer }>;
    };
    response: {
      decode: (payload: Buffer) => Promise<T & { clientSideThrottleTime: number }>;
      parse: (decoded: T & { clientSideThrottleTime: number }) => Promise<T>;
    };
    /** Milliseconds; the cluster's own when it is longer. */
    requestTimeout?: number;
  };
  export type Connection = { isConnected(): boolean; connect(): Promise<unknown> };
  /** One connection for fetches, which wait, and one for everything else. */
  export type ConnectionPool = {
    pool: readonly [others: Connection, fetches: Connection];
    send<T>(protocol: Protocol<T>): Promise<T>;
  };
  export type PartitionOffset = { partition: number; offset: string };
  export type TopicOffsets = { topic: string; partitions: PartitionOffset[] };
  export type Broker = {
    readonly nodeId: number | string;
    readonly connectionPool: ConnectionPool;
    initProducerId(request: {
      transactionTimeout: number;
    }): Promise<{ producerId: string; producerEpoch: number }>;
    listOffsets(request: {
      isolationLevel: number;
      topics: { topic: string; partitions: { partition: number; timestamp: number }[] }[];
    }): Promise<{ responses: TopicOffsets[] }>;
    offsetFetch(request: {
      groupId: string;
      topics: { topic: string; partitions: { partition: number }[] }[];
    }): Promise<{ responses: TopicOffsets[] }>;
    offsetCommit(request: {
      groupId: string;
      groupGenerationId: number;
      memberId: string;
      topics: TopicOffsets[];
    }): Promise<unknown>;
    joinGroup(request: {
      groupId: string;
      sessionTimeout: number;
      rebalanceTimeout: number;
      memberId: string;
      groupProtocols: { name: string; metadata: Buffer }[];
    }): Promise<{
      generationId: number;
      leaderId: string;
      memberId: string;
      members: { memberId: string; memberMetadata: Buffer }[];
    }>;
    syncGroup(request: {
      groupId: string;
      generationId: number;
      memberId: string;
      groupAssignment: { memberId: string; memberAssignment: Buffer }[];
    }): Promise<{ memberAssignment: Buffer }>;
    heartbeat(request: { groupId: string; groupGenerationId: number; memberId: string }): Promise<unknown>;
    leaveGroup(request: { groupId: string; memberId: string }): Promise<unknown>;
    listGroups(): Promise<{ groups: { groupId: string; protocolType: string }[] }>;
    deleteRecords(request: { topics: TopicOffsets[] }): Promise<unknown>;
  };
  export type PartitionMetadata = { partitionId: number; leader: number };

  export type ClusterOptions = {
    logger: Logger;
    socketFactory: Connect;
    brokers: readonly string[];
    ssl?: object;
    sasl?: object;
    clientId: string;
    connectionTimeout: number;
    authenticationTimeout: number;
    requestTimeout: number;
    metadataMaxAge: number;
    allowAutoTopicCreation: boolean;
    retry: { retries: number; initialRetryTime: number; maxRetryTime: number };
  };
  export default class Cluster {
    constructor(options: ClusterOptions);
    connect(): Promise<void>;
    disconnect(): Promise<void>;
    refreshMetadata(): Promise<void>;
    refreshMetadataIfNecessary(): Promise<void>;
    addMultipleTargetTopics(topics: readonly string[]): Promise<void>;
    getNodeIds(): string[];
    findBroker(streamPartition: { nodeId: number | string }): Promise<Broker>;
    findTopicPartitionMetadata(topic: string): PartitionMetadata[];
    findGroupCoordinator(group: { groupId: string }): Promise<Broker>;
  }
}
declare module 'kafkajs/src/loggers/index.js' {
  export type Logger = { namespace(name: string): Logger };
  const loggers: { createLogger(options: { level: number; logCreator: () => () => void }): Logger };
  export default loggers;
}
declare module 'kafkajs/src/network/socketFactory.js' {
  export type Connect = (options: object) => unknown;
  export default function socketFactory(): Connect;
}
declare module 'kafkajs/src/network/requestQueue/index.js' {
  export default class RequestQueue {
    readonly pending: readonly unknown[];
    readonly throttledUntil: number;
    throttleCheckTimeoutId: NodeJS.Timeout | null;
    checkPendingRequests(): void;
    scheduleCheckPendingRequests(): void;
  }
}
declare module 'kafkajs/src/protocol/error.js' {
  const errors: { createErrorFromCode(code: number): Error & { type: string; retriable: boolean } };
  export default errors;
}
declare module 'kafkajs/src/protocol/requests/fetch/v11/request.js' {
  import type { Protocol } from 'kafkajs/src/cluster/index.js';

  type Request = {
    replicaId: number;
    maxWaitTime: number;
    minBytes: number;
    maxBytes: number;
    isolationLevel: number;
    topics: {
      topic: string;
      partitions: { partition: number; fetchOffset: number; maxBytes: number }[];
    }[];
  };
  export default function fetchRequest(request: Request): Protocol<never>['request'];
}
declare module 'kafkajs/src/protocol/encoder.js' {
  export default class Encoder {
    constructor(initialSize?: number);
    readonly buf: Buffer;
    readonly buffer: Buffer;
    writeInt16(value: number): this;
    writeInt32(value: number): this;
    writeString(value: string | null): this;
    writeBytes(value: Buffer): this;
    writeVarInt(value: number): this;
    writeVarLong(value: number): this;
  }
}
declare module 'kafkajs/src/protocol/decoder.js' {
  export default class Decoder {
    constructor(bytes: Buffer);
  }
}
declare module 'kafkajs/src/protocol/recordBatch/crc32C/index.js' {
  export default function crc32C(bytes: Buffer): number;
}
declare module 'kafkajs/src/protocol/recordBatch/v0/decoder.js' {
  import type Decoder from 'kafkajs/src/protocol/decoder.js';

  type Decoded = {
    producerId: string;
    producerEpoch: number;
    firstSequence: number;
    lastOffsetDelta: number;
    maxTimestamp: string;
    records: { key: Buffer; value: Buffer; timestamp: string }[];
  };
  export default function decode(decoder: Decoder): Promise<Decoded>;
}
declare module 'kafkajs/src/protocol/recordBatch/record/v0/index.js' {
  import type Encoder from 'kafkajs/src/protocol/encoder.js';

  type Record = {
    offsetDelta: number;
    timestampDelta: number;
    key: Buffer;
    value: Buffer;
    headers: { [name: string]: Buffer };
  };
  export default function encode(record: Record): Encoder;
}
declare module 'kafkajs/src/protocol/recordBatch/v0/index.js' {
  import type Encoder from 'kafkajs/src/protocol/encoder.js';

  type Batch = {
    compression: number;
    firstTimestamp: number;
    maxTimestamp: number;
    lastOffsetDelta: number;
    records: readonly Encoder[];
  };
  const recordBatch: { RecordBatch(batch: Batch): Promise<Encoder> };
  export default recordBatch;
}
