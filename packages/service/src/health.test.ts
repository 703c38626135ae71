import { afterEach, expect, test, vi } from 'vitest';
import { serviceFailure } from './errors.ts';
import { type Checks, createRegistry, Remark, readiness } from './health.ts';
import { startHealthServer } from './listen.ts';

const servers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(checks: Checks, metricsToken?: string): Promise<string> {
  const server = await startHealthServer(
    { checks, registry: createRegistry('test'), metricsToken },
    { host: '127.0.0.1', port: 0, variable: 'TEST_PORT' },
    { tls: null },
  );
  servers.push(server);
  return `http://127.0.0.1:${server.port}`;
}

const failure = (message: string, options?: { cause: unknown }) =>
  serviceFailure('not_ready', message, options);
const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.3:5432'), {
  code: 'ECONNREFUSED',
  address: '10.0.0.3',
  port: 5432,
});

test('what a driver says is for the log, and not for whoever asks', async () => {
  const cause = new Error('permission denied for table secret_orders');
  const heard: [string, unknown][] = [];
  const checks: Checks = { database: () => Promise.reject(cause), log: async () => 1 };
  expect(await readiness(checks, (check, error) => heard.push([check, error]))).toEqual({
    ready: false,
    checks: { database: 'does not work; the log of this service says why', log: 'ok' },
  });
  expect(heard.sort()).toEqual([
    ['database', cause],
    ['log', null],
  ]);
});

test('is ready when every check passes', async () => {
  expect(await readiness({ log: async () => 1, database: async () => undefined })).toEqual({
    ready: true,
    checks: { log: 'ok', database: 'ok' },
  });
});

test('a check may pass and say what it does without', async () => {
  const checks: Checks = { log: async () => new Remark('away; the spool takes it'), database: async () => 1 };
  const answer = { ready: true, checks: { log: 'away; the spool takes it', database: 'ok' } };
  expect(await readiness(checks)).toEqual(answer);
  expect((await fetch(`${await serve(checks)}/readyz`)).status).toBe(200);
});

test('names each check that fails, with its cause', async () => {
  const checks: Checks = {
    log: () => Promise.reject(failure('no log', { cause: refused })),
    database: async () => 1,
    tracker: () => {
      throw failure('not built');
    },
  };
  const answer = {
    ready: false,
    checks: {
      log: 'no log: 10.0.0.3:5432 refuses connections (ECONNREFUSED)',
      database: 'ok',
      tracker: 'not built',
    },
  };
  expect(await readiness(checks)).toEqual(answer);
  const response = await fetch(`${await serve(checks)}/readyz`);
  expect([response.status, await response.json()]).toEqual([503, answer]);
});

test('a check that does not answer fails in time', async () => {
  vi.useFakeTimers();
  const result = readiness({ log: () => new Promise(() => undefined) });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await result).toEqual({ ready: false, checks: { log: 'no answer within 2000 ms' } });
});

test('is alive whatever the checks say', async () => {
  const response = await fetch(
    `${await serve({ log: () => Promise.reject(new Error('away')) })}/healthz?x=1`,
  );
  expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
});

test('shows the metrics of the process in the text of Prometheus', async () => {
  const response = await fetch(`${await serve({})}/metrics`);
  expect(response.headers.get('content-type')).toContain('text/plain');
  expect(await response.text()).toMatch(/^process_cpu_seconds_total\{service="test"\} /m);
});

test('takes GET and HEAD, and knows no other page', async () => {
  const url = await serve({});
  expect((await fetch(`${url}/healthz`, { method: 'HEAD' })).status).toBe(200);
  const posted = await fetch(`${url}/healthz`, { method: 'POST' });
  expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  expect((await fetch(`${url}/`)).status).toBe(404);
  expect((await fetch(`${url}/constructor`)).status).toBe(404);
});

/** As a proxy hands on what a stranger asks. */
const STRANGER = { 'x-forwarded-for': '192.0.2.7' };

test('tells a stranger that it is ready or not, and nothing of why', async () => {
  const url = await serve({ log: async () => 1 });
  const ready = await fetch(`${url}/readyz`, { headers: STRANGER });
  expect([ready.status, await ready.json()]).toEqual([200, { ready: true }]);
  const away = await serve({ log: () => Promise.reject(new Error('10.0.0.9 refused')) });
  const unready = await fetch(`${away}/readyz`, { headers: STRANGER });
  expect([unready.status, await unready.json()]).toEqual([503, { ready: false }]);
  expect((await fetch(`${url}/healthz`, { headers: STRANGER })).status).toBe(200);
});

test('shows a stranger no metrics, unless with the token that was set', async () => {
  const closed = await fetch(`${await serve({})}/metrics`, { headers: STRANGER });
  expect([closed.status, await closed.json()]).toMatchObject([403, { error: { code: 'loopback_only' } }]);
  const url = await serve({}, 'a-token-of-some-length');
  const without = await fetch(`${url}/metrics`, { headers: STRANGER });
  expect([without.status, without.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  const headers = { ...STRANGER, authorization: 'Bearer a-token-of-some-length' };
  expect((await fetch(`${url}/metrics`, { headers })).status).toBe(200);
  expect(await (await fetch(`${url}/readyz`, { headers })).json()).toEqual({ ready: true, checks: {} });
});
