import { readServiceConfig } from '@footfall/config/config';
import { openDatabaseClock } from '@footfall/db/clock/database-clock';
import { steadyTime } from '@footfall/db/clock/steady';
import { claimFold, deferFolds, finishFold } from '@footfall/db/count/deferred-fold';
import { addReportLimit, replaceDayLimits } from '@footfall/db/count/report-limit';
import { addSealUse, forgetSealUse, readSealUse } from '@footfall/db/count/seal-use';
import { SiteDirectory } from '@footfall/db/directory/site-directory';
import { pendingGenerations, publishGeneration } from '@footfall/db/tenant/generation';
import { openEventLog } from '@footfall/eventlog/open';
import { watchProgress } from '@footfall/eventlog/progress';
import { openEventStore } from '@footfall/eventstore/open';
import { keepPrivate } from '@footfall/files/keep-private';
import { requirePrepared } from '@footfall/installation/prepared';
import { connectPool } from '@footfall/postgres/pool';
import { workOnRemovals } from '@footfall/removal/removals';
import { openReportStore } from '@footfall/reportstore/open';
import { createCheckLog } from '@footfall/service/check-log';
import { clockCheck, logSkew } from '@footfall/service/clock';
import { createRegistry } from '@footfall/service/health';
import { configured, type Running, runService } from '@footfall/service/lifecycle';
import { startHealthServer } from '@footfall/service/listen';
import { createLogger } from '@footfall/service/logger';
import { every, type Repeated } from '@footfall/timing/every';
import { Counter } from 'prom-client';
import { createDeferredFolding } from './fold-deferred.ts';
import { type FoldPorts, foldTouched } from './fold-touched.ts';
import { createRegeneration } from './regenerate.ts';
import { createReopening } from './reopen.ts';
import { type LimitNotes, sealDays } from './seal.ts';
import { createSealBudget, type SealUseStore } from './seal-budget.ts';

const NAME = 'aggregator';
const MAX_RECORDS = 500;
const SEAL_EVERY_MS = 1_000;
const SEAL_AT_ONCE = 10_000;
const REGENERATE_EVERY_MS = 5_000;
const DEFERRED_EVERY_MS = 200;
const REMOVE_EVERY_MS = 1_000;
const TIDY_EVERY_MS = 10 * 60_000;
/** Replay needs the log this long. */
const LOG_RETENTION_MS = 7 * 24 * 3_600_000;

const config = configured(NAME, readServiceConfig);
const logger = createLogger({ name: NAME, level: config.logLevel });

async function openPorts() {
  const pool = connectPool(config.databaseUrl, { name: NAME, role: NAME });
  const clock = await openDatabaseClock(pool, { onSkew: logSkew(logger) });
  const sites = new SiteDirectory(pool, { ttlMs: config.directoryTtlMs, deletedToo: true });
  return {
    pool,
    clock,
    sites,
    log: openEventLog(config.eventLogUrl, { name: NAME, role: NAME }),
    store: openEventStore(config.eventStoreUrl, { name: NAME, role: NAME }),
    reports: openReportStore(config.reportStoreUrl, {
      name: NAME,
      role: NAME,
      filesDir: config.factsDir,
      now: clock.now,
    }),
    siteOf: (siteId: string) => sites.find(siteId),
    limits: {
      replace: (siteId, of) => replaceDayLimits(pool, siteId, of),
      add: (siteId, limit) => addReportLimit(pool, siteId, limit),
    } satisfies LimitNotes,
  };
}

type Ports = Awaited<ReturnType<typeof openPorts>>;

const said = (what: string) => (err: unknown) => logger.error({ err }, `${what}; the next round tries again`);

/** While Postgres is away each aggregator goes by what it knows: the budget bounds what a site costs, and stops no sealing. */
function sharedUse(pool: Ports['pool']): SealUseStore {
  const onError = (err: unknown) =>
    logger.error({ err }, 'what sealing has cost could not be shared; this process goes by what it knows');
  return {
    add: (use) => addSealUse(pool, use).catch(onError),
    read: async (siteIds, day) => {
      try {
        return await readSealUse(pool, siteIds, day);
      } catch (err) {
        onError(err);
        return [];
      }
    },
  };
}

function startSealing(ports: Ports, sealed: Counter): Repeated {
  const sealPorts = {
    ...ports,
    budget: createSealBudget(sharedUse(ports.pool)),
    onError: (err: unknown, { siteId, month }: { siteId: string; month: string }) =>
      logger.error({ err, siteId, month }, 'a month could not be sealed; a later round tries again'),
  };
  return every(
    SEAL_EVERY_MS,
    async () => sealed.inc(await sealDays(sealPorts, { now: ports.clock.now, limit: SEAL_AT_ONCE })),
    said('sealing failed'),
  );
}

function startRegenerating({ pool, clock, store, reports }: Ports): Repeated {
  const regeneration = createRegeneration(
    {
      store,
      reports,
      pending: () => pendingGenerations(pool),
      publish: async ({ siteId, generation }) => {
        if (await publishGeneration(pool, siteId, generation))
          logger.info({ siteId, generation }, 'the history of a site was folded anew');
      },
    },
    // Twice: an answer may have been on its way when the site changed.
    { heardMs: 2 * config.directoryTtlMs },
  );
  return every(REGENERATE_EVERY_MS, () => regeneration.step(clock.now()), said('folding anew failed'));
}

function startFoldingDeferred(ports: Ports, { onRefused, reopen }: FoldPorts): Repeated {
  const { pool, clock } = ports;
  const folding = createDeferredFolding(
    {
      ...ports,
      onRefused,
      reopen,
      claim: (resting) => claimFold(pool, resting),
      finish: (fold) => finishFold(pool, fold),
    },
    clock.now,
  );
  return every(
    DEFERRED_EVERY_MS,
    async () => void (await folding.step()),
    said('a visitor-day with many events could not be folded'),
  );
}

/** What merchants want to have taken out of their sites, and what whoever did so left undone when it was killed. */
function startRemoving({ pool, clock, store, log }: Ports): Repeated {
  const onError = (err: unknown, removal: { id: string; siteId: string }) =>
    logger.error({ err, ...removal }, 'events could not be removed; the next round tries again');
  return every(
    REMOVE_EVERY_MS,
    async () =>
      void (await workOnRemovals({ pool, store, log, now: clock.now, secret: config.secret }, onError)),
    said('removing events failed'),
  );
}

/** What no scheduler can do: it takes the event log, or the folder of files that this process writes. */
function startTidying({ log, pool, reports }: Ports): Repeated {
  const tidy = async () => {
    const before = (await steadyTime(pool)) - LOG_RETENTION_MS;
    await log.trim(before);
    await forgetSealUse(pool, new Date(before).toISOString().slice(0, 10));
    await reports.sweepFiles();
  };
  return every(TIDY_EVERY_MS, tidy, said('tidying failed'));
}

/** What folding works on. */
function createFoldPorts(ports: Ports): FoldPorts {
  const { pool, clock } = ports;
  const onReopened = (day: object) =>
    logger.warn(day, 'a day was sealed before it was over, by a clock that was ahead; it is open again');
  return {
    ...ports,
    defer: (folds) => deferFolds(pool, folds),
    onRefused: (err) => logger.error({ err }, 'a visitor-day cannot be held; reports go without it'),
    reopen: createReopening({ ...ports, onReopened }, clock.now),
  };
}

async function start(): Promise<Running> {
  await requirePrepared(
    { eventLog: config.eventLogUrl, eventStore: config.eventStoreUrl, reportStore: config.reportStoreUrl },
    (err, line) => logger.warn({ err }, line),
  );
  await keepPrivate(config.factsDir);
  const ports = await openPorts();
  const { pool, clock, sites, log, store, reports } = ports;
  const registry = createRegistry(NAME);
  const counter = (name: string, help: string) => new Counter({ name, help, registers: [registry] });
  const folded = counter('footfall_folded_records_total', 'Touched records folded');
  const sealed = counter('footfall_sealed_days_total', 'Days sealed');
  await sites.listen();
  const foldPorts = createFoldPorts(ports);
  const consumer = await log.consume({
    group: NAME,
    topics: ['touched'],
    maxRecords: MAX_RECORDS,
    onBatch: async (batch, stillOwned) => {
      await foldTouched(batch, foldPorts, { stillOwned, now: clock.now() });
      folded.inc(batch.records.length);
    },
    onError: (err) => logger.error({ err }, 'a batch could not be folded; it comes again'),
  });
  const progress = watchProgress(log, { group: NAME, topics: ['touched'] });
  const loops = [
    progress,
    startSealing(ports, sealed),
    startRegenerating(ports),
    startFoldingDeferred(ports, foldPorts),
    startRemoving(ports),
    startTidying(ports),
  ];
  const checks = {
    database: () => pool.query('SELECT 1'),
    log: () => log.ping(),
    store: () => store.ping(),
    reports: () => reports.ping(),
    progress: progress.check,
    clock: clockCheck(clock),
  };
  const health = await startHealthServer(
    { checks, onCheck: createCheckLog(logger), registry, metricsToken: config.metricsToken },
    { host: config.listenHost, port: config.aggregatorPort, variable: 'AGGREGATOR_PORT' },
    { tls: config.tls, onTrouble: (err) => logger.error({ err }, 'the new certificate cannot be used') },
  );
  return {
    port: health.port,
    stop: async () => {
      await Promise.all([consumer.stop(), clock.close(), ...loops.map((loop) => loop.stop())]);
      sites.close();
      await Promise.all([health.close(), log.close(), store.close(), reports.close()]);
      await pool.end();
    },
  };
}

await runService(logger, start);
