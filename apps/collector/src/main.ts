import { readServiceConfig } from '@footfall/config/config';
import { statedVisitorKey } from '@footfall/core/visitor';
import { ApiKeyDirectory } from '@footfall/db/api-key-directory';
import { SaltDirectory } from '@footfall/db/salt-directory';
import { SiteDirectory } from '@footfall/db/site-directory';
import { clearSpoolLines, forgetSpool, publishSpool } from '@footfall/db/spool-backlog';
import type { EventLog } from '@footfall/eventlog/event-log';
import { eventLogProvision, openEventLog } from '@footfall/eventlog/open';
import { dataDirAt } from '@footfall/installation/data-dir';
import { connectPool, type Pool } from '@footfall/postgres/pool';
import { trustedProxySet } from '@footfall/service/client-address';
import { type Checks, createRegistry } from '@footfall/service/health';
import { configured, type Running, runService } from '@footfall/service/lifecycle';
import { closeServer, listen } from '@footfall/service/listen';
import { createLogger } from '@footfall/service/logger';
import { requirePrepared, type ServiceStore } from '@footfall/service/prepared';
import type { Registry } from 'prom-client';
import type { CollectorPorts } from './ports.ts';
import { databaseCheck } from './readiness.ts';
import { createCollectorServer } from './server.ts';
import { type OpenLog, openSpooledLog } from './spool/open.ts';
import { orAfter } from './spool/pause.ts';
import { loadScript } from './tracker-script.ts';

const NAME = 'collector';

const config = configured(NAME, readServiceConfig);
const logger = createLogger({ name: NAME, level: config.logLevel });

/** How long the end waits for engines that may be away, milliseconds. */
const CLOSE_MS = 2_000;

/** The log, with a spool in front of it unless the operator wants none. */
function openLog(log: EventLog, pool: Pool, registry: Registry): Promise<OpenLog> {
  return openSpooledLog({
    root: dataDirAt(config.dataDir).spool,
    maxBytes: config.collectorSpoolMaxMb * 1024 * 1024,
    log,
    board: {
      publish: (spool, lines) => publishSpool(pool, spool, lines),
      clearLines: (id) => clearSpoolLines(pool, id),
      forget: (id) => forgetSpool(pool, id),
    },
    registry,
    logger,
  });
}

const EVENT_LOG: ServiceStore = {
  title: 'the event log',
  variable: 'EVENT_LOG_URL',
  url: config.eventLogUrl,
  provision: eventLogProvision(config.eventLogUrl),
};

async function start(): Promise<Running> {
  await requirePrepared([EVENT_LOG], (err, { title }) =>
    logger.warn({ err }, `${title} does not answer; it is taken as prepared`),
  );
  const pool = connectPool(config.databaseUrl, { name: NAME });
  const eventLog = openEventLog(config.eventLogUrl, { name: NAME });
  const registry = createRegistry(NAME);
  const sites = new SiteDirectory(pool);
  const salts = new SaltDirectory(pool);
  const apiKeys = new ApiKeyDirectory(pool);
  await sites.listen();
  const { log, ...spool } = await openLog(eventLog, pool, registry);
  const script = await loadScript();
  const ports: CollectorPorts = {
    log,
    findSite: (reference) => sites.find(reference),
    findSiteByDomain: (domain) => sites.findByDomain(domain),
    findApiKey: (apiKey) => apiKeys.find(apiKey),
    saltOf: (day) => salts.of(day),
    statedVisitorKey: statedVisitorKey(config.secret),
    trustedProxies: trustedProxySet(config.trustedProxies),
    now: Date.now,
    script,
  };
  const checks: Checks = {
    database: databaseCheck(pool),
    log: spool.check,
    tracker: async () => {
      if (script === null) throw new Error('not built: run npm run build, then start the collector again');
    },
  };
  const server = createCollectorServer(ports, { checks, registry }, logger);
  const port = await listen(server, config.collectorPort, 'COLLECTOR_PORT');
  return {
    port,
    stop: async () => {
      await closeServer(server);
      sites.close();
      await spool.stop();
      // What is still being asked of a log or a database that does not answer was answered to nobody.
      await orAfter(CLOSE_MS, Promise.all([eventLog.close(), pool.end()]), undefined);
    },
  };
}

await runService(logger, start);
