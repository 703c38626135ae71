import type { Server } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { statedVisitorKey } from '@footfall/core/visitor';
import { ApiKeyDirectory } from '@footfall/db/directory/api-key-directory';
import { SaltDirectory } from '@footfall/db/directory/salt-directory';
import { SiteDirectory } from '@footfall/db/directory/site-directory';
import { recordOwnEvents } from '@footfall/db/domain/proof';
import { prepareControlPlane } from '@footfall/db/prepare';
import { connectControlPlane } from '@footfall/db/prisma';
import { inTenant } from '@footfall/db/tenant/scope';
import { countFormerKeys } from '@footfall/db/tenant/site-key';
import { createTenant } from '@footfall/db/tenant/tenant';
import type { EventLog, Topic } from '@footfall/eventlog/event-log';
import { openEventLog, prepareEventLog } from '@footfall/eventlog/open';
import { connectPool, type Pool } from '@footfall/postgres/pool';
import { trustedProxies } from '@footfall/service/client-address';
import { createRegistry } from '@footfall/service/health';
import { closeServer, listen } from '@footfall/service/listen';
import { createLogger } from '@footfall/service/logger';
import { freshDatabase } from '@footfall/testkit/database';
import { FormerKeys } from './former-keys.ts';
import { OwnEvents } from './own-events.ts';
import type { CollectorPorts } from './ports.ts';
import { Rates } from './rates.ts';
import { createCollectorServer } from './server.ts';
import { trackerScripts } from './tracker-script.ts';

export const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0';

export type TestSite = { id: string; siteKey: string; domain: string };

/** Two tenants and their keys on a real Postgres; `open` begins what a collector of it works with. */
export type TestCollector = {
  url: string;
  databaseUrl: string;
  pool: Pool;
  log: EventLog;
  site: TestSite;
  /** A site that takes events from https://shop.example and its subdomains only. */
  choosySite: TestSite;
  /** A site that is switched off. */
  disabledSite: TestSite;
  /** `limited`: to `site`. */
  keys: { ingest: string; stats: string; foreign: string; limited: string };
  /** A site as collectors know it. */
  findSite: CollectorPorts['findSite'];
  /** Another collector beside it, some of its parts replaced. */
  serve(with_: Partial<CollectorPorts>): Promise<{ server: Server; url: string }>;
  /** Everything in the log of a topic, read as another process would. */
  logged<T>(topic: 'events' | 'rejected', siteId?: string): Promise<T[]>;
  /** How many records of a topic a site has in the log, by another connection. */
  count(topic: Topic, siteId?: string): Promise<number>;
  stop(): Promise<void>;
};

async function controlPlane(url: string, pool: Pool) {
  await prepareControlPlane(url);
  const { db, close } = connectControlPlane(url, { name: 'test', max: 1 });
  const newTenant = (email: string) => createTenant(db, { name: 'Shop', email, password: 'correct horse' });
  const own = inTenant(db, (await newTenant('a@shop.example')).tenantId);
  const other = inTenant(db, (await newTenant('b@shop.example')).tenantId);
  const newSite = (domain: string) => own.sites.create({ domain, actor: 'cli' });
  const sites = {
    site: await newSite('shop.example'),
    choosySite: await newSite('choosy.example'),
    disabledSite: await newSite('disabled.example'),
  };
  const newKey = async (scope: typeof own, scopes: string[], limit?: string[]) =>
    (await scope.apiKeys.create({ scopes, sites: limit, actor: 'cli' })).apiKey;
  const keys = {
    ingest: await newKey(own, ['ingest']),
    stats: await newKey(own, ['stats']),
    foreign: await newKey(other, ['ingest']),
    limited: await newKey(own, ['ingest'], [sites.site.id]),
  };
  await close();
  await pool.query('UPDATE site SET allowed_origins = $2 WHERE id = $1', [
    sites.choosySite.id,
    ['https://shop.example', 'https://*.shop.example'],
  ]);
  await pool.query('UPDATE site SET enabled = false WHERE id = $1', [sites.disabledSite.id]);
  return { ...sites, keys };
}

async function loggedIn<T>(url: string, topic: 'events' | 'rejected', siteId: string): Promise<T[]> {
  const reader = openEventLog(url, { name: 'reader' });
  const values: { siteId: string }[] = [];
  const own = () => values.filter((value) => value.siteId === siteId) as T[];
  const counts = await reader.tally(topic, [], siteId);
  const waiting = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const consumer = await reader.consume({
    group: crypto.randomUUID(),
    topics: [topic],
    maxRecords: 10_000,
    onError: () => undefined,
    onBatch: async ({ records }) => void values.push(...records.map(({ value }) => JSON.parse(value))),
  });
  for (const end = Date.now() + 20_000; own().length < waiting && Date.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await consumer.stop();
  await reader.close();
  return own();
}

type Parts = {
  log: EventLog;
  sites: SiteDirectory;
  salts: SaltDirectory;
  apiKeys: ApiKeyDirectory;
  ownEvents: OwnEvents;
  formerKeys: FormerKeys;
};

/** What a collector works with, without any limits. */
function unlimitedPorts({
  log,
  sites,
  salts,
  apiKeys,
  ownEvents,
  formerKeys,
}: Parts): Omit<CollectorPorts, 'limited'> {
  return {
    log,
    findSite: (reference) => sites.find(reference),
    findSiteByDomain: (domain, tenantId) => sites.findByDomain(domain, tenantId),
    findClaimants: (domain) => sites.findClaimants(domain),
    findOnlySite: (tenantId) => sites.findOnly(tenantId),
    findApiKey: (key) => apiKeys.find(key),
    noteKeyUse: () => undefined,
    knows: {
      site: (reference) => sites.isKnown(reference),
      domain: (domain, tenantId) => sites.isDomainKnown(domain, tenantId),
      apiKey: (apiKey) => apiKeys.isKnown(apiKey),
    },
    saltOf: (day) => salts.of(day),
    allowanceOf: async () => ({ eventsPerMonth: null, eventsPerSecond: null }),
    quota: { take: async (_, events) => events, giveBack: () => undefined },
    rates: new Rates(),
    requestsPerSecond: 0,
    eventsPerSecond: 0,
    folder: '',
    isSecure: false,
    refusals: { note: () => undefined },
    ownEvents,
    formerKeys,
    countries: async () => () => 'DE',
    statedKeyFor: () => statedVisitorKey('x'.repeat(32)),
    trustedProxies: trustedProxies(['127.0.0.1']),
    watchProxy: () => undefined,
    now: Date.now,
    script: trackerScripts(
      Buffer.from('track()'),
      new Map(['links', 'downloads'].map((name) => [name, Buffer.from(`${name}();`)])),
    ),
  };
}

/** Starts a collector in this process on a database of its own. */
export async function startCollector(): Promise<TestCollector> {
  const database = await freshDatabase();
  await prepareEventLog(database.url);
  const pool = connectPool(database.url, { name: 'test' });
  const plane = await controlPlane(database.url, pool);
  const log = openEventLog(database.url, { name: 'test' });
  const observer = openEventLog(database.url, { name: 'observer' });
  const [sites, salts, apiKeys] = [
    new SiteDirectory(pool),
    new SaltDirectory(pool),
    new ApiKeyDirectory(pool),
  ];
  await Promise.all([sites.listen(), apiKeys.listen()]);
  const ownEvents = new OwnEvents((seen) => recordOwnEvents(pool, seen));
  const formerKeys = new FormerKeys((used) => countFormerKeys(pool, used));
  const ports = unlimitedPorts({ log, sites, salts, apiKeys, ownEvents, formerKeys });
  const servers: Server[] = [];
  const serve = async (with_: Partial<CollectorPorts>) => {
    const health = {
      checks: { log: () => log.ping() },
      registry: createRegistry('test'),
      metricsToken: undefined,
    };
    const logger = createLogger({ name: 'test', level: 'silent' });
    const server = createCollectorServer({ ...ports, ...with_ }, health, { logger, tls: null });
    servers.push(server);
    return {
      server,
      url: `http://127.0.0.1:${await listen(server, { host: '127.0.0.1', port: 0, variable: 'COLLECTOR_PORT' })}`,
    };
  };
  return {
    ...plane,
    url: (await serve({})).url,
    databaseUrl: database.url,
    pool,
    log,
    findSite: ports.findSite,
    serve,
    logged: (topic, siteId = plane.site.id) => loggedIn(database.url, topic, siteId),
    count: async (topic, siteId = plane.site.id) =>
      [...(await observer.tally(topic, [], siteId)).values()].reduce((sum, count) => sum + count, 0),
    stop: async () => {
      await Promise.all(servers.map((server) => (server.listening ? closeServer(server) : undefined)));
      await Promise.all([ownEvents.stop(), formerKeys.stop()]);
      sites.close();
      apiKeys.close();
      await Promise.all([log.close(), observer.close(), pool.end()]);
      await database.drop();
    },
  };
}

/** A way to an engine that can be cut and mended, as a network is. */
export async function cuttable(
  target: string,
): Promise<{ url: string; cut(): void; mend(): void; close(): void }> {
  const sockets = new Set<Socket>();
  const { hostname, port } = new URL(target);
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = new URL(target);
  url.port = String(typeof address === 'object' ? address?.port : 0);
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  const mend = () => {
    isCut = false;
  };
  return {
    url: url.href,
    cut,
    mend,
    close: () => {
      cut();
      server.close();
    },
  };
}
