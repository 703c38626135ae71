import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Failure } from '@footfall/core/failure';
import { answerHealth, type Health } from '@footfall/service/health';
import { createHttpServer, type HttpServerOptions } from '@footfall/service/http-server';
import type { Logger } from '@footfall/service/logger';
import { throttledLog } from '@footfall/timing/throttled-log';
import { discardRest } from './body.ts';
import { readCaller } from './caller.ts';
import { limitConnections } from './connections.ts';
import { SHARED_HEADERS, STRICT_TRANSPORT } from './cors.ts';
import { type HeldLimits, HeldMemory } from './held-memory.ts';
import { type CollectorMetrics, collectorMetrics } from './metrics.ts';
import type { CollectorPorts } from './ports.ts';
import { errorReply, type Reply, send } from './reply.ts';
import type { Call } from './route.ts';
import { answer, isRoute, routeName } from './routes.ts';

const MIB = 1024 * 1024;
/** Of all bodies in hand together. A body of the usual 1 KB leaves room for tens of thousands. A bad mobile network brings 2 KB a second. */
const HELD: HeldLimits = { total: 64 * MIB, sender: 32 * MIB, graceMs: 5_000, bytesPerSecond: 1_024 };
const CUT_SLOW_EVERY_MS = 1_000;

/** What the server of the collector works with. */
export type ServerOptions = { logger: Logger; tls: HttpServerOptions['tls'] };

/** Path and query; of what lies in the collector's folder, the path as routes name it. */
function splitUrl(url: string, folder: string): [path: string, query: string] {
  const mark = url.indexOf('?');
  const [path, query] = mark === -1 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
  const inside = folder !== '' && path.startsWith(`${folder}/`) ? path.slice(folder.length) : '';
  // Health is nobody's business out there: its paths stay outside of the folder.
  return [isRoute(inside) ? inside : path, query];
}

/** What a limit refused; no address, which goes nowhere. */
type Limited = { limit: string; siteId?: string };

/** Counts what limits refuse, and tells the operator of it. */
function limitedBy(metrics: CollectorMetrics, logger: Logger) {
  const log = throttledLog<Limited>((limited, leftOut) =>
    logger.warn({ ...limited, leftOut }, 'a limit refuses requests'),
  );
  return (limit: string, siteId?: string) => {
    metrics.limited(limit);
    log(limit, { limit, ...(siteId === undefined ? {} : { siteId }) });
  };
}

/** The HTTP server of the collector; it does not listen yet. */
export function createCollectorServer(
  given: Omit<CollectorPorts, 'limited'>,
  health: Health,
  { logger, tls }: ServerOptions,
): Server {
  const memory = new HeldMemory(HELD);
  const metrics = collectorMetrics(health.registry, () => memory.bytes);
  const limited = limitedBy(metrics, logger);
  const ports: CollectorPorts = { ...given, log: metrics.timed(given.log), limited };
  const shared = { ...SHARED_HEADERS, ...(given.isSecure ? STRICT_TRANSPORT : {}) };
  // The path alone: queries and headers tell who it was.
  const logFailure = throttledLog<{ err: unknown; path: string }>((failed, leftOut) =>
    logger.error(leftOut === 0 ? failed : { ...failed, leftOut }, 'a request failed'),
  );

  const replyTo = async (call: Call): Promise<Reply> => {
    try {
      return await answer(call, ports);
    } catch (error) {
      const reply = errorReply(error);
      const failed = { err: error, path: routeName(call.path) };
      const code = error instanceof Failure ? error.code : 'internal';
      if (code === 'too_slow' || code === 'overloaded') limited(code);
      // A fault of ours may be another each time.
      if (!(error instanceof Failure)) logger.error(failed, 'a request failed');
      else if (reply.status >= 500) logFailure(code, failed);
      call.held.release();
      // Whoever is too slow is not waited for.
      if (code !== 'too_slow') await discardRest(call.request);
      return reply;
    }
  };

  let requests = 0;
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const [path, query] = splitUrl(request.url ?? '/', ports.folder);
    if (!isRoute(path)) {
      for (const [name, value] of Object.entries(shared)) response.setHeader(name, value);
      if (answerHealth(health, request, response)) return;
    }
    ports.watchProxy(request);
    const caller = readCaller(request, ports.trustedProxies);
    requests += 1;
    // Behind an address that many share, each request is a sender of its own.
    const held = memory.open(caller.isShared ? `request ${requests}` : caller.network);
    metrics.inHand(1);
    const reply = await replyTo({ request, path, query, caller, held });
    held.release();
    metrics.inHand(-1);
    metrics.answered(routeName(path), reply);
    send(response, reply, { isLast: !request.complete, shared });
    if (!request.complete) request.resume();
  };

  const onTrouble = (err: unknown) => logger.error({ err }, 'the new certificate cannot be used');
  const server = createHttpServer({ tls, onTrouble }, (request, response) => void handle(request, response));
  const cutting = setInterval(() => memory.cutSlow(), CUT_SLOW_EVERY_MS).unref();
  server.on('close', () => clearInterval(cutting));
  return limitConnections(server, limited);
}
