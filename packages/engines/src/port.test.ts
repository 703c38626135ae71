import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePorts } from '@footfall/postgres/free-port';
import { expect, test } from 'vitest';
import { checkPortPair, freePortPair } from './port.ts';

test('a pair is free, and is refused as soon as one of the two is taken', async () => {
  const port = await freePortPair();
  await expect(checkPortPair('Kafka', port)).resolves.toBeUndefined();
  // In the middle of three that are this test's own: a port that the system had chosen would have a stranger's beside it at times.
  const taken = (await freePorts(3)) + 1;
  const server = createServer().listen(taken, '127.0.0.1');
  await once(server, 'listening');
  const message = `Kafka cannot listen on port ${taken} of 127.0.0.1: it is in use`;
  await expect(checkPortPair('Kafka', taken)).rejects.toThrow(message);
  await expect(checkPortPair('Kafka', taken - 1)).rejects.toThrow(message);
  server.close();
});
