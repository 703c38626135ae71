import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Failure } from '@footfall/core/failure';
import { answerHealth, type Health } from '@footfall/service/health';
import { createHttpServer, type HttpServerOptions } from '@footfall/service/http-server';
import type { Logger } from '@footfall/service/logger';
import { throttledLog } from '@footfall/timing/throttled-log';
import { discardRest } from './body.ts';
import { HeldMemory } from './held-memory.ts';
import { collectorMetrics } from './metrics.ts';
import type { CollectorPorts } from './ports.ts';
import { errorReply, type Reply, send } from './reply.ts';
import type { Call } from './route.ts';
import { answer, isRoute, routeName } from './routes.ts';

/** Of all bodies in hand together. A body of the usual 1 KB leaves room for tens of thousands. */
const MAX_HELD_BYTES = 64 * 1024 * 1024;

/** What the server of the collector works with. */
export type ServerOptions = { logger: Logger; tls: HttpServerOptions['tls'] };

function splitUrl(url: string): [path: string, query: string] {
  const mark = url.indexOf('?');
  return mark === -1 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

/** The HTTP server of the collector; it does not listen yet. */
export function createCollectorServer(
  ports: CollectorPorts,
  health: Health,
  { logger, tls }: ServerOptions,
): Server {
  const memory = new HeldMemory(MAX_HELD_BYTES);
  const metrics = collectorMetrics(health.registry, () => memory.bytes);
  const timedPorts = { ...ports, log: metrics.timed(ports.log) };
  // The path alone: queries and headers tell who it was.
  const logFailure = throttledLog<{ err: unknown; path: string }>((failed, leftOut) =>
    logger.error(leftOut === 0 ? failed : { ...failed, leftOut }, 'a request failed'),
  );

  const replyTo = async (path: string, call: Call): Promise<Reply> => {
    try {
      return await answer(path, call, timedPorts);
    } catch (error) {
      const reply = errorReply(error);
      const failed = { err: error, path: routeName(path) };
      // A fault of ours may be another each time.
      if (!(error instanceof Failure)) logger.error(failed, 'a request failed');
      else if (reply.status >= 500) logFailure(error.code, failed);
      await discardRest(call.request);
      return reply;
    }
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const [path, query] = splitUrl(request.url ?? '/');
    if (!isRoute(path) && answerHealth(health, request, response)) return;
    const held = memory.open();
    metrics.inHand(1);
    const reply = await replyTo(path, { request, query, held });
    held.release();
    metrics.inHand(-1);
    metrics.answered(routeName(path), reply);
    send(response, reply, !request.complete);
    if (!request.complete) request.resume();
  };

  const onTrouble = (err: unknown) => logger.error({ err }, 'the new certificate cannot be used');
  return createHttpServer({ tls, onTrouble }, (request, response) => void handle(request, response));
}
