import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readServiceConfig } from '@footfall/config/config';
import { foldVisitorDay } from '@footfall/core/fold';
import type { StoredEvent } from '@footfall/core/stored-event';
import { localDay } from '@footfall/core/zone';
import { oldestSpooled } from '@footfall/db/count/spool-backlog';
import { EmbedUse, recordEmbedUse } from '@footfall/db/directory/embed-use';
import { PlanDirectory } from '@footfall/db/directory/plan-directory';
import { prepareControlPlane } from '@footfall/db/prepare';
import { connectControlPlane } from '@footfall/db/prisma';
import { RuntimeSettings } from '@footfall/db/runtime-settings';
import { inTenant, type TenantScope } from '@footfall/db/tenant/scope';
import type { Site } from '@footfall/db/tenant/site';
import { createTenant } from '@footfall/db/tenant/tenant';
import { dataThrough } from '@footfall/eventlog/freshness';
import { openEventLog, prepareEventLog } from '@footfall/eventlog/open';
import { openEventStore, prepareEventStore } from '@footfall/eventstore/open';
import { queueMail } from '@footfall/mail/queue';
import { outboundFetch } from '@footfall/outbound/fetch';
import { connectPool } from '@footfall/postgres/pool';
import { openReportStore, prepareReportStore } from '@footfall/reportstore/open';
import { writeParquet } from '@footfall/reportstore/parquet';
import { createLogger } from '@footfall/service/logger';
import { pageCheck } from '@footfall/site-check/page-check';
import { freshDatabase } from '@footfall/testkit/database';
import { createQueryLimiter } from '#api/query-limit.ts';
import { openSignIn } from '#auth/sign-in-services.ts';
import { createMemory } from '#reports/memory.ts';
import { readInstallSteps } from './install-steps.ts';
import { createRefusedKeys } from './refused-keys.ts';
import { provideServices, type Services } from './services.ts';

/** Every name is unknown: tests ask nothing outside. */
const NOWHERE = outboundFetch([], { addresses: async () => [] });

/** As main.ts opens them: with the portal's own role. */
const SELF = { name: 'web', role: 'web' } as const;

/** The portal's services on a database of their own, for tests of what stands on them. */
export type Portal = Services & {
  /** The same stores for what collectors, processors, aggregators and the operator do: the portal's own role may not. */
  others: Pick<Services, 'pool' | 'eventLog' | 'eventStore' | 'reportStore'>;
  close(): Promise<void>;
};

/** Opens the services and hands them to the process, as main.ts does. */
export async function openPortal(): Promise<Portal> {
  const { url, drop } = await freshDatabase();
  await prepareControlPlane(url);
  await prepareEventLog(url);
  await prepareEventStore(url);
  await prepareReportStore(url);
  const filesDir = await mkdtemp(path.join(tmpdir(), 'footfall-facts-'));
  const { db: database, pool, close } = connectControlPlane(url, SELF);
  const plans = new PlanDirectory(pool);
  const eventLog = openEventLog(url, SELF);
  const embedUse = new EmbedUse({ record: recordEmbedUse(pool), everyMs: 50 });
  const secret = 'a-long-random-text-of-32-characters-or-more';
  const config = readServiceConfig({ DATABASE_URL: url, FOOTFALL_SECRET: secret });
  const services: Services = {
    config,
    settings: new RuntimeSettings(pool, { knownMs: 0, onError: () => undefined }),
    log: createLogger({ name: 'web', level: 'silent' }),
    clock: { now: () => Date.now(), aheadMs: () => 0, close: async () => undefined },
    database,
    pool,
    closeControlPlane: close,
    reportStore: openReportStore(url, { ...SELF, filesDir }),
    eventLog,
    dataThrough: (now) => dataThrough({ log: eventLog, oldestSpooled: () => oldestSpooled(pool) }, now),
    eventStore: openEventStore(url, SELF),
    parquetOf: (lines, columns) => writeParquet(lines, columns, path.join(filesDir, '.tmp')),
    memory: createMemory(),
    queryLimiter: createQueryLimiter((tenantId) => plans.findQueryLimit(tenantId)),
    refusedKeys: createRefusedKeys(),
    noteKeyUse: () => undefined,
    noteEmbedUse: (kid, outcome) => embedUse.note(kid, outcome),
    queueMail: (mail) => queueMail(pool, config, mail),
    describeBrowser: () => 'Firefox, macOS',
    outbound: NOWHERE,
    checkPage: pageCheck(NOWHERE),
    readInstallSteps,
    checkDomain: async () => ({ dns: null, snippet: null }),
    checkRecord: async () => null,
    reachProvider: () => fetch,
    docsFolder: '',
    findEntitlement: (tenantId) => plans.findEntitlement(tenantId),
    allowanceOf: (tenantId) => plans.findAllowance(tenantId),
    billing: null,
    ...openSignIn(database, pool, { afterMs: 30 * 24 * 3_600_000, idleMs: 7 * 24 * 3_600_000 }),
  };
  provideServices(services);
  const others = {
    pool: connectPool(url, { name: 'test' }),
    eventLog: openEventLog(url, { name: 'test' }),
    eventStore: openEventStore(url, { name: 'test' }),
    reportStore: openReportStore(url, { name: 'test', filesDir }),
  };
  return {
    ...services,
    others,
    close: async () => {
      await embedUse.stop();
      const stores = [services, others].flatMap(({ reportStore, eventLog, eventStore }) => [
        reportStore,
        eventLog,
        eventStore,
      ]);
      await Promise.all([close(), others.pool.end(), ...stores.map((store) => store.close())]);
      await drop();
      await rm(filesDir, { recursive: true, force: true });
    },
  };
}

let merchants = 0;

/** A new tenant with a site and keys of both scopes and of `ingest` only. */
export async function newMerchant({ database }: Services, timezone = 'Europe/Berlin') {
  merchants += 1;
  const name = `merchant-${merchants}`;
  const password = 'correct horse battery';
  const { tenantId, userId } = await createTenant(database, {
    name,
    email: `${name}@shop.example`,
    password,
  });
  const tenant: TenantScope = inTenant(database, tenantId);
  const site = await tenant.sites.create({ domain: `${name}.example`, timezone, actor: userId });
  const createKey = async (scopes: readonly string[]) =>
    (await tenant.apiKeys.create({ scopes, actor: userId })).apiKey;
  return {
    tenant,
    site,
    userId,
    statsKey: await createKey(['stats', 'ingest']),
    ingestKey: await createKey(['ingest']),
  };
}

/** Puts events of one site into the report store, by the same fold as the aggregator. */
export async function report(
  { others: { reportStore } }: Pick<Portal, 'others'>,
  site: Site,
  events: readonly StoredEvent[],
): Promise<void> {
  const eventDay = ({ raw }: StoredEvent) => localDay(site.timezone, raw.occurredAt);
  const visitorDays = Map.groupBy(events, (event) => `${eventDay(event)} ${event.raw.visitor}`);
  await reportStore.replaceVisitorDays(
    [...visitorDays].map(([key, ofDay]) => {
      const [day = '', visitor = ''] = key.split(' ');
      const facts = foldVisitorDay(ofDay, site.timezone);
      return { siteId: site.id, generation: site.generation, day, visitor, facts, receivedAt: 0 };
    }),
  );
}
