import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { anyListenProblem, freePort, freePorts, listenProblem } from './free-port.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
    await once(server, 'close');
  }
});

/** Listens at an address; answers the port that the system gave. */
async function occupy(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

describe('a port is refused', () => {
  test.each([
    ['at the very address that is taken', '127.0.0.1', '127.0.0.1'],
    ['at one address when every address is taken', '0.0.0.0', '127.0.0.1'],
    ['at every address when one is taken', '127.0.0.1', '0.0.0.0'],
  ])('%s', async (_why, taken, wanted) => {
    expect(await listenProblem(await occupy(taken), wanted)).toBe('EADDRINUSE');
  });

  test('at an address that this machine does not have', async () => {
    // 192.0.2.0/24 is kept for documentation: no machine has it.
    expect(await listenProblem(await freePort(), '192.0.2.1')).toBe('EADDRNOTAVAIL');
  });

  test.each(['127.0.0.1', '0.0.0.0'])('anywhere, when somebody listens at %s', async (host) => {
    expect(await anyListenProblem(await occupy(host))).toBe('EADDRINUSE');
  });
});

test('to look at a port does not keep it', async () => {
  const port = await freePort();
  expect(await listenProblem(port, '127.0.0.1')).toBeNull();
  expect(await listenProblem(port, '127.0.0.1')).toBeNull();
  expect(await anyListenProblem(port)).toBeNull();
});

describe('free ports', () => {
  test('lie below those that systems give to whoever connects', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, freePort));
    for (const port of ports) {
      expect(port).toBeGreaterThanOrEqual(15_000);
      expect(port).toBeLessThan(32_000);
    }
  });

  test('are given to one asker each, also when many ask at the same time', async () => {
    const starts = await Promise.all(Array.from({ length: 20 }, () => freePorts(3)));
    const ports = starts.flatMap((first) => [first, first + 1, first + 2]);
    expect(new Set(ports).size).toBe(60);
  });

  test('are all free, the first and those beside it', async () => {
    const first = await freePorts(4);
    for (const port of [0, 1, 2, 3]) expect(await anyListenProblem(first + port)).toBeNull();
  });
});
