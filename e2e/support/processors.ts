import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { serviceEnvironment } from '@footfall/config/config';
import type { Installation } from '@footfall/testkit/installation';
import { connectionsOf } from './connections.ts';

/** Another processor beside an installation's own, as on another machine of the cluster. */
export type ExtraProcessor = { stop(): Promise<void>; kill(): Promise<void> };

const MAIN = new URL('../../apps/processor/src/main.ts', import.meta.url);

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

/** Starts a processor on an installation's stores; resolves when it is ready. */
export async function startProcessor(installation: Installation): Promise<ExtraProcessor> {
  const { database, eventLog, eventStore, reportStore, secret } = await connectionsOf(installation);
  const env = serviceEnvironment({
    DATABASE_URL: database,
    EVENT_LOG_URL: eventLog,
    EVENT_STORE_URL: eventStore,
    REPORT_STORE_URL: reportStore,
    FOOTFALL_SECRET: secret,
    FOOTFALL_DATA_DIR: installation.dataDir,
    PROCESSOR_PORT: '0',
    LOG_LEVEL: 'error',
  });
  const child = fork(MAIN, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await once(child, 'message');
  return { stop: () => end(child, 'SIGTERM'), kill: () => end(child, 'SIGKILL') };
}
