import type { ServiceConfig } from '@footfall/config/config';
import { type DatabaseClock, openDatabaseClock } from '@footfall/db/clock/database-clock';
import { clearSpoolLines, forgetSpool, publishSpool } from '@footfall/db/count/spool-backlog';
import { addUsage, readUsage } from '@footfall/db/count/usage';
import { ApiKeyDirectory } from '@footfall/db/directory/api-key-directory';
import { ApiKeyUse, recordApiKeyUse } from '@footfall/db/directory/api-key-use';
import { PlanDirectory } from '@footfall/db/directory/plan-directory';
import { SaltDirectory } from '@footfall/db/directory/salt-directory';
import { SiteDirectory } from '@footfall/db/directory/site-directory';
import { VisitorKeyDirectory } from '@footfall/db/directory/visitor-key-directory';
import { recordOwnEvents } from '@footfall/db/domain/proof';
import { countFormerKeys } from '@footfall/db/tenant/site-key';
import type { EventLog } from '@footfall/eventlog/event-log';
import { openEventLog } from '@footfall/eventlog/open';
import { keepPrivate } from '@footfall/files/keep-private';
import { dataDirAt } from '@footfall/installation/data-dir';
import { requirePrepared } from '@footfall/installation/prepared';
import { watchInstallationProxies } from '@footfall/installation/proxy-findings';
import { ownDatabases } from '@footfall/lookups/own-databases';
import { type OwnDatabase, type PlaceLookup, placeLookup } from '@footfall/lookups/place';
import { connectPool, type Pool } from '@footfall/postgres/pool';
import { createCheckLog } from '@footfall/service/check-log';
import { trustedProxies } from '@footfall/service/client-address';
import { clockCheck, logSkew } from '@footfall/service/clock';
import { serviceFailure } from '@footfall/service/errors';
import { type Checks, createRegistry } from '@footfall/service/health';
import type { Running } from '@footfall/service/lifecycle';
import { closeServer, drainServer, listen } from '@footfall/service/listen';
import type { Logger } from '@footfall/service/logger';
import { orAfter } from '@footfall/timing/deadline';
import { throttledLog } from '@footfall/timing/throttled-log';
import type { Registry } from 'prom-client';
import type { LookUpCountry } from './exclusions.ts';
import { FormerKeys } from './former-keys.ts';
import { MemoryFile } from './memory-file.ts';
import { OwnEvents } from './own-events.ts';
import type { CollectorPorts } from './ports.ts';
import { Quota } from './quota.ts';
import { Rates } from './rates.ts';
import { databaseCheck } from './readiness.ts';
import { Refusals } from './refusals.ts';
import { createCollectorServer } from './server.ts';
import { type OpenLog, openSpooledLog } from './spool/open.ts';
import { loadScripts } from './tracker-script.ts';

/** Which of several processes this is, 0 when it is the only one, and how `/metrics` is answered when there are others. */
export type Part = { number: number; metricsOf?: (registry: Registry) => () => Promise<string> };

/** How long the end waits for engines that may be away, milliseconds. */
const CLOSE_MS = 2_000;
/** Sites that a successor knows before it has asked: of the busiest collector, those that were asked for last. */
const REMEMBERED = 20_000;

/** The log, with a spool in front of it unless the operator wants none. */
function openLog(
  { dataDir, collectorSpoolMaxMb }: ServiceConfig,
  given: { log: EventLog; pool: Pool; registry: Registry; logger: Logger },
): Promise<OpenLog> {
  const { pool } = given;
  return openSpooledLog({
    ...given,
    root: dataDirAt(dataDir).spool,
    maxBytes: collectorSpoolMaxMb * 1024 * 1024,
    board: {
      publish: (spool, lines) => publishSpool(pool, spool, lines),
      clearLines: (id) => clearSpoolLines(pool, id),
      forget: (id) => forgetSpool(pool, id),
    },
  });
}

/** Opens the databases of places once, when a country is needed first. */
function lazyCountries(own: readonly OwnDatabase[]): {
  open: () => Promise<LookUpCountry>;
  close: () => Promise<void>;
} {
  let opening: Promise<PlaceLookup> | undefined;
  return {
    open: async () => {
      opening ??= placeLookup(own);
      const { place } = await opening;
      return (ip) => place(ip).country;
    },
    close: async () => (await opening)?.close(),
  };
}

/** What is known of the control plane, from memory, and after a restart from the disk. */
async function openDirectories(
  config: ServiceConfig,
  { pool, clock, logger }: { pool: Pool; clock: DatabaseClock; logger: Logger },
  number: number,
) {
  const ttl = { ttlMs: config.directoryTtlMs };
  const sites = new SiteDirectory(pool, ttl);
  const salts = new SaltDirectory(pool, clock.now);
  const apiKeys = new ApiKeyDirectory(pool, ttl, clock.now);
  const onTrouble = throttledLog<unknown>((err, leftOut) =>
    logger.error({ err, leftOut }, 'what plans take cannot be read; until it can they take everything'),
  );
  const plans = new PlanDirectory(pool, {
    ...ttl,
    now: clock.now,
    onTrouble: (error) => onTrouble('plans', error),
  });
  const visitorKeys = new VisitorKeyDirectory(pool, { ...ttl, secret: config.secret });
  const file = new MemoryFile(String(number), {
    folder: dataDirAt(config.dataDir).known,
    secret: config.secret,
    memories: {
      sites: { known: () => sites.known(REMEMBERED), recall: (known) => sites.recall(known) },
      salts,
      visitorKeys,
      apiKeys: { known: () => apiKeys.known(REMEMBERED), recall: (known) => apiKeys.recall(known) },
      plans: { known: () => plans.known(REMEMBERED), recall: (known) => plans.recall(known) },
    },
    onTrouble: (what, err) => logger.warn({ err }, what),
  });
  await file.start();
  await visitorKeys.refresh();
  await Promise.all([sites.listen(), apiKeys.listen()]);
  // Not waited for: while the database is away, what the file said must do.
  void salts.prepare();
  const places = lazyCountries(ownDatabases(config.geoDatabases, logger));
  const close = async () => {
    sites.close();
    apiKeys.close();
    await Promise.all([file.stop(), places.close()]);
  };
  return { sites, salts, apiKeys, plans, visitorKeys, places, close };
}

type Directories = Awaited<ReturnType<typeof openDirectories>>;

/** What the collector asks the control plane, from memory, and where addresses lie. */
function lookUps({ sites, salts, apiKeys, plans, places }: Directories) {
  return {
    findSite: (reference) => sites.find(reference),
    findSiteByDomain: (domain, tenantId) => sites.findByDomain(domain, tenantId),
    findClaimants: (domain) => sites.findClaimants(domain),
    findOnlySite: (tenantId) => sites.findOnly(tenantId),
    findApiKey: (apiKey) => apiKeys.find(apiKey),
    knows: {
      site: (reference) => sites.isKnown(reference),
      domain: (domain, tenantId) => sites.isDomainKnown(domain, tenantId),
      apiKey: (apiKey) => apiKeys.isKnown(apiKey),
    },
    saltOf: (day) => salts.of(day),
    allowanceOf: (tenantId) => plans.findAllowance(tenantId),
    countries: places.open,
  } satisfies Partial<CollectorPorts>;
}

/** Which proxies are believed, and what is told of others. */
function proxyPorts(networks: readonly string[], pool: Pool, logger: Logger) {
  const proxies = trustedProxies(networks);
  const watchProxy = watchInstallationProxies({ service: 'collector', proxies, pool, logger });
  return { trustedProxies: proxies, watchProxy } satisfies Partial<CollectorPorts>;
}

/** What a sender may do. */
const limits = ({ collectorRequestsPerSecond, collectorEventsPerSecond }: ServiceConfig) => ({
  rates: new Rates(),
  requestsPerSecond: collectorRequestsPerSecond,
  eventsPerSecond: collectorEventsPerSecond,
});

/** What the address that browsers use says. */
function publicAddress({ collectorUrl }: ServiceConfig): Pick<CollectorPorts, 'folder' | 'isSecure'> {
  const { pathname, protocol } = new URL(collectorUrl);
  return { folder: pathname.replace(/\/$/, ''), isSecure: protocol === 'https:' };
}

const checkScript = (script: unknown) => async () => {
  if (script === null)
    throw serviceFailure('not_ready', 'not built: run npm run build, then start the collector again');
};

const openQuota = (pool: Pool, clock: DatabaseClock) =>
  new Quota(
    {
      add: (used) => addUsage(pool, used),
      read: (tenantId, month) => readUsage(pool, tenantId, month),
    },
    clock.now,
  );

/** What is noted of requests and told later, so that none of them waits. */
function openNotes(pool: Pool, clock: DatabaseClock) {
  const ownEvents = new OwnEvents((siteIds) => recordOwnEvents(pool, siteIds));
  const keyUse = new ApiKeyUse({ record: recordApiKeyUse(pool), now: clock.now });
  const noteKeyUse = (id: string) => keyUse.note(id);
  const formerKeys = new FormerKeys((used) => countFormerKeys(pool, used));
  const stop = () => Promise.all([ownEvents, keyUse, formerKeys].map((notes) => notes.stop()));
  return { ownEvents, noteKeyUse, formerKeys, stop };
}

/** Starts a collector in this process. */
export async function startCollector(config: ServiceConfig, logger: Logger, part: Part): Promise<Running> {
  await requirePrepared({ eventLog: config.eventLogUrl }, (err, line) => logger.warn({ err }, line));
  const { spool: spoolFolder, known } = dataDirAt(config.dataDir);
  for (const folder of [spoolFolder, known]) await keepPrivate(folder);
  const pool = connectPool(config.databaseUrl, { name: 'collector', role: 'collector' });
  const eventLog = openEventLog(config.eventLogUrl, { name: 'collector', role: 'collector' });
  const registry = createRegistry('collector');
  const clock = await openDatabaseClock(pool, { onSkew: logSkew(logger) });
  const directories = await openDirectories(config, { pool, clock, logger }, part.number);
  const { log, ...spool } = await openLog(config, { log: eventLog, pool, registry, logger });
  const refusals = new Refusals(log, clock.now);
  const quota = openQuota(pool, clock);
  const { stop: stopNotes, ...notes } = openNotes(pool, clock);
  const script = await loadScripts();
  const ports: Omit<CollectorPorts, 'limited'> = {
    log,
    ...lookUps(directories),
    quota,
    ...limits(config),
    ...publicAddress(config),
    refusals,
    ...notes,
    statedKeyFor: (day) => directories.visitorKeys.keyFor(day),
    ...proxyPorts(config.trustedProxies, pool, logger),
    now: clock.now,
    script,
  };
  let isStopping = false;
  const checks: Checks = {
    database: databaseCheck(pool),
    log: spool.check,
    tracker: checkScript(script),
    clock: clockCheck(clock),
    running: async () => {
      if (isStopping) throw serviceFailure('not_ready', 'stopping: send to another collector');
    },
  };
  const { metricsToken, tls } = config;
  const health = {
    checks,
    onCheck: createCheckLog(logger),
    registry,
    metricsToken,
    ...(part.metricsOf === undefined ? {} : { metrics: part.metricsOf(registry) }),
  };
  const server = createCollectorServer(ports, health, { logger, tls });
  const port = await listen(server, {
    host: config.listenHost,
    port: config.collectorPort,
    variable: 'COLLECTOR_PORT',
  });
  return {
    port,
    stop: async () => {
      isStopping = true;
      await drainServer(server);
      await closeServer(server);
      await Promise.all([
        refusals.stop(),
        clock.close(),
        directories.close(),
        orAfter(CLOSE_MS, Promise.all([quota.stop(), stopNotes()]), undefined),
      ]);
      await spool.stop();
      // What is still being asked of a log or a database that does not answer was answered to nobody.
      await orAfter(CLOSE_MS, Promise.all([eventLog.close(), pool.end()]), undefined);
    },
  };
}
