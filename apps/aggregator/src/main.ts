import { readServiceConfig } from '@footfall/config/config';
import { destroyOldSalts } from '@footfall/db/salt';
import { SiteDirectory } from '@footfall/db/site-directory';
import { openEventLog } from '@footfall/eventlog/open';
import { openEventStore } from '@footfall/eventstore/open';
import { connectPool } from '@footfall/postgres/pool';
import { openReportStore } from '@footfall/reportstore/open';
import { createRegistry } from '@footfall/service/health';
import { configured, type Running, runService } from '@footfall/service/lifecycle';
import { startHealthServer } from '@footfall/service/listen';
import { createLogger } from '@footfall/service/logger';
import { Counter } from 'prom-client';
import { every } from './every.ts';
import { foldTouched } from './fold-touched.ts';
import { sealDays } from './seal.ts';

const NAME = 'aggregator';
const MAX_RECORDS = 500;
const SEAL_EVERY_MS = 15_000;
const SEAL_AT_ONCE = 200;
const TIDY_EVERY_MS = 10 * 60_000;
/** Replay needs the log this long. */
const LOG_RETENTION_MS = 7 * 24 * 3_600_000;

const config = configured(NAME, readServiceConfig);
const logger = createLogger({ name: NAME, level: config.logLevel });

async function start(): Promise<Running> {
  const pool = connectPool(config.databaseUrl, { name: NAME });
  const log = openEventLog(config.eventLogUrl, { name: NAME });
  const store = openEventStore(config.eventStoreUrl, { name: NAME });
  const reports = openReportStore(config.reportStoreUrl, { name: NAME });
  const sites = new SiteDirectory(pool);
  const registry = createRegistry(NAME);
  const folded = new Counter({
    name: 'footfall_folded_records_total',
    help: 'Touched records folded',
    registers: [registry],
  });
  const sealed = new Counter({
    name: 'footfall_sealed_days_total',
    help: 'Days sealed',
    registers: [registry],
  });

  const ports = { store, reports, siteOf: (siteId: string) => sites.find(siteId) };
  await sites.listen();
  const consumer = await log.consume({
    group: NAME,
    topics: ['touched'],
    maxRecords: MAX_RECORDS,
    onBatch: async (batch, stillOwned) => {
      await foldTouched(batch, ports, stillOwned);
      folded.inc(batch.records.length);
    },
    onError: (err) => logger.error({ err }, 'a batch could not be folded; it comes again'),
  });
  const sealing = every(
    SEAL_EVERY_MS,
    async () => sealed.inc(await sealDays(ports, { now: Date.now(), limit: SEAL_AT_ONCE })),
    (err) => logger.error({ err }, 'sealing failed; the next round tries again'),
  );
  const tidying = every(
    TIDY_EVERY_MS,
    async () => {
      await destroyOldSalts(pool, Date.now());
      await log.trim(Date.now() - LOG_RETENTION_MS);
    },
    (err) => logger.error({ err }, 'tidying failed; the next round tries again'),
  );
  const checks = {
    database: () => pool.query('SELECT 1'),
    log: () => log.ping(),
    store: () => store.ping(),
    reports: () => reports.ping(),
  };
  const health = await startHealthServer({ checks, registry }, config.aggregatorPort, 'AGGREGATOR_PORT');
  return {
    port: health.port,
    stop: async () => {
      await Promise.all([consumer.stop(), sealing.stop(), tidying.stop()]);
      sites.close();
      await Promise.all([health.close(), log.close(), store.close(), reports.close()]);
      await pool.end();
    },
  };
}

await runService(logger, start);
