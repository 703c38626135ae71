import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { CASSANDRA, isSupported, optionsRequest } from './cassandra.ts';
import { exchange } from './exchange.ts';
import { brokersIn, KAFKA, metadataRequest } from './kafka.ts';

let server: ReturnType<typeof createServer>;
afterEach(() => void server.close());

async function serve(onData: (socket: Socket, request: Buffer) => void): Promise<number> {
  server = createServer((socket) => socket.once('data', (request) => onData(socket, request)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

test('an answer that comes in pieces is put together', async () => {
  const port = await serve((socket, request) => {
    socket.write(request);
    setTimeout(() => socket.write('!?'), 20);
  });
  expect(String(await exchange(port, Buffer.from('hello'), 7))).toBe('hello!?');
});

test('a connection that breaks, and a port that nobody listens on, are no answer', async () => {
  const port = await serve((socket) => socket.end('no'));
  expect(await exchange(port, Buffer.from('hello'), 7)).toBeNull();
  server.close();
  await once(server, 'close');
  expect(await exchange(port, Buffer.from('hello'), 7)).toBeNull();
});

describe('Kafka is ready', () => {
  test('when the cluster has a broker: the port alone is open before', async () => {
    // Size, correlation id, number of brokers.
    const answer = (brokers: number) => Buffer.from([0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, brokers]);
    expect([brokersIn(answer(0)), brokersIn(answer(1))]).toEqual([0, 1]);
    expect(await KAFKA.isReady(await serve((socket) => socket.write(answer(1))))).toBe(true);
    server.close();
    expect(await KAFKA.isReady(await serve((socket) => socket.write(answer(0))))).toBe(false);
  });

  test('and is asked with a request of the size that it says', () => {
    const request = metadataRequest();
    expect(request.readInt32BE(0)).toBe(request.length - 4);
  });
});

test('Cassandra is ready when it lists its options', async () => {
  const answer = (opcode: number) => Buffer.from([0x84, 0, 0, 0, opcode, 0, 0, 0, 0]);
  expect(isSupported(answer(6))).toBe(true);
  expect(optionsRequest()).toHaveLength(9);
  // An error, as a server answers that does not know the version of the protocol.
  expect(await CASSANDRA.isReady(await serve((socket) => socket.write(answer(0))))).toBe(false);
});
