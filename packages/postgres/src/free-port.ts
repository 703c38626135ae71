import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the ports that systems give to whoever connects: between the moment in which a port is found free and the one in which it is
 * listened on, any connection of any program may be given one of those, and a client of a server that is down may be given the
 * server's own, connect to itself and keep it out.
 */
const [FIRST, LAST] = [15_000, 32_000] as const;
const TRIES = 50;
/** Wildcards first: that is what services listen on; a loopback listener of somebody else would answer in their place. */
const HOSTS = ['::', '0.0.0.0', '127.0.0.1'] as const;
/** A machine without IPv6 has no such address: nobody can have taken it. */
export const ABSENT_ADDRESS: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

/** Listens on a port for a moment. Answers why that cannot be done (such as `EADDRINUSE`), or null. */
export function listenProblem(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code, message }: NodeJS.ErrnoException) => resolve(code ?? message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/** As {@link listenProblem}, at every address of this machine that a server may choose. */
export async function anyListenProblem(port: number): Promise<string | null> {
  for (const host of HOSTS) {
    const problem = await listenProblem(port, host);
    if (problem !== null && !ABSENT_ADDRESS.has(problem)) return problem;
  }
  return null;
}

/** Nobody is given what another in this process has been told is free. */
const given = new Set<number>();

/**
 * Ports beside each other that nobody listens on now; answers the first of them.
 * @throws Error when none are found
 */
export async function freePorts(count: number): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const first = randomInt(FIRST, LAST);
    const ports = Array.from({ length: count }, (_, index) => first + index);
    if (ports.some((port) => given.has(port))) continue;
    for (const port of ports) given.add(port);
    const problems = await Promise.all(ports.map(anyListenProblem));
    if (problems.every((problem) => problem === null)) return first;
  }
  throw new Error(`found no ${count} free ports beside each other in ${TRIES} tries`);
}

/** A port that nobody listens on now, at any address of this machine. */
export const freePort = (): Promise<number> => freePorts(1);
