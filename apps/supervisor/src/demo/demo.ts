import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, serviceEnvironment } from '@footfall/config/config';
import { localUrl } from '@footfall/config/local-url';
import { addDays, localDay } from '@footfall/core/zone';
import { connectControlPlane, type Database } from '@footfall/db/prisma';
import { inTenant } from '@footfall/db/tenant/scope';
import { createTenant } from '@footfall/db/tenant/tenant';
import { DEMO_LOGIN, DEMO_DOMAIN as DOMAIN } from '@footfall/demo/login';
import { sendEvents } from '@footfall/demo/send';
import { demoDay } from '@footfall/demo/traffic';
import { type DataDir, ROOT } from '@footfall/installation/data-dir';
import { readJson, writeJson } from '@footfall/installation/json-file';
import { oneLine } from '@footfall/installation/one-line';
import type { StoreUrls } from '@footfall/installation/store-table';
import { freePort } from '@footfall/postgres/free-port';
import type { ServiceSpec } from '../service.ts';
import type { Terminal } from '../terminal.ts';

const { email: EMAIL, password: PASSWORD } = DEMO_LOGIN;
const TIMEZONE = 'Europe/Berlin';
const ACTOR = 'supervisor';

const DAYS = 90;
/** Between two days, so that real visits never wait behind the demo's: some 1,000 events a second at most. */
const PAUSE_MS = 400;

/** How far the traffic has been sent, kept in demo.json: it is sent once, and goes on after an interruption. */
type Progress = { siteId: string; lastDay: string; sentDays: number };

export type Demo = {
  announce(): void;
  /** The example shop, counting for the demo site. */
  shop(): Promise<ServiceSpec>;
  stop(): Promise<void>;
};

/** The demo's merchant is made as an operator makes one. */
const OPENING = { name: 'demo', role: 'admin', max: 1 } as const;

type DemoContext = { config: Config; dataDir: DataDir; urls: StoreUrls; terminal: Terminal };
type DemoSite = { tenantId: string; id: string; siteKey: string; isNew: boolean };

async function demoSite(db: Database): Promise<DemoSite> {
  const owner = await db.membership.findFirst({ where: { user: { email: EMAIL } } });
  const tenantId =
    owner?.tenantId ??
    (
      await createTenant(db, {
        name: 'Demo shop',
        email: EMAIL,
        password: PASSWORD,
        actor: ACTOR,
        isVerified: true,
      })
    ).tenantId;
  const { sites } = inTenant(db, tenantId);
  const found = await sites.find(DOMAIN);
  if (found !== null) return { ...found, isNew: false };
  return { ...(await sites.create({ domain: DOMAIN, timezone: TIMEZONE, actor: ACTOR })), isNew: true };
}

/** Sends the days that are missing, the newest first, with a key that exists only meanwhile. */
async function sendTraffic(
  context: DemoContext,
  given: { site: DemoSite; progress: Progress; signal: AbortSignal },
): Promise<void> {
  const { config, dataDir, urls } = context;
  const { site, progress, signal } = given;
  const { db, close } = connectControlPlane(urls.database, OPENING);
  try {
    const { apiKeys } = inTenant(db, site.tenantId);
    const key = await apiKeys.create({ scopes: ['ingest'], actor: ACTOR });
    const to = {
      collectorUrl: localUrl(config, config.collectorPort),
      siteId: site.id,
      apiKey: key.apiKey,
    };
    try {
      for (let { sentDays } = progress; sentDays < DAYS; sentDays += 1) {
        const day = addDays(progress.lastDay, -sentDays);
        const demo = { seed: site.id, day, timezone: TIMEZONE, progress: 1 - sentDays / (DAYS - 1) };
        const now = Date.now();
        const events = demoDay(demo).filter(({ timestamp }) => timestamp <= now);
        if (events.length > 0) await sendEvents(to, events, signal);
        await writeJson(dataDir.demo, { ...progress, sentDays: sentDays + 1 });
        await sleep(PAUSE_MS, undefined, { signal });
      }
    } finally {
      await apiKeys.revoke(key.id, ACTOR);
    }
  } finally {
    await close();
  }
}

async function shopSpec({ config }: DemoContext, siteKey: string): Promise<ServiceSpec> {
  const port = await freePort();
  const options = {
    port: String(port),
    site: siteKey,
    collector: config.collectorUrl,
  };
  return {
    name: 'shop',
    args: [
      // An example knows nothing of supervisors: it ends with the channel to its own.
      '--import',
      new URL('./tether.ts', import.meta.url).href,
      path.join(ROOT, 'examples/shop/src/main.ts'),
      ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
    ],
    env: serviceEnvironment({ NODE_ENV: 'production' }),
    port,
    findReadyUrl: (at) => `http://127.0.0.1:${at}/`,
  };
}

/**
 * Makes the demo tenant when it is absent, and fills its site with 90 days of traffic in the background, once, through
 * the collector like everybody's.
 */
export async function startDemo(context: DemoContext): Promise<Demo> {
  const { config, dataDir, urls, terminal } = context;
  const { db, close } = connectControlPlane(urls.database, OPENING);
  const site = await demoSite(db).finally(close);
  let progress = await readJson<Progress>(dataDir.demo);
  if (site.isNew) {
    progress = { siteId: site.id, lastDay: localDay(TIMEZONE, Date.now()), sentDays: 0 };
    await writeJson(dataDir.demo, progress);
  }
  const ending = new AbortController();
  const pending = progress !== null && progress.siteId === site.id && progress.sentDays < DAYS;
  const sending =
    progress !== null && pending
      ? sendTraffic(context, { site, progress, signal: ending.signal }).catch((error: unknown) => {
          if (!ending.signal.aborted) terminal.trouble('demo', `its traffic is not sent: ${oneLine(error)}`);
        })
      : Promise.resolve();
  let shopUrl: string | undefined;
  return {
    announce: () => {
      terminal.note(`  demo: sign in at ${localUrl(config, config.webPort)} as ${EMAIL} with ${PASSWORD}`);
      if (pending) terminal.note(`  demo: ${DAYS} days of traffic arrive in the background, today first`);
      if (shopUrl !== undefined) terminal.note(`  demo: the shop is at ${shopUrl}`);
    },
    shop: async () => {
      const spec = await shopSpec(context, site.siteKey);
      shopUrl = `http://127.0.0.1:${spec.port}`;
      return spec;
    },
    stop: async () => {
      ending.abort();
      await sending;
    },
  };
}
