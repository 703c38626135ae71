import type { IncomingMessage, Server } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBilling } from '@footfall/billing/billing';
import { stripeCatalog } from '@footfall/billing/stripe/stripe-catalog';
import { stripeCoupons } from '@footfall/billing/stripe/stripe-coupons';
import { stripeGateway } from '@footfall/billing/stripe/stripe-gateway';
import { stripeSubscribers } from '@footfall/billing/stripe/stripe-subscribers';
import { passOn, readServiceConfig } from '@footfall/config/config';
import { NONE } from '@footfall/core/dimension';
import { openDatabaseClock } from '@footfall/db/clock/database-clock';
import { oldestSpooled } from '@footfall/db/count/spool-backlog';
import { ApiKeyUse, recordApiKeyUse } from '@footfall/db/directory/api-key-use';
import { EmbedUse, recordEmbedUse } from '@footfall/db/directory/embed-use';
import { PlanDirectory } from '@footfall/db/directory/plan-directory';
import { connectControlPlane } from '@footfall/db/prisma';
import { RuntimeSettings } from '@footfall/db/runtime-settings';
import { dataThrough } from '@footfall/eventlog/freshness';
import { openEventLog } from '@footfall/eventlog/open';
import { openEventStore } from '@footfall/eventstore/open';
import { dataDirAt } from '@footfall/installation/data-dir';
import { requirePrepared } from '@footfall/installation/prepared';
import { proxyWarnings, watchInstallationProxies } from '@footfall/installation/proxy-findings';
import { findRunning } from '@footfall/installation/runtime';
import { readSpace } from '@footfall/installation/space';
import { askServices } from '@footfall/installation/status/services';
import { agentLookup } from '@footfall/lookups/agent/agent';
import { queueMail } from '@footfall/mail/queue';
import { outboundFetch } from '@footfall/outbound/fetch';
import { connectPool } from '@footfall/postgres/pool';
import { openReportStore } from '@footfall/reportstore/open';
import { writeParquet } from '@footfall/reportstore/parquet';
import { createCheckLog } from '@footfall/service/check-log';
import { clientAddress, trustedProxies } from '@footfall/service/client-address';
import { clockCheck, logSkew } from '@footfall/service/clock';
import { answerHealth, createRegistry, type Health } from '@footfall/service/health';
import { configured, type Running, runService } from '@footfall/service/lifecycle';
import { closeServer, listen } from '@footfall/service/listen';
import { createLogger } from '@footfall/service/logger';
import { trustOwnCertificate } from '@footfall/service/own-certificate';
import { domainCheck, recordCheck } from '@footfall/site-check/domain-check';
import { pageCheck } from '@footfall/site-check/page-check';
import { throttledLog } from '@footfall/timing/throttled-log';
import manifest from '../package.json' with { type: 'json' };
import { createQueryLimiter } from './api/query-limit.ts';
import { teamFetch } from './auth/provider/team-fetch.ts';
import { openSignIn } from './auth/sign-in-services.ts';
import { sharedFreshness } from './reports/freshness.ts';
import { createMemory } from './reports/memory.ts';
import { measureRequests } from './runtime/http-metrics.ts';
import { readInstallSteps } from './runtime/install-steps.ts';
import { createPortalServer, type PortalServerOptions } from './runtime/portal-server.ts';
import { createRefusedKeys } from './runtime/refused-keys.ts';
import { cameByTls } from './runtime/security-headers.ts';
import { provideServices, type Services } from './runtime/services.ts';
import { provideStaffServices, type StaffServices } from './runtime/staff-services.ts';

const NAME = 'web';
const SELF = { name: NAME, role: NAME } as const;
const DIRECTORY = fileURLToPath(new URL('..', import.meta.url));
const DOCS = fileURLToPath(new URL('../../../docs', import.meta.url));

/** One more than reports at once: so many tenants' that two with long questions leave room for a third. */
const REPORT_CONNECTIONS = 9;

/** Of the few who look at the pages of the platform's staff. */
const STAFF_CONNECTIONS = 2;

const config = configured(NAME, readServiceConfig);
const log = createLogger({ name: NAME, level: config.logLevel });

const lookUpAgent = agentLookup();

function describeBrowser(userAgent: string): string {
  const { browser, os } = lookUpAgent(userAgent);
  return [browser, os].filter((name) => name !== NONE).join(', ');
}

async function openServices(): Promise<Services> {
  const { db: database, pool, close } = connectControlPlane(config.databaseUrl, SELF);
  const clock = await openDatabaseClock(pool, { onSkew: logSkew(log) });
  const onTrouble = throttledLog<unknown>((err, leftOut) =>
    log.error({ err, leftOut }, 'what tenants may do cannot be read; until it can they may do everything'),
  );
  const plans = new PlanDirectory(pool, {
    ttlMs: config.directoryTtlMs,
    now: clock.now,
    onTrouble: (error) => onTrouble('plans', error),
  });
  const eventLog = openEventLog(config.eventLogUrl, SELF);
  const outbound = outboundFetch(config.dnsServers);
  const keyUse = new ApiKeyUse({ record: recordApiKeyUse(pool), now: clock.now });
  const embedUse = new EmbedUse({ record: recordEmbedUse(pool) });
  const onError = (err: unknown) => log.warn({ err }, 'what the operator has set cannot be read now');
  return {
    config,
    settings: new RuntimeSettings(pool, { onError }),
    log,
    clock,
    database,
    pool,
    closeControlPlane: async () => {
      await Promise.all([keyUse.stop(), embedUse.stop()]);
      await close();
    },
    reportStore: openReportStore(config.reportStoreUrl, {
      ...SELF,
      filesDir: config.factsDir,
      max: REPORT_CONNECTIONS,
    }),
    eventLog,
    dataThrough: sharedFreshness((now) =>
      dataThrough({ log: eventLog, oldestSpooled: () => oldestSpooled(pool) }, now),
    ),
    eventStore: openEventStore(config.eventStoreUrl, SELF),
    parquetOf: (lines, columns) => writeParquet(lines, columns, path.join(config.factsDir, '.tmp')),
    memory: createMemory(),
    queryLimiter: createQueryLimiter((tenantId) => plans.findQueryLimit(tenantId)),
    refusedKeys: createRefusedKeys(),
    noteKeyUse: (id) => keyUse.note(id),
    noteEmbedUse: (kid, outcome) => embedUse.note(kid, outcome),
    // Rendered here: Next bundles pages and actions, and lets none of them render React by itself.
    queueMail: (mail) => queueMail(pool, config, mail),
    describeBrowser,
    outbound,
    checkPage: pageCheck(outbound),
    readInstallSteps,
    checkDomain: domainCheck(config.dnsServers, outbound),
    checkRecord: recordCheck(config.dnsServers),
    reachProvider: teamFetch({ origins: config.signOnOrigins, outbound }),
    docsFolder: DOCS,
    findEntitlement: (tenantId) => plans.findEntitlement(tenantId),
    allowanceOf: (tenantId) => plans.findAllowance(tenantId),
    billing:
      config.stripe && openBilling(pool, { gateway: stripeGateway(config.stripe), log, now: clock.now }),
    ...openSignIn(database, pool, { afterMs: config.sessionMaxMs, idleMs: config.sessionIdleMs }),
  };
}

function openStaffServices(services: Services): StaffServices {
  const { clock, database, eventLog, eventStore, reportStore } = services;
  const staff = { name: 'operator', role: 'operator', max: STAFF_CONNECTIONS } as const;
  const staffPool = connectPool(config.operatorDatabaseUrl, staff);
  const installation: StaffServices['installation'] = {
    version: manifest.version,
    askServices: async () => askServices(await findRunning(dataDirAt(config.dataDir))),
    readSpace: () => readSpace(config, staffPool),
    proxyWarnings: () => proxyWarnings(staffPool, config.trustedProxies),
  };
  const payments = config.stripe &&
    services.billing && {
      catalog: stripeCatalog(config.stripe),
      coupons: stripeCoupons(config.stripe),
      subscribers: stripeSubscribers(config.stripe),
      settle: services.billing.settle,
    };
  return {
    config,
    log,
    clock,
    database,
    eventLog,
    eventStore,
    reportStore,
    staffPool,
    payments,
    installation,
  };
}

async function closeServices(services: Services, { staffPool }: StaffServices): Promise<void> {
  const { clock, closeControlPlane, reportStore, eventLog, eventStore } = services;
  await clock.close();
  const closing = [reportStore, eventLog, eventStore].map((store) => store.close());
  await Promise.all([closeControlPlane(), staffPool.end(), ...closing]);
}

/** What the portal cannot work without. */
function buildHealth({ clock, database, reportStore, eventLog }: Services): Health {
  return {
    checks: {
      database: () => database.$queryRaw`SELECT 1`,
      'report store': () => reportStore.ping(),
      'event log': () => eventLog.ping(),
      clock: clockCheck(clock),
    },
    onCheck: createCheckLog(log),
    registry: createRegistry(NAME),
    metricsToken: config.metricsToken,
  };
}

/** The portal's server, on what this process has opened. */
function openServer(
  health: Health,
  handle: PortalServerOptions['handle'],
  { pool, refusedKeys }: Pick<Services, 'pool' | 'refusedKeys'>,
): Server {
  const proxies = trustedProxies(config.trustedProxies);
  // Without its headers and without proxies, a request's address is its peer's.
  const peer = ({ socket }: IncomingMessage) => clientAddress({ headers: {}, socket }, trustedProxies([]));
  return createPortalServer({
    answerHealth: (request, response) => answerHealth(health, request, response),
    measure: measureRequests(health.registry),
    clientAddress: (request) => clientAddress(request, proxies),
    cameByTls: (request) =>
      cameByTls(request, { webUrl: config.webUrl, isFromProxy: proxies.has(peer(request)) }),
    watchProxy: watchInstallationProxies({ service: NAME, proxies, pool, logger: log }),
    refusedKeys,
    webUrl: config.webUrl,
    handle,
    log,
    tls: config.tls,
  });
}

async function start(): Promise<Running> {
  await requirePrepared(
    { eventLog: config.eventLogUrl, eventStore: config.eventStoreUrl, reportStore: config.reportStoreUrl },
    (err, line) => log.warn({ err }, line),
  );
  // The console asks the services of this machine how they are.
  trustOwnCertificate(config.tls);
  const services = await openServices();
  const staffServices = openStaffServices(services);
  provideServices(services);
  provideStaffServices(staffServices);
  // Loaded only now: Next and next-auth read these while they are loaded.
  passOn({ NODE_ENV: 'production', NEXTAUTH_URL: config.webUrl });
  const { default: next } = await import('next');
  const app = next({ dev: false, dir: DIRECTORY, port: config.webPort, quiet: true });
  await app.prepare();
  const server = openServer(buildHealth(services), app.getRequestHandler(), services);
  const port = await listen(server, { host: config.listenHost, port: config.webPort, variable: 'WEB_PORT' });
  return {
    port,
    stop: async () => {
      await closeServer(server);
      await app.close();
      await closeServices(services, staffServices);
    },
  };
}

await runService(log, start);
