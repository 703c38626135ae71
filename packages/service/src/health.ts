import type { IncomingMessage, ServerResponse } from 'node:http';
import { within } from '@footfall/timing/deadline';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { CheckListener } from './check-log.ts';
import { serviceFailure } from './errors.ts';
import { mayReadMetrics } from './metrics-access.ts';
import { ownWords } from './problem.ts';

/** What a check has to say although it passes, such as what it does without. */
export class Remark {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a service cannot work without, by name: resolves when it is there (with a {@link Remark}, if there is one to make), rejects with the cause. */
export type Checks = Readonly<Record<string, () => Promise<unknown>>>;

const CHECK_TIMEOUT_MS = 2_000;

type Result = { passes: boolean; text: string };

const late = () => serviceFailure('not_ready', `no answer within ${CHECK_TIMEOUT_MS} ms`);

async function runCheck(check: () => Promise<unknown>, hear: (error: unknown) => void): Promise<Result> {
  try {
    const answer = await within(CHECK_TIMEOUT_MS, check(), late);
    hear(null);
    return { passes: true, text: answer instanceof Remark ? answer.text : 'ok' };
  } catch (error) {
    hear(error);
    return { passes: false, text: ownWords(error) };
  }
}

/**
 * Whether all checks pass, and of each `ok`, its remark, or what is wrong, in words of ours. A check that takes longer than 2 s fails.
 * `onCheck` hears the whole of what each fails with.
 */
export async function readiness(
  checks: Checks,
  onCheck: CheckListener = () => undefined,
): Promise<{ ready: boolean; checks: Record<string, string> }> {
  const results = await Promise.all(
    Object.entries(checks).map(
      async ([name, check]) => [name, await runCheck(check, (error) => onCheck(name, error))] as const,
    ),
  );
  return {
    ready: results.every(([, { passes }]) => passes),
    checks: Object.fromEntries(results.map(([name, { text }]) => [name, text])),
  };
}

/** A registry with the process's own figures; a service adds its metrics to it. */
export function createRegistry(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return registry;
}

export type Health = {
  checks: Checks;
  /** Hears what checks fail with; see check-log.ts. */
  onCheck?: CheckListener;
  registry: Registry;
  /** Lets others than this machine read `/metrics` and the details of `/readyz`. */
  metricsToken: string | undefined;
  /** What `/metrics` answers; the registry's own text unless several processes answer for each other. */
  metrics?: () => Promise<string>;
};

type Answer = { status: number; type: string; body: string; headers?: Record<string, string> };
/** `trusted`: whoever asks may know more than that the service is there. */
type Endpoint = (health: Health, trusted: boolean) => Promise<Answer>;

const JSON_TYPE = 'application/json; charset=utf-8';

const json = (status: number, content: unknown): Answer => ({
  status,
  type: JSON_TYPE,
  body: JSON.stringify(content),
});

function refuseMetrics({ metricsToken }: Health): Answer {
  if (metricsToken === undefined)
    return json(403, {
      error: { code: 'loopback_only', message: 'metrics answer loopback only; METRICS_TOKEN opens them' },
    });
  const error = { code: 'metrics_token', message: 'send Authorization: Bearer and the METRICS_TOKEN' };
  return { ...json(401, { error }), headers: { 'www-authenticate': 'Bearer' } };
}

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/healthz': async () => json(200, { status: 'ok' }),
  '/readyz': async ({ checks, onCheck }, trusted) => {
    const result = await readiness(checks, onCheck);
    return json(result.ready ? 200 : 503, trusted ? result : { ready: result.ready });
  },
  '/metrics': async (health, trusted) => {
    if (!trusted) return refuseMetrics(health);
    const { registry, metrics = () => registry.metrics() } = health;
    return { status: 200, type: registry.contentType, body: await metrics() };
  },
};

/** Answers a health endpoint (`/healthz`, `/readyz`, `/metrics`); false when the request is for something else. */
export function answerHealth(health: Health, request: IncomingMessage, response: ServerResponse): boolean {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  const endpoint = Object.hasOwn(ENDPOINTS, path) ? ENDPOINTS[path] : undefined;
  if (endpoint === undefined) return false;
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return true;
  }
  endpoint(health, mayReadMetrics(request, health.metricsToken)).then(
    ({ status, type, body, headers }) =>
      response
        .writeHead(status, {
          'content-type': type,
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
          ...headers,
        })
        .end(body),
    (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
  );
  return true;
}
