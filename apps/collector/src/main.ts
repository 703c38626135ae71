import { readServiceConfig } from '@footfall/config/config';
import { statedVisitorKey } from '@footfall/core/visitor';
import { ApiKeyDirectory } from '@footfall/db/api-key-directory';
import { SaltDirectory } from '@footfall/db/salt-directory';
import { SiteDirectory } from '@footfall/db/site-directory';
import { openEventLog } from '@footfall/eventlog/open';
import { connectPool } from '@footfall/postgres/pool';
import { createRegistry } from '@footfall/service/health';
import { type Running, runService } from '@footfall/service/lifecycle';
import { closeServer, listen } from '@footfall/service/listen';
import { createLogger } from '@footfall/service/logger';
import { trustedProxySet } from './client-address.ts';
import { loadScript } from './script.ts';
import { createCollectorServer } from './server.ts';

const NAME = 'collector';

const config = readServiceConfig();
const logger = createLogger({ name: NAME, level: config.logLevel });

async function start(): Promise<Running> {
  const pool = connectPool(config.databaseUrl, { name: NAME });
  const log = openEventLog(config.eventLogUrl, { name: NAME });
  const sites = new SiteDirectory(pool);
  const salts = new SaltDirectory(pool);
  const apiKeys = new ApiKeyDirectory(pool);
  await sites.listen();
  const ports = {
    log,
    findSite: (reference: string) => sites.find(reference),
    findApiKey: (apiKey: string) => apiKeys.find(apiKey),
    saltOf: (day: string) => salts.of(day),
    statedVisitorKey: statedVisitorKey(config.secret),
    trustedProxies: trustedProxySet(config.trustedProxies),
    now: Date.now,
    script: await loadScript(),
  };
  const checks = { database: () => pool.query('SELECT 1'), log: () => log.ping() };
  const { server, drain } = createCollectorServer(ports, { checks, registry: createRegistry(NAME) }, logger);
  const port = await listen(server, config.collectorPort, 'COLLECTOR_PORT');
  return {
    port,
    stop: async () => {
      drain();
      await closeServer(server);
      sites.close();
      await log.close();
      await pool.end();
    },
  };
}

await runService(logger, start);
