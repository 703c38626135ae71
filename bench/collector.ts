import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serviceEnvironment } from '@footfall/config/config';
import { prepareControlPlane } from '@footfall/db/prepare';
import { connectDatabase } from '@footfall/db/prisma';
import { inTenant } from '@footfall/db/scope';
import { createTenant } from '@footfall/db/tenant';
import { prepareEventLog } from '@footfall/eventlog/open';
import { freePort, startEmbeddedPostgres } from '@footfall/postgres/embedded';
import { load } from './load.ts';

// npm run bench:collector: single-event POSTs, 64 connections, answered when durable, against a bare server in the same run; then batches.
const SECONDS = 8;
const CONNECTIONS = 64;
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0';

async function portOf(child: ChildProcess): Promise<number> {
  const [message] = (await once(child, 'message')) as [{ port: number }];
  return message.port;
}

const event = () => ({
  id: randomUUID(),
  name: 'pageview',
  ts: Date.now(),
  url: 'https://shop.example/p/mug?utm_source=newsletter',
  referrer: 'https://www.google.com/',
  title: 'A mug',
  screen: [1440, 900],
  lang: 'de-DE',
});

const dataDir = await mkdtemp(path.join(tmpdir(), 'footfall-bench-'));
const postgres = await startEmbeddedPostgres({ dataDir, password: 'bench' });
await prepareControlPlane(postgres.url);
await prepareEventLog(postgres.url);
const db = connectDatabase(postgres.url);
const { tenantId } = await createTenant(db, {
  name: 'Bench',
  email: 'bench@shop.example',
  password: 'correct horse',
});
const scope = inTenant(db, tenantId);
const site = await scope.sites.create({ domain: 'shop.example', actor: 'bench' });
const { apiKey } = await scope.apiKeys.create({ scopes: ['ingest'], actor: 'bench' });
await db.$disconnect();

const bare = fork(new URL('./bare-server.ts', import.meta.url));
const barePort = await portOf(bare);
const collector = fork(new URL('../apps/collector/src/main.ts', import.meta.url), {
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  env: serviceEnvironment({
    DATABASE_URL: postgres.url,
    FOOTFALL_SECRET: 'bench'.repeat(10),
    COLLECTOR_PORT: String(await freePort()),
  }),
});
const collectorPort = await portOf(collector);

const single = {
  path: '/collect',
  headers: { 'content-type': 'text/plain', 'user-agent': AGENT },
  connections: CONNECTIONS,
};
const body = () => JSON.stringify({ site: site.siteKey, events: [event()] });
const batch = JSON.stringify(Array.from({ length: 500 }, event));
const batches = {
  path: '/v1/events',
  headers: { authorization: `Bearer ${apiKey}` },
  connections: 4,
  body: () =>
    `{"site":"${site.id}","events":${batch.replaceAll(/"id":"[^"]*"/g, () => `"id":"${randomUUID()}"`)}}`,
};

for (const milliseconds of [2_000, SECONDS * 1_000]) {
  const [plain, real] = [
    await load({ ...single, body, port: barePort, milliseconds }),
    await load({ ...single, body, port: collectorPort, milliseconds }),
  ];
  const bulk = await load({ ...batches, port: collectorPort, milliseconds });
  if (milliseconds === 2_000) continue; // Warm-up.
  const row = (name: string, { perSecond, p50, p99, errors }: typeof real) =>
    console.log(
      `${name.padEnd(28)} ${Math.round(perSecond).toString().padStart(7)}/s  p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms  errors ${errors}`,
    );
  row('bare server, single', plain);
  row('collector, single, durable', real);
  row('collector, batches of 500', bulk);
  console.log(
    `ratio ${(real.perSecond / plain.perSecond).toFixed(2)}; ${Math.round(bulk.perSecond * 500)} events/s in batches`,
  );
}

for (const child of [bare, collector]) {
  const exit = once(child, 'exit');
  child.disconnect();
  await exit;
}
await postgres.stop();
await rm(dataDir, { recursive: true, force: true });
