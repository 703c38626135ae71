import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts, listenProblem } from '@footfall/postgres/free-port';
import { engineFailure } from './errors.ts';

const HOST = '127.0.0.1';

/** A port that nobody listens on now, and nobody on the next one either: an engine uses both. */
export const freePortPair = (): Promise<number> => freePorts(2);

/**
 * Checks that an engine can listen on both of its ports.
 * @throws Failure `port_in_use`
 */
export async function checkPortPair(title: string, port: number): Promise<void> {
  for (const each of [port, port + 1])
    if ((await listenProblem(each, HOST)) !== null)
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
    const problems = [await listenProblem(port, HOST), await listenProblem(port + 1, HOST)];
    if (problems.every((problem) => problem === null)) return;
  }
}
