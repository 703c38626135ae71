import { readServiceConfig } from '@footfall/config/config';
import { applyLedger } from '@footfall/db/count/ledger';
import { SiteDirectory } from '@footfall/db/directory/site-directory';
import { isDeletedSite } from '@footfall/db/tenant/deletion';
import { openEventLog } from '@footfall/eventlog/open';
import { watchProgress } from '@footfall/eventlog/progress';
import { openEventStore } from '@footfall/eventstore/open';
import { requirePrepared } from '@footfall/installation/prepared';
import { loadLookups } from '@footfall/lookups/lookups';
import { ownDatabases } from '@footfall/lookups/own-databases';
import { connectPool } from '@footfall/postgres/pool';
import { createCheckLog } from '@footfall/service/check-log';
import { createRegistry } from '@footfall/service/health';
import { configured, type Running, runService } from '@footfall/service/lifecycle';
import { startHealthServer } from '@footfall/service/listen';
import { createLogger } from '@footfall/service/logger';
import { Counter } from 'prom-client';
import { type ProcessorPorts, processBatch } from './process-batch.ts';
import { siteFacts } from './site-facts.ts';

const NAME = 'processor';
const MAX_RECORDS = 2_000;

const config = configured(NAME, readServiceConfig);
const logger = createLogger({ name: NAME, level: config.logLevel });

async function start(): Promise<Running> {
  await requirePrepared({ eventLog: config.eventLogUrl, eventStore: config.eventStoreUrl }, (err, line) =>
    logger.warn({ err }, line),
  );
  const pool = connectPool(config.databaseUrl, { name: NAME, role: NAME });
  const log = openEventLog(config.eventLogUrl, { name: NAME, role: NAME });
  const store = openEventStore(config.eventStoreUrl, { name: NAME, role: NAME });
  const sites = new SiteDirectory(pool, { ttlMs: config.directoryTtlMs, deletedToo: true });
  const registry = createRegistry(NAME);
  const processed = new Counter({
    name: 'footfall_processed_events_total',
    help: 'Events taken from the log, by what became of them',
    labelNames: ['outcome'],
    registers: [registry],
  });

  const lookups = await loadLookups(ownDatabases(config.geoDatabases, logger));
  const ports: ProcessorPorts = {
    log,
    store,
    lookups,
    findSite: async (siteId) => siteFacts(await sites.find(siteId)),
    isDeleted: async (siteId) => (await sites.find(siteId)) === null && (await isDeletedSite(pool, siteId)),
    applyLedger: async (entry) => {
      await applyLedger(pool, entry);
      // Added up first: a counter with labels takes half a microsecond each time.
      const counts = new Map<string, number>();
      for (const { outcome, count = 1 } of entry.lines)
        counts.set(outcome, (counts.get(outcome) ?? 0) + count);
      for (const [outcome, count] of counts) processed.inc({ outcome }, count);
    },
    onPoison: (where, err) =>
      logger.error({ err, where }, 'an event cannot be derived; it counts as invalid_event'),
  };
  await sites.listen();
  const consumed = { group: NAME, topics: ['events', 'rejected'] } as const;
  const consumer = await log.consume({
    ...consumed,
    maxRecords: MAX_RECORDS,
    onBatch: (batch) => processBatch(batch, ports),
    onError: (err) => logger.error({ err }, 'a batch could not be processed; it comes again'),
  });
  const progress = watchProgress(log, consumed);
  const checks = {
    database: () => pool.query('SELECT 1'),
    log: () => log.ping(),
    store: () => store.ping(),
    progress: progress.check,
  };
  const health = await startHealthServer(
    { checks, onCheck: createCheckLog(logger), registry, metricsToken: config.metricsToken },
    { host: config.listenHost, port: config.processorPort, variable: 'PROCESSOR_PORT' },
    { tls: config.tls, onTrouble: (err) => logger.error({ err }, 'the new certificate cannot be used') },
  );
  return {
    port: health.port,
    stop: async () => {
      await Promise.all([consumer.stop(), progress.stop()]);
      sites.close();
      await Promise.all([health.close(), log.close(), store.close(), lookups.close()]);
      await pool.end();
    },
  };
}

await runService(logger, start);
