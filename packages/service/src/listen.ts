import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { failures } from '@footfall/core/failure';
import { answerHealth, type Health } from './health.ts';
import { createHttpServer, type HttpServerOptions, MAX_HEALTH_CONNECTIONS } from './http-server.ts';

const listenFailure = failures({
  port_in_use: { status: 500, retriable: false },
  cannot_listen: { status: 500, retriable: false },
});

/** The requests that a server has in hand, and whom to tell when there are none left. */
type Traffic = {
  answering: Set<ServerResponse>;
  closing: boolean;
  onIdle: () => void;
  /** When the last request came, on the clock of the process. */
  lastAt: number;
};

const trafficOf = new WeakMap<Server, Traffic>();

/** How long requests in hand may take when the server closes, milliseconds: below the 15 s that a service has to stop. */
const CLOSE_GRACE_MS = 10_000;

function watchTraffic(server: Server): void {
  const traffic: Traffic = {
    answering: new Set(),
    closing: false,
    onIdle: () => undefined,
    lastAt: Number.NEGATIVE_INFINITY,
  };
  trafficOf.set(server, traffic);
  // First of all listeners: a handler that answers at once must already find what to answer with.
  server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    if (traffic.closing) response.shouldKeepAlive = false;
    traffic.lastAt = performance.now();
    traffic.answering.add(response);
    response.once('close', () => {
      traffic.answering.delete(response);
      if (traffic.answering.size === 0) traffic.onIdle();
    });
  });
}

/** Where a server listens: an IP address of this machine, or all of them (`0.0.0.0`, `::`); a port, 0 for any free one. */
export type ListenAddress = {
  host: string;
  port: number;
  /** The variable that sets the port. */
  variable: string;
};

/** This machine has no such address, or none of this kind. */
const NO_ADDRESS: ReadonlySet<string | undefined> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

function describeListenProblem(
  { host, port, variable }: ListenAddress,
  { code }: NodeJS.ErrnoException,
): { where: string; message: string } {
  if (NO_ADDRESS.has(code))
    return { where: 'LISTEN_HOST', message: `${host} is not an address of this machine; set LISTEN_HOST` };
  const problem = code === 'EADDRINUSE' ? 'is in use' : `cannot be listened on (${code})`;
  return { where: variable, message: `port ${port} ${problem}; set ${variable} to another` };
}

/**
 * Listens; answers the port.
 * @throws Failure `port_in_use`, `cannot_listen`, naming the variable that sets what was wrong
 */
export function listen(server: Server, at: ListenAddress): Promise<number> {
  const { host, port } = at;
  return new Promise((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException) => {
      const { where, message } = describeListenProblem(at, cause);
      const code = cause.code === 'EADDRINUSE' ? 'port_in_use' : 'cannot_listen';
      reject(listenFailure(code, message, { where, cause }));
    };
    server.once('error', fail);
    server.listen({ host, port }, () => {
      server.off('error', fail);
      watchTraffic(server);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Nobody sends any more when no request has come for so long, milliseconds. */
const QUIET_MS = 500;
/** How long senders may take to notice that they should go elsewhere, milliseconds: more than a load balancer needs for a few checks. */
const MAX_DRAIN_MS = 4_000;
const LOOK_MS = 50;

/**
 * Goes on answering, each time with the request to go elsewhere (`Connection: close`), until nobody sends any more, or for four
 * seconds. Whoever has stopped being ready before loses no request when it then closes.
 */
export async function drainServer(server: Server): Promise<void> {
  const traffic = trafficOf.get(server);
  if (traffic === undefined) return;
  traffic.closing = true;
  const begun = performance.now();
  for (;;) {
    const now = performance.now();
    const isQuiet = now - traffic.lastAt >= QUIET_MS && traffic.answering.size === 0;
    if (isQuiet || now - begun >= MAX_DRAIN_MS) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/**
 * Stops listening and resolves when every request in hand has been answered, at the latest after 10 s. Connections without a
 * request are cut: browsers open some in advance and would keep them for minutes.
 */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const traffic = trafficOf.get(server);
  if (traffic !== undefined && traffic.answering.size > 0) {
    traffic.closing = true;
    for (const response of traffic.answering) response.shouldKeepAlive = false;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      traffic.onIdle = resolve;
      timer = setTimeout(resolve, CLOSE_GRACE_MS);
    });
    clearTimeout(timer);
  }
  server.closeAllConnections();
  await closed;
}

/** The server of a service that has nothing but health endpoints. */
export async function startHealthServer(
  health: Health,
  at: ListenAddress,
  options: Omit<HttpServerOptions, 'maxConnections'>,
): Promise<{ port: number; close(): Promise<void> }> {
  const limits = { ...options, maxConnections: MAX_HEALTH_CONNECTIONS };
  const server = createHttpServer(limits, (request, response) => {
    if (!answerHealth(health, request, response)) response.writeHead(404).end();
  });
  return { port: await listen(server, at), close: () => closeServer(server) };
}
