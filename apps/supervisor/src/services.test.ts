import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Config, readConfig, readServiceConfig } from '@footfall/config/config';
import { dataDirAt, ROOT } from '@footfall/installation/data-dir';
import { afterEach, expect, test, vi } from 'vitest';
import { serviceSpecs } from './services.ts';

afterEach(() => vi.unstubAllEnvs());

const dataDir = dataDirAt('/var/lib/footfall');
const database = 'postgres://footfall:x@127.0.0.1:5432/footfall';
const kafka = 'kafka://kafka:9092';
const urls = { database, eventLog: kafka, eventStore: database, reportStore: database };
const secret = 's'.repeat(40);

const specs = (config: Config = readConfig({})) =>
  serviceSpecs(config, { dataDir, findUrls: () => urls, secret });
const named = (name: string, config?: Config) =>
  specs(config).find((spec) => spec.name === name) ?? expect.fail(`no ${name}`);

test('what takes from others is started before them, and stopped after them', () => {
  const order = specs().map(({ name }) => name);
  const before = (first: string, then: string) =>
    expect(order.indexOf(first), `${first} before ${then}`).toBeLessThan(order.indexOf(then));
  // Events that a collector takes while all stop are still processed and folded.
  before('aggregator', 'processor');
  before('processor', 'collector');
  // Whoever looks at a report sees it until the end.
  before('web', 'collector');
  expect(new Set(order).size).toBe(order.length);
});

test('each runs the program of its name', () => {
  for (const { name, args } of specs()) {
    expect(args).toEqual([path.join(ROOT, 'apps', name, 'src', 'main.ts')]);
    expect(existsSync(args[0] ?? '')).toBe(true);
  }
});

test('each listens where its variable says', () => {
  const ports = {
    WEB_PORT: '4000',
    COLLECTOR_PORT: '4001',
    PROCESSOR_PORT: '4002',
    AGGREGATOR_PORT: '4003',
    SCHEDULER_PORT: '4004',
  };
  const config = readConfig(ports);
  for (const [variable, port] of Object.entries(ports))
    expect(named(variable.replace('_PORT', '').toLowerCase(), config).port).toBe(Number(port));
  expect(specs(config)).toHaveLength(Object.keys(ports).length);
});

test('each is given what only the supervisor knows, and is ready when it can do its work', () => {
  for (const { env, findReadyUrl } of specs()) {
    expect(findReadyUrl(4005)).toBe('http://127.0.0.1:4005/readyz');
    expect(env.NODE_ENV).toBe('production');
    expect(readServiceConfig(env)).toMatchObject({
      databaseUrl: database,
      eventLogUrl: kafka,
      eventStoreUrl: database,
      reportStoreUrl: database,
      secret,
      dataDir: dataDir.root,
    });
  }
});

test('each is asked at the address that it listens on', () => {
  expect(named('processor', readConfig({ LISTEN_HOST: '::' })).findReadyUrl(4005)).toBe(
    'http://[::1]:4005/readyz',
  );
});

test('what the operator has set goes on to services, but for what the supervisor fills in', () => {
  vi.stubEnv('LOG_LEVEL', 'warn');
  vi.stubEnv('FOOTFALL_SECRET', 'of the environment, and long enough for it');
  const { env } = named('collector');
  expect(env.LOG_LEVEL).toBe('warn');
  expect(env.FOOTFALL_SECRET).toBe(secret);
});

test('the portal alone is given the login of the pages of the platform’s staff', () => {
  const findUrls = (service: string) => ({ ...urls, database: `postgres://${service}:x@127.0.0.1/footfall` });
  const all = serviceSpecs(readConfig({}), { dataDir, findUrls, secret });
  const given = all.filter(({ env }) => env.OPERATOR_DATABASE_URL !== undefined);
  expect(given.map(({ name }) => name)).toEqual(['web']);
  expect(given[0]?.env.OPERATOR_DATABASE_URL).toBe('postgres://operator:x@127.0.0.1/footfall');
});
