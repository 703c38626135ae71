import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { engineFailure } from './errors.ts';

const HOST = '127.0.0.1';
const TRIES = 50;
/**
 * Below the ports that systems give to whoever connects: while an engine is down its clients try again and again, and one that is
 * given the engine's own port would connect to itself and keep the engine out.
 */
const [FIRST, LAST] = [15_000, 32_000] as const;

/** Listens on a port for a moment; answers it, or null when it is taken. */
function tryPort(wanted: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port: wanted, host: HOST, exclusive: true }, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : null;
      server.close(() => resolve(port));
    });
  });
}

/** A port of 127.0.0.1 that nobody listens on now, and nobody on the next one either: an engine uses both. */
export async function freePortPair(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = randomInt(FIRST, LAST);
    if ((await tryPort(port)) !== null && (await tryPort(port + 1)) !== null) return port;
  }
  throw engineFailure('port_in_use', `no two free ports beside each other in ${TRIES} tries`);
}

/**
 * Checks that an engine can listen on both of its ports.
 * @throws Failure `port_in_use`
 */
export async function checkPortPair(title: string, port: number): Promise<void> {
  for (const each of [port, port + 1])
    if ((await tryPort(each)) === null)
      throw engineFailure('port_in_use', `${title} cannot listen on port ${each} of ${HOST}: it is in use`);
}

/** How long the sockets of a process that has ended may take to go, milliseconds. */
const LEAVING_MS = 15_000;

/**
 * Waits until nobody listens on an engine's ports any more: of a killed process the first thread may be gone while others still
 * hold its sockets. Gives up in silence; whoever wants the ports is told then.
 */
export async function untilPortsFree(port: number): Promise<void> {
  for (const deadline = Date.now() + LEAVING_MS; Date.now() < deadline; await sleep(50)) {
    if ((await tryPort(port)) !== null && (await tryPort(port + 1)) !== null) return;
  }
}
