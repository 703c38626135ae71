import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openEventLog, prepareEventLog } from '@footfall/eventlog/open';
import { startEmbeddedPostgres } from '@footfall/postgres/embedded';
import { freePort } from '@footfall/postgres/free-port';
import { benchSite, singles } from './bench-site.ts';
import { load } from './load.ts';
import { benchPostgres } from './own-postgres.ts';
import { startService } from './services.ts';

// npm run bench:soak -- [--seconds 600]: a collector at full speed for ten minutes, its log stopped for one of them. Is its memory flat, is
// everything that was answered in the log in the end, and how long until it has caught up?
const { values: given } = parseArgs({ options: { seconds: { type: 'string', default: '600' } } });
const SECONDS = Number(given.seconds);
const AWAY_SECONDS = Math.min(60, SECONDS / 5);
const CONNECTIONS = 64;
const LOOKS = 20;

const folder = await mkdtemp(path.join(tmpdir(), 'footfall-bench-soak-'));
const control = await benchPostgres();
const logAt = { dataDir: path.join(folder, 'log'), password: 'bench' };
let log = await startEmbeddedPostgres(logAt);
const { site } = await benchSite(control.url);
await prepareEventLog(log.url);
const collector = await startService('collector', {
  DATABASE_URL: control.url,
  EVENT_LOG_URL: log.url,
  FOOTFALL_SECRET: 'bench'.repeat(10),
  FOOTFALL_DATA_DIR: folder,
  COLLECTOR_PORT: String(await freePort()),
  COLLECTOR_SPOOL_MAX_MB: '20000',
  LOG_LEVEL: 'error',
});

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${collector.port}/metrics`)).text();
  return Number(new RegExp(`^footfall_collector_${name}\\S* (\\S+)`, 'm').exec(text)?.[1]);
}

const sending = load({
  port: collector.port,
  ...singles(site.siteKey),
  connections: CONNECTIONS,
  milliseconds: SECONDS * 1_000,
});
const memory: number[] = [];
const looking = (async () => {
  for (let look = 0; look < LOOKS; look += 1) {
    await sleep((SECONDS * 1_000) / LOOKS);
    memory.push(collector.memory());
  }
})();
await sleep((SECONDS * 1_000) / 3);
await log.stop();
console.log(`the log is away for ${AWAY_SECONDS} s`);
await sleep(AWAY_SECONDS * 1_000);
log = await startEmbeddedPostgres({ ...logAt, port: log.port });
const back = performance.now();
while ((await metric('spool_records')) > 0) await sleep(500);
console.log(`caught up ${((performance.now() - back) / 1_000).toFixed(1)} s after it was back`);
const { count, errors, perSecond, p50, p99 } = await sending;
await looking;

const observer = openEventLog(log.url, { name: 'bench' });
const tallied = await observer.tally('events', [], site.id);
const inLog = [...tallied.values()].reduce((sum, records) => sum + records, 0);
await observer.close();
const megabytes = memory.map((bytes) => Math.round(bytes / 1e6));
console.log(
  `${count} requests, ${Math.round(perSecond)}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${errors} not taken`,
);
// What was committed in the moment of the stop, its answer lost, is there twice.
const isWhole = inLog >= count - errors;
if (!isWhole) process.exitCode = 1;
console.log(`answered ${count - errors}, in the log ${inLog}: ${isWhole ? 'nothing is lost' : 'LOST'}`);
console.log(`memory in MB, ${LOOKS} looks: ${megabytes.join(' ')}`);
await collector.stop();
await log.stop();
await control.stop();
await rm(folder, { recursive: true, force: true });
