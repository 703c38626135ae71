import { setTimeout as sleep } from 'node:timers/promises';
import { stripeGateway } from '@footfall/billing/stripe/stripe-gateway';
import { readServiceConfig } from '@footfall/config/config';
import { openEventStore } from '@footfall/eventstore/open';
import { requirePrepared } from '@footfall/installation/prepared';
import { openSmtp } from '@footfall/mail/transport';
import { outboundFetch } from '@footfall/outbound/fetch';
import { connectPool } from '@footfall/postgres/pool';
import { openReportStore } from '@footfall/reportstore/open';
import { createCheckLog } from '@footfall/service/check-log';
import { createRegistry } from '@footfall/service/health';
import { configured, type Running, runService } from '@footfall/service/lifecycle';
import { startHealthServer } from '@footfall/service/listen';
import { createLogger } from '@footfall/service/logger';
import { domainCheck, recordCheck } from '@footfall/site-check/domain-check';
import { CHORES } from './chores.ts';
import { startMailer } from './mailer.ts';
import { createChoreMetrics, createMailMetrics } from './metrics.ts';
import { startPaymentEvents } from './payment-events.ts';
import { startScheduler } from './scheduler.ts';
import { openSteadyClock } from './steady-clock.ts';
import { watchSpace } from './watch-space.ts';
import { startWebhooks } from './webhooks.ts';

const NAME = 'scheduler';
/** Chores take turns with the questions of the queue, and with mails. */
const CONNECTIONS = 4;

const config = configured(NAME, readServiceConfig);
const logger = createLogger({ name: NAME, level: config.logLevel });

async function start(): Promise<Running> {
  await requirePrepared(
    { eventStore: config.eventStoreUrl, reportStore: config.reportStoreUrl },
    (err, line) => logger.warn({ err }, line),
  );
  const pool = connectPool(config.databaseUrl, { name: NAME, role: NAME, max: CONNECTIONS });
  const clock = openSteadyClock(pool, logger);
  const reports = openReportStore(config.reportStoreUrl, {
    name: NAME,
    role: NAME,
    filesDir: config.factsDir,
    max: 1,
    now: clock.now,
  });
  const store = openEventStore(config.eventStoreUrl, { name: NAME, role: NAME });
  const registry = createRegistry(NAME);
  const names = CHORES.map(({ name }) => name);
  const metrics = createChoreMetrics(registry, pool, names);
  const checkRecord = recordCheck(config.dnsServers);
  const outbound = outboundFetch(config.dnsServers);
  const checkDomain = domainCheck(config.dnsServers, outbound);
  const { auditRetentionDays } = config;
  const billing = config.stripe && {
    gateway: stripeGateway(config.stripe),
    log: logger,
    now: clock.timeOfDay,
  };
  const heard = (signal: AbortSignal) => sleep(2 * config.directoryTtlMs, undefined, { signal });
  const mails = { secret: config.secret, webUrl: config.webUrl };
  const ports = { pool, reports, store, heard, checkDomain, checkRecord, auditRetentionDays, mails, billing };
  const space = watchSpace({ config, pool, registry, logger });
  const scheduler = startScheduler({ ports, chores: CHORES, metrics, logger, clock });
  const mailer = startMailer(pool, {
    secret: config.secret,
    transport: config.smtp && openSmtp(config.smtp),
    from: config.mailFrom,
    log: logger,
    now: clock.timeOfDay,
  });
  const webhooks = startWebhooks(pool, {
    secret: config.secret,
    webUrl: config.webUrl,
    outbound,
    log: logger,
    now: clock.timeOfDay,
  });
  createMailMetrics(registry, pool);
  const payments = startPaymentEvents(pool, billing);
  const checks = {
    database: () => pool.query('SELECT 1'),
    reports: () => reports.ping(),
    store: () => store.ping(),
    chores: () => scheduler.working(),
  };
  const health = await startHealthServer(
    { checks, onCheck: createCheckLog(logger), registry, metricsToken: config.metricsToken },
    { host: config.listenHost, port: config.schedulerPort, variable: 'SCHEDULER_PORT' },
    { tls: config.tls, onTrouble: (err) => logger.error({ err }, 'the new certificate cannot be used') },
  );
  return {
    port: health.port,
    stop: async () => {
      await Promise.all([scheduler.stop(), space.stop(), mailer.stop(), payments.stop(), webhooks.stop()]);
      await Promise.all([health.close(), reports.close(), store.close()]);
      await pool.end();
    },
  };
}

await runService(logger, start);
