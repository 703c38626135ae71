import type { Broker, Cluster, Protocol } from '../client/kafkajs.ts';
import { AnswerReader } from '../protocol/answer-reader.ts';
import { batchesIn, visitRecords } from '../protocol/record-batch.ts';

/** A batch as a broker gets it. */
export type Sent = {
  partition: string;
  producerId: number;
  sequence: number;
  values: (string | null)[];
};

/** What a broker does with a request to append: by default it takes everything. */
export type Behaviour = {
  /** Kafka's error code for a batch; 0: taken. */
  code?: (sent: Sent) => number;
  /** Takes it, and then the connection breaks before it answers. */
  losesAnswer?: boolean;
};

function sentIn(body: Buffer): Sent[] {
  // Transactional id (none), acks and timeout.
  const reader = new AnswerReader(body.subarray(8));
  const streams = reader.list(() => {
    const stream = reader.text();
    return reader.list(() => {
      const partition = `${stream}/${reader.int32()}`;
      const bytes = reader.bytes();
      const values: (string | null)[] = [];
      for (const batch of batchesIn(bytes)) visitRecords(batch, 0, (record) => values.push(record.value()));
      return {
        partition,
        producerId: Number(bytes.readBigInt64BE(43)),
        sequence: bytes.readInt32BE(53),
        values,
      };
    });
  });
  return streams.flat();
}

function answer(outcomes: readonly { partition: string; code: number }[]): Buffer {
  const fields = outcomes.flatMap(({ partition: name, code }) => {
    const [stream = '', partition = ''] = name.split('/');
    const head = Buffer.alloc(4 + 2 + stream.length + 4);
    head.writeInt16BE(stream.length, 0);
    head.write(stream, 2);
    head.writeInt32BE(1, 2 + stream.length);
    head.writeInt32BE(Number(partition), 6 + stream.length);
    const tail = Buffer.alloc(2 + 24);
    tail.writeInt16BE(code, 0);
    return [head, tail];
  });
  const count = Buffer.alloc(4);
  count.writeInt32BE(outcomes.length);
  return Buffer.concat([count, ...fields, Buffer.alloc(4)]);
}

/** A broker that leads every partition, notes what it is sent, and does with each request what its script says, in order. */
export function fakeBroker(partitions: number, script: Behaviour[] = []) {
  const requests: Sent[][] = [];
  const taken: Sent[] = [];
  let producers = 0;
  const connection = { isConnected: () => true, connect: async () => true };
  const send = async <T>({ request, response }: Protocol<T>): Promise<T> => {
    const sent = sentIn((await request.encode()).buffer);
    requests.push(sent);
    const { code = () => 0, losesAnswer = false } = script.shift() ?? {};
    const outcomes = sent.map((one) => ({ ...one, code: code(one) }));
    for (const [index, one] of sent.entries()) {
      const known = taken.some(({ partition, producerId, sequence }) =>
        [partition === one.partition, producerId === one.producerId, sequence === one.sequence].every(
          Boolean,
        ),
      );
      if (outcomes[index]?.code === 0 && !known) taken.push(one);
    }
    if (losesAnswer) throw new Error('Closed connection');
    return response.parse(await response.decode(answer(outcomes)));
  };
  const broker = {
    nodeId: 1,
    connectionPool: { pool: [connection, connection], send },
    initProducerId: async () => {
      producers += 1;
      return { producerId: String(producers), producerEpoch: 0 };
    },
  } as unknown as Broker;
  const metadata = Array.from({ length: partitions }, (_, partitionId) => ({ partitionId, leader: 1 }));
  const cluster = {
    connect: async () => undefined,
    addMultipleTargetTopics: async () => undefined,
    refreshMetadataIfNecessary: async () => undefined,
    disconnect: async () => undefined,
    getNodeIds: () => ['1'],
    findBroker: async () => broker,
    findTopicPartitionMetadata: () => metadata,
  } as unknown as Cluster;
  return { cluster, requests, taken };
}
