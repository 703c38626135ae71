import { readServiceConfig } from '@footfall/config/config';
import { statedVisitorKey } from '@footfall/core/visitor';
import { ApiKeyDirectory } from '@footfall/db/api-key-directory';
import { SaltDirectory } from '@footfall/db/salt-directory';
import { SiteDirectory } from '@footfall/db/site-directory';
import { openEventLog } from '@footfall/eventlog/open';
import { connectPool } from '@footfall/postgres/pool';
import { trustedProxySet } from '@footfall/service/client-address';
import { type Checks, createRegistry } from '@footfall/service/health';
import { configured, type Running, runService } from '@footfall/service/lifecycle';
import { closeServer, listen } from '@footfall/service/listen';
import { createLogger } from '@footfall/service/logger';
import type { CollectorPorts } from './ports.ts';
import { createCollectorServer } from './server.ts';
import { loadScript } from './tracker-script.ts';

const NAME = 'collector';

const config = configured(NAME, readServiceConfig);
const logger = createLogger({ name: NAME, level: config.logLevel });

async function start(): Promise<Running> {
  const pool = connectPool(config.databaseUrl, { name: NAME });
  const log = openEventLog(config.eventLogUrl, { name: NAME });
  const sites = new SiteDirectory(pool);
  const salts = new SaltDirectory(pool);
  const apiKeys = new ApiKeyDirectory(pool);
  await sites.listen();
  const script = await loadScript();
  const ports: CollectorPorts = {
    log,
    findSite: (reference) => sites.find(reference),
    findApiKey: (apiKey) => apiKeys.find(apiKey),
    saltOf: (day) => salts.of(day),
    statedVisitorKey: statedVisitorKey(config.secret),
    trustedProxies: trustedProxySet(config.trustedProxies),
    now: Date.now,
    script,
  };
  const checks: Checks = {
    database: () => pool.query('SELECT 1'),
    log: () => log.ping(),
    tracker: async () => {
      if (script === null) throw new Error('not built: run npm run build, then start the collector again');
    },
  };
  const server = createCollectorServer(ports, { checks, registry: createRegistry(NAME) }, logger);
  const port = await listen(server, config.collectorPort, 'COLLECTOR_PORT');
  return {
    port,
    stop: async () => {
      await closeServer(server);
      sites.close();
      await log.close();
      await pool.end();
    },
  };
}

await runService(logger, start);
