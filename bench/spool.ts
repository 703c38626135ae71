import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { prepareEventLog } from '@footfall/eventlog/open';
import { startEmbeddedPostgres } from '@footfall/postgres/embedded';
import { freePort } from '@footfall/postgres/free-port';
import { batchesOf500, benchSite, singles } from './bench-site.ts';
import { load } from './load.ts';
import { benchPostgres } from './own-postgres.ts';
import { startService } from './services.ts';

// npm run bench:spool: what a collector takes while its log is away (durable on its own disk), how fast the spool is drained when the
// log is back, and what senders notice of that. Compare with bench:collector, which has the log.
const SECONDS = 8;
const WARM_UP_MS = 4_000;

const folder = await mkdtemp(path.join(tmpdir(), 'footfall-bench-spool-'));
const control = await benchPostgres();
const logAt = { dataDir: path.join(folder, 'log'), password: 'bench' };
let log = await startEmbeddedPostgres(logAt);
const { site, apiKey } = await benchSite(control.url);
await prepareEventLog(log.url);
await log.stop();

const collector = await startService('collector', {
  DATABASE_URL: control.url,
  EVENT_LOG_URL: log.url,
  FOOTFALL_SECRET: 'bench'.repeat(10),
  FOOTFALL_DATA_DIR: folder,
  COLLECTOR_PORT: String(await freePort()),
  COLLECTOR_SPOOL_MAX_MB: '20000',
  LOG_LEVEL: 'error',
});

const single = { port: collector.port, ...singles(site.siteKey) };
const batches = { port: collector.port, ...batchesOf500(site.id, apiKey) };

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${collector.port}/metrics`)).text();
  return Number(new RegExp(`^footfall_collector_${name}\\S* (\\S+)`, 'm').exec(text)?.[1]);
}

async function measured(name: string, options: Parameters<typeof load>[0], events: number): Promise<void> {
  const before = collector.cpu();
  const { count, perSecond, p50, p99, errors } = await load(options);
  const cpu = ((collector.cpu() - before) * 1e6) / count;
  console.log(
    `${name.padEnd(34)} ${Math.round(perSecond).toString().padStart(6)}/s  ${Math.round(perSecond * events)
      .toString()
      .padStart(
        7,
      )} events/s  p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms  CPU ${Math.round(cpu)} µs  errors ${errors}`,
  );
}

const milliseconds = SECONDS * 1_000;
await load({ ...single, connections: 64, milliseconds: WARM_UP_MS });
for (const connections of [1, 64, 512])
  await measured(`spooled, single, ${connections} connections`, { ...single, connections, milliseconds }, 1);
await measured('spooled, batches of 500', { ...batches, milliseconds }, 500);

const records = await metric('spool_records');
const bytes = await metric('spool_bytes');
const segments = await readdir(path.join(folder, 'spool', '1'));
const sizes = await Promise.all(segments.map((name) => stat(path.join(folder, 'spool', '1', name))));
console.log(
  `${records} records in ${segments.length - 3} segments of ${Math.round(sizes.reduce((sum, { size }) => sum + size, 0) / 1e6)} MB: ${Math.round(bytes / records)} bytes a record; memory ${Math.round(collector.memory() / 1e6)} MB`,
);

log = await startEmbeddedPostgres({ ...logAt, port: log.port });
const [begun, cpuBefore] = [performance.now(), collector.cpu()];
const live = measured(
  'single, 8 connections, as it drains',
  { ...single, connections: 8, milliseconds: 4_000 },
  1,
);
while ((await metric('spool_bytes')) > 0) await sleep(100);
const seconds = (performance.now() - begun) / 1_000;
const cpu = ((collector.cpu() - cpuBefore) * 1e6) / (await metric('spool_drained_records_total'));
await live;
console.log(
  `drained in ${seconds.toFixed(1)} s: ${Math.round(records / seconds)} records/s, CPU ${cpu.toFixed(1)} µs each`,
);

await collector.stop();
await Promise.all([log.stop(), control.stop()]);
await rm(folder, { recursive: true, force: true });
