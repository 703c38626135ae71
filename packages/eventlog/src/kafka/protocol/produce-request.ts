import type { StreamPartition } from '../../event-log.ts';
import { type Broker, Encoder, type Protocol } from '../client/kafkajs.ts';
import { AnswerReader } from './answer-reader.ts';

/** A stamped batch and where it goes: one for each partition. */
export type Append = StreamPartition & { bytes: Buffer };
/** What became of it; the code is Kafka's, 0 when all is well. */
export type Appended = StreamPartition & { errorCode: number };

const API = { apiKey: 0, apiVersion: 7, apiName: 'Produce' };
const ALL_REPLICAS = -1;

function encode(appends: readonly Append[], timeoutMs: number): Encoder {
  const size = appends.reduce((sum, { stream, bytes }) => sum + stream.length + bytes.length + 32, 64);
  const streams = Map.groupBy(appends, ({ stream }) => stream);
  const encoder = new Encoder(size).writeString(null).writeInt16(ALL_REPLICAS).writeInt32(timeoutMs);
  encoder.writeInt32(streams.size);
  for (const [stream, own] of streams) {
    encoder.writeString(stream).writeInt32(own.length);
    for (const { partition, bytes } of own) encoder.writeInt32(partition).writeBytes(bytes);
  }
  return encoder;
}

const response: Protocol<{ appended: Appended[] }>['response'] = {
  decode: async (payload) => {
    const answer = new AnswerReader(payload);
    const streams = answer.list(() => {
      const stream = answer.text();
      return answer.list(() => {
        const [partition, errorCode] = [answer.int32(), answer.int16()];
        // Offset, time of appending, begin of the log.
        for (let field = 0; field < 3; field += 1) answer.int64();
        return { stream, partition, errorCode };
      });
    });
    return { clientSideThrottleTime: answer.int32(), appended: streams.flat() };
  },
  parse: async (decoded) => decoded,
};

/** Appends batches to partitions that this broker leads; answers when all replicas in sync have them, or `timeoutMs` are over. */
export async function produce(
  { connectionPool }: Broker,
  appends: readonly Append[],
  timeoutMs: number,
): Promise<Appended[]> {
  const request = { ...API, encode: async () => encode(appends, timeoutMs) };
  return (await connectionPool.send({ request, response })).appended;
}
