import { collect } from './collect.ts';
import { PREFLIGHT } from './cors.ts';
import { ga4, ga4Debug } from './drop-in/ga4.ts';
import { plausible } from './drop-in/plausible.ts';
import { SEGMENT_PATHS } from './drop-in/segment.ts';
import { collectorFailure } from './errors.ts';
import { pixel } from './pixel.ts';
import type { CollectorPorts } from './ports.ts';
import { errorReply, type Reply } from './reply.ts';
import type { Call, Handler } from './route.ts';
import { isScript, script } from './script.ts';
import { serverEvents } from './server-events.ts';

type Route = [path: string, methods: Readonly<Record<string, Handler>>];

/** Every path of the collector but health, by method: our own, then those that other products' clients know. */
const ROUTES = new Map<Route[0], Route[1]>([
  ['/collect', { POST: collect }],
  ['/v1/events', { POST: serverEvents }],
  ['/pixel.gif', { GET: pixel }],
  ['/a.js', { GET: script, HEAD: script }],
  ['/api/event', { POST: plausible }],
  ['/mp/collect', { POST: ga4 }],
  ['/debug/mp/collect', { POST: ga4Debug }],
  ...SEGMENT_PATHS.map(([path, handler]): Route => [path, { POST: handler }]),
]);

const OTHER = 'other';

/** All variants of the tracker are one route. */
const matchRoute = (path: string) => (!ROUTES.has(path) && isScript(path) ? '/a.js' : path);

/** The name of a path in metrics: strangers must not be able to make new ones. */
export function routeName(path: string): string {
  return isRoute(path) ? matchRoute(path) : OTHER;
}

/** Whether a path is one of the collector's own. */
export function isRoute(path: string): boolean {
  return ROUTES.has(matchRoute(path));
}

const preflight: Reply = { status: 204, headers: PREFLIGHT, body: '' };

/**
 * Answers a request by its path and method.
 * @throws Failure when it is refused as a whole
 */
export async function answer(call: Call, ports: CollectorPorts): Promise<Reply> {
  const { path, request } = call;
  const { method = '' } = request;
  if (method === 'OPTIONS') return preflight;
  const methods = ROUTES.get(matchRoute(path));
  if (methods === undefined) {
    const paths = [...ROUTES.keys()].join(', ');
    throw collectorFailure('not_found', `there is nothing at ${path.slice(0, 100)}; there are ${paths}`);
  }
  const handler = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (handler !== undefined) return handler(call, ports);
  const allow = [...Object.keys(methods), 'OPTIONS'].join(', ');
  const refusal = errorReply(collectorFailure('method_not_allowed', `${path} takes ${allow}, not ${method}`));
  return { ...refusal, headers: { ...refusal.headers, allow } };
}
