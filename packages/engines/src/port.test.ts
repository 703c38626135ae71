import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { checkPortPair, freePortPair } from './port.ts';

test('a pair is free, and is refused as soon as one of the two is taken', async () => {
  const port = await freePortPair();
  await expect(checkPortPair('Kafka', port)).resolves.toBeUndefined();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const taken = (server.address() as AddressInfo).port;
  const message = `Kafka cannot listen on port ${taken} of 127.0.0.1: it is in use`;
  await expect(checkPortPair('Kafka', taken)).rejects.toThrow(message);
  await expect(checkPortPair('Kafka', taken - 1)).rejects.toThrow(message);
  server.close();
});
