import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '@footfall/config/config';
import { keepPrivate } from '@footfall/files/keep-private';
import { type DataDir, openDataDir } from '@footfall/installation/data-dir';
import { installationFailure } from '@footfall/installation/errors';
import { stopLeftovers } from '@footfall/installation/leftovers';
import { type Lock, lockHolder, tryLock } from '@footfall/installation/lock';
import { checkHost, checkPort } from '@footfall/installation/port';
import { isCopyOfRunning } from '@footfall/installation/runtime';

/** Commands of the operator's CLI hold the folder for seconds; a supervisor that is stopping, for its deadline at most. */
const WAIT_MS = 60_000;
/** A holder writes its name right after it took the lock. */
const ANONYMOUS_MS = 2_000;

async function takeLock(dataDir: DataDir, signal: AbortSignal): Promise<Lock> {
  const began = Date.now();
  for (;;) {
    signal.throwIfAborted();
    const lock = tryLock(dataDir.lock, 'supervisor');
    if (lock !== null) return lock;
    const holder = await lockHolder(dataDir.lock);
    const timeoutMs = holder?.purpose === 'admin' ? WAIT_MS : holder === null ? ANONYMOUS_MS : 0;
    if (Date.now() - began >= timeoutMs) {
      throw installationFailure(
        'already_running',
        `Footfall is running on ${dataDir.root} already${holder === null ? '' : ` (process ${holder.pid})`}; stop it, or set FOOTFALL_DATA_DIR to another folder`,
        { where: 'FOOTFALL_DATA_DIR' },
      );
    }
    await sleep(100);
  }
}

/** The ports that browsers know, and those of the health endpoints when they were given. */
function listPorts(config: Config): [variable: string, port: number][] {
  const ports: [string, number][] = [
    ['WEB_PORT', config.webPort],
    ['COLLECTOR_PORT', config.collectorPort],
    ['PROCESSOR_PORT', config.processorPort],
    ['AGGREGATOR_PORT', config.aggregatorPort],
    ['SCHEDULER_PORT', config.schedulerPort],
  ];
  return ports.filter(([, port]) => port !== 0);
}

type Occupied = {
  dataDir: DataDir;
  lock: Lock;
  /** Whether it is a copy that was made while Footfall ran in the original. */
  copied: boolean;
};

/**
 * Makes the data folder this process's own and checks that the ports are free; nothing has been started when it throws.
 * @throws Failure `data_dir_unusable`, `already_running`, `host_unusable`, `port_unusable`
 */
export async function lockDataDir(config: Config, signal: AbortSignal): Promise<Occupied> {
  const dataDir = await openDataDir(config.dataDir);
  const lock = await takeLock(dataDir, signal);
  try {
    const copied = await isCopyOfRunning(dataDir);
    await stopLeftovers(dataDir);
    // An earlier version let others read some of it.
    await keepPrivate(dataDir.root);
    await checkHost(config.listenHost);
    for (const [variable, port] of listPorts(config)) await checkPort(variable, port);
    return { dataDir, lock, copied };
  } catch (error) {
    lock.release();
    throw error;
  }
}
