import type { IncomingMessage, ServerResponse } from 'node:http';
import { Histogram, type Registry } from 'prom-client';

const KINDS = [
  { kind: 'asset', prefix: '/_next/' },
  { kind: 'auth', prefix: '/api/auth/' },
  { kind: 'api', prefix: '/api/' },
] as const;

/** What a request is for: few enough values for a label. */
export function requestKind(url: string): string {
  return KINDS.find(({ prefix }) => url.startsWith(prefix))?.kind ?? 'page';
}

/** Methods that the portal has an answer to; a stranger's choice of others is one label. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

/** Measures requests until their answer is sent: `http_request_duration_seconds` by kind, method and status. */
export function measureRequests(
  registry: Registry,
): (request: IncomingMessage, response: ServerResponse) => void {
  const histogram = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from request to answer, by what was asked for',
    labelNames: ['kind', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return (request, response) => {
    const { method = '', url = '/' } = request;
    const end = histogram.startTimer({
      kind: requestKind(url),
      method: METHODS.has(method) ? method : 'other',
    });
    response.once('close', () => end({ status: String(response.statusCode) }));
  };
}
