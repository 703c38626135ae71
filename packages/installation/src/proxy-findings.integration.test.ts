import type { IncomingMessage } from 'node:http';
import { prepareControlPlane } from '@footfall/db/prepare';
import { connectPool, type Pool } from '@footfall/postgres/pool';
import { trustedProxies } from '@footfall/service/client-address';
import { freshDatabase } from '@footfall/testkit/database';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { proxyWarnings, watchInstallationProxies } from './proxy-findings.ts';

let pool: Pool;
let drop: () => Promise<void>;
const logger = { warn: vi.fn() };
beforeAll(async () => {
  const database = await freshDatabase();
  await prepareControlPlane(database.url);
  pool = connectPool(database.url, { name: 'test' });
  drop = database.drop;
});
afterAll(async () => {
  await pool.end();
  await drop();
});

const request = {
  headers: { 'x-forwarded-for': '198.51.100.7' },
  socket: { remoteAddress: '172.17.0.1' },
} as unknown as IncomingMessage;
const service = { service: 'collector', proxies: trustedProxies([]), logger } as const;

test('a proxy that nobody has named is in the log and in the status, until it is named', async () => {
  const look = watchInstallationProxies({ ...service, pool });
  look(request);
  expect(logger.warn.mock.lastCall?.[1]).toContain('set TRUSTED_PROXIES=172.17.0.1');
  await expect
    .poll(() => proxyWarnings(pool, []))
    .toEqual([expect.stringMatching(/^collector: X-Forwarded-For comes from 172\.17\.0\.1/)]);
  expect(await proxyWarnings(pool, ['172.16.0.0/12'])).toEqual([]);
  // Whoever is asked for it never learns the visitor's address from it.
  expect(JSON.stringify(await proxyWarnings(pool, []))).not.toContain('198.51.100.7');
});

test('without the control plane requests go on', async () => {
  const closed = connectPool('postgres://nobody:x@127.0.0.1:9/none', { name: 'test' });
  logger.warn.mockClear();
  watchInstallationProxies({ ...service, pool: closed })(request);
  await expect.poll(() => logger.warn.mock.calls.length).toBe(3);
  await closed.end();
});
