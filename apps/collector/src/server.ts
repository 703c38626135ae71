import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Failure } from '@footfall/core/failure';
import { answerHealth, type Health } from '@footfall/service/health';
import type { Logger } from '@footfall/service/logger';
import { Counter } from 'prom-client';
import { collectorFailure } from './errors.ts';
import { type Reply, ROUTES, type RoutePorts } from './routes.ts';

export type CollectorServer = { server: Server; drain(): void };

/** Slow senders are cut off: a body has at most 5 MiB. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
const RETRY_AFTER_SECONDS = '2';

const CORS = { 'access-control-allow-origin': '*' } as const;
const PREFLIGHT = {
  ...CORS,
  'access-control-allow-methods': 'POST, GET, OPTIONS',
  'access-control-allow-headers': 'content-type, authorization',
  'access-control-max-age': '86400',
} as const;

const INTERNAL = {
  code: 'internal',
  message: 'something went wrong on our side; send the same events again later',
  status: 500,
  retriable: true,
};

function metricsOf({ registry }: Health) {
  const requests = new Counter({
    name: 'footfall_collector_requests_total',
    help: 'Requests by route and status',
    labelNames: ['route', 'status'],
    registers: [registry],
  });
  const events = new Counter({
    name: 'footfall_collector_events_total',
    help: 'Events by outcome: accepted, or the reason of refusal',
    labelNames: ['outcome'],
    registers: [registry],
  });
  return (route: string, { status, taken }: Reply) => {
    requests.inc({ route, status: String(status) });
    if (taken === undefined) return;
    if (taken.accepted > 0) events.inc({ outcome: 'accepted' }, taken.accepted);
    for (const { reason } of taken.rejected) events.inc({ outcome: reason });
  };
}

function errorReply(error: unknown): Reply {
  const failure = error instanceof Failure ? error : INTERNAL;
  const { code, message } = failure;
  const path = error instanceof Failure ? error.where : undefined;
  return {
    status: failure.status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      ...(failure.status === 503 ? { 'retry-after': RETRY_AFTER_SECONDS } : {}),
      ...(code === 'method_not_allowed' && path !== undefined ? { allow: path } : {}),
    },
    body: JSON.stringify({ error: { code, message, ...(path === undefined ? {} : { path }) } }),
  };
}

/** A request for what is not there, or in a way that is not offered; OPTIONS is answered before. */
async function route(request: IncomingMessage, path: string, ports: RoutePorts): Promise<Reply> {
  const methods = Object.hasOwn(ROUTES, path) ? ROUTES[path] : undefined;
  if (methods === undefined) {
    throw collectorFailure(
      'not_found',
      `there is nothing at ${path.slice(0, 100)}; see ${Object.keys(ROUTES).join(', ')}`,
    );
  }
  const handler = methods[request.method ?? ''];
  if (handler === undefined) {
    const allowed = Object.keys(methods).join(', ');
    throw collectorFailure('method_not_allowed', `${path} takes ${allowed}, not ${request.method}`, {
      where: allowed,
    });
  }
  return handler(request, ports);
}

function send(response: ServerResponse, { status, headers, body }: Reply, close: boolean): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    ...CORS,
    ...headers,
    'content-length': Buffer.byteLength(body),
    ...(close ? { connection: 'close' } : {}),
  });
  response.end(body);
}

/** The HTTP server of the collector. After `drain` every answer closes its connection. */
export function createCollectorServer(ports: RoutePorts, health: Health, logger: Logger): CollectorServer {
  const count = metricsOf(health);
  let draining = false;
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (request.method === 'OPTIONS') {
      response.writeHead(204, PREFLIGHT).end();
      return;
    }
    let reply: Reply;
    try {
      reply = await route(request, path, ports);
    } catch (error) {
      reply = errorReply(error);
      // Whoever sent it may have gone in the middle of it: then there is nobody to answer and nothing to mend.
      if (reply.status >= 500 && !request.errored) logger.error({ err: error, path }, 'a request failed');
    }
    count(Object.hasOwn(ROUTES, path) ? path : 'other', reply);
    // An unread body would be taken for the next request.
    send(response, reply, draining || !request.complete);
    if (!request.complete) request.resume();
  };
  const server = createServer((request, response) => {
    if (!answerHealth(health, request, response)) void handle(request, response);
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  return {
    server,
    drain: () => {
      draining = true;
    },
  };
}
