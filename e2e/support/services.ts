import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { serviceEnvironment } from '@footfall/config/config';
import type { VariableName } from '@footfall/config/variables';
import { freePort } from '@footfall/postgres/free-port';
import type { Installation } from '@footfall/testkit/installation';
import { readConnections } from './connections.ts';

/** Another service beside an installation's own, as on another machine of the cluster. */
export type ExtraService = { stop(): Promise<void>; kill(): Promise<void> };

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

/** Starts a service on an installation's stores; resolves when it is ready. */
async function startService(
  installation: Installation,
  service: 'collector' | 'processor',
  variables: Partial<Record<VariableName, string>>,
): Promise<ExtraService> {
  const { database, eventLog, eventStore, reportStore, secret } = await readConnections(installation);
  const env = serviceEnvironment({
    DATABASE_URL: database,
    EVENT_LOG_URL: eventLog,
    EVENT_STORE_URL: eventStore,
    REPORT_STORE_URL: reportStore,
    FOOTFALL_SECRET: secret,
    FOOTFALL_DATA_DIR: installation.dataDir,
    LOG_LEVEL: 'error',
    ...variables,
  });
  const main = new URL(`../../apps/${service}/src/main.ts`, import.meta.url);
  const child = fork(main, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await once(child, 'message');
  return { stop: () => end(child, 'SIGTERM'), kill: () => end(child, 'SIGKILL') };
}

/** Another processor. */
export function startProcessor(installation: Installation): Promise<ExtraService> {
  return startService(installation, 'processor', { PROCESSOR_PORT: '0' });
}

/** Another collector, which answers at `url`. */
export async function startCollector(
  installation: Installation,
  variables: Partial<Record<VariableName, string>>,
): Promise<ExtraService & { url: string }> {
  const port = await freePort();
  const service = await startService(installation, 'collector', {
    COLLECTOR_PORT: String(port),
    ...variables,
  });
  return { ...service, url: `http://127.0.0.1:${port}` };
}
