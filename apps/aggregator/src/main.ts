import { readServiceConfig } from '@footfall/config/config';
import { pendingGenerations, publishGeneration } from '@footfall/db/generation';
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
import { createPace } from './pace.ts';
import { createRegeneration } from './regenerate.ts';
import { sealDays } from './seal.ts';

const NAME = 'aggregator';
const MAX_RECORDS = 500;
const SEAL_EVERY_MS = 1_000;
const SEAL_AT_ONCE = 1_000;
const REGENERATE_EVERY_MS = 5_000;
const TIDY_EVERY_MS = 10 * 60_000;
/** Replay needs the log this long. */
const LOG_RETENTION_MS = 7 * 24 * 3_600_000;

const config = configured(NAME, readServiceConfig);
const logger = createLogger({ name: NAME, level: config.logLevel });

async function start(): Promise<Running> {
  const pool = connectPool(config.databaseUrl, { name: NAME });
  const log = openEventLog(config.eventLogUrl, { name: NAME });
  const store = openEventStore(config.eventStoreUrl, { name: NAME });
  const reports = openReportStore(config.reportStoreUrl, { name: NAME, filesDir: config.factsDir });
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
      await foldTouched(batch, ports, { stillOwned, now: Date.now() });
      folded.inc(batch.records.length);
    },
    onError: (err) => logger.error({ err }, 'a batch could not be folded; it comes again'),
  });
  const sealPorts = {
    ...ports,
    pace: createPace(),
    onError: (err: unknown, { siteId, month }: { siteId: string; month: string }) =>
      logger.error({ err, siteId, month }, 'a month could not be sealed; a later round tries again'),
  };
  const sealing = every(
    SEAL_EVERY_MS,
    async () => sealed.inc(await sealDays(sealPorts, { now: Date.now, limit: SEAL_AT_ONCE })),
    (err) => logger.error({ err }, 'sealing failed; the next round tries again'),
  );
  const regeneration = createRegeneration({
    store,
    reports,
    pending: () => pendingGenerations(pool),
    publish: async ({ siteId, generation }) => {
      if (await publishGeneration(pool, siteId, generation))
        logger.info({ siteId, generation }, 'the history of a site was folded anew');
    },
  });
  const regenerating = every(
    REGENERATE_EVERY_MS,
    () => regeneration.step(Date.now()),
    (err) => logger.error({ err }, 'folding anew failed; the next round goes on'),
  );
  const tidying = every(
    TIDY_EVERY_MS,
    async () => {
      await destroyOldSalts(pool, Date.now());
      await log.trim(Date.now() - LOG_RETENTION_MS);
      await reports.sweep();
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
      await Promise.all([consumer.stop(), sealing.stop(), regenerating.stop(), tidying.stop()]);
      sites.close();
      await Promise.all([health.close(), log.close(), store.close(), reports.close()]);
      await pool.end();
    },
  };
}

await runService(logger, start);
