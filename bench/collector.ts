import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serviceEnvironment } from '@footfall/config/config';
import { prepareEventLog } from '@footfall/eventlog/open';
import { startEmbeddedPostgres } from '@footfall/postgres/embedded';
import { freePort } from '@footfall/postgres/free-port';
import { batchesOf500, benchSite, singles } from './bench-site.ts';
import { load } from './load.ts';

// npm run bench:collector: single-event POSTs, 64 connections, answered when durable, against a bare server in the same run; then batches.
// Requests a second depend on who else needs the machine (Postgres and this sender do); CPU time a request hardly does, and is what one core is worth.
const SECONDS = 8;
/** V8 takes its time: after 2 s even the bare server still costs twice what it does after 6 s. */
const WARM_UP_MS = 6_000;
const CONNECTIONS = 64;

async function awaitPort(child: ChildProcess): Promise<number> {
  const [message] = (await once(child, 'message')) as [{ port: number }];
  return message.port;
}

const dataDir = await mkdtemp(path.join(tmpdir(), 'footfall-bench-'));
const postgres = await startEmbeddedPostgres({ dataDir, password: 'bench' });
const { site, apiKey } = await benchSite(postgres.url);
await prepareEventLog(postgres.url);

const bare = fork(new URL('./bare-server.ts', import.meta.url));
const barePort = await awaitPort(bare);
const collector = fork(new URL('../apps/collector/src/main.ts', import.meta.url), {
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  env: serviceEnvironment({
    DATABASE_URL: postgres.url,
    FOOTFALL_SECRET: 'bench'.repeat(10),
    FOOTFALL_DATA_DIR: dataDir,
    COLLECTOR_PORT: String(await freePort()),
  }) as NodeJS.ProcessEnv,
});
const collectorPort = await awaitPort(collector);

const single = { ...singles(site.siteKey), connections: CONNECTIONS };
const batches = batchesOf500(site.id, apiKey);

/** CPU seconds that a server has used so far, by its own metrics. */
async function readCpuSeconds(port: number): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^process_cpu_seconds_total\S* (\S+)/m.exec(metrics)?.[1]);
}

type Load = Parameters<typeof load>[0];

/** One load and what it cost the server: microseconds of CPU a request. */
async function measured(options: Load) {
  const before = await readCpuSeconds(options.port);
  const result = await load(options);
  const seconds = ((await readCpuSeconds(options.port)) - before) * 1e6;
  return { ...result, cpu: seconds / result.count };
}

for (const milliseconds of [WARM_UP_MS, SECONDS * 1_000]) {
  const [plain, real] = [
    await measured({ ...single, port: barePort, milliseconds }),
    await measured({ ...single, port: collectorPort, milliseconds }),
  ];
  const bulk = await measured({ ...batches, port: collectorPort, milliseconds });
  if (milliseconds === WARM_UP_MS) continue;
  const row = (name: string, { perSecond, p50, p99, errors, cpu }: typeof real) =>
    console.log(
      `${name.padEnd(28)} ${Math.round(perSecond).toString().padStart(7)}/s  p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms  CPU ${Math.round(cpu)} µs  errors ${errors}`,
    );
  row('bare server, single', plain);
  row('collector, single, durable', real);
  row('collector, batches of 500', bulk);
  console.log(
    `ratio ${(real.perSecond / plain.perSecond).toFixed(2)} by requests, ${(plain.cpu / real.cpu).toFixed(2)} by CPU; ` +
      `batches: ${Math.round(bulk.perSecond * 500)} events/s, ${Math.round((500 / bulk.cpu) * 1e6)} a CPU second`,
  );
}

for (const child of [bare, collector]) {
  const exit = once(child, 'exit');
  child.disconnect();
  await exit;
}
await postgres.stop();
await rm(dataDir, { recursive: true, force: true });
