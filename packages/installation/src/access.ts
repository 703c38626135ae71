import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '@footfall/config/config';
import { startEmbeddedPostgres } from '@footfall/postgres/embedded';
import { type DataDir, openDataDir } from './data-dir.ts';
import { installationFailure } from './errors.ts';
import { stopLeftovers } from './leftovers.ts';
import { type Lock, lockHolder, tryLock } from './lock.ts';
import { findRunning, type Runtime, readConnections } from './runtime.ts';
import { keepSecrets } from './secrets.ts';
import type { StoreUrls } from './store-table.ts';
import { prepareOwnStores, storeUrls } from './stores.ts';

/** An installation to work on; `runtime` is null while it is stopped. */
export type Access = { dataDir: DataDir; urls: StoreUrls; runtime: Runtime | null };

/** A first start initialises Postgres and migrates; another command may be at it. */
const WAIT_MS = 60_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Work<T> = {
  config: Config;
  work: (access: Access) => Promise<T>;
  /** Whether stores that a start prepares are prepared before. */
  prepares: boolean;
};

async function withOwnPostgres<T>(dataDir: DataDir, { config, work, prepares }: Work<T>): Promise<T> {
  const { postgresPassword } = await keepSecrets(dataDir);
  const postgres = await startEmbeddedPostgres({ dataDir: dataDir.postgres, password: postgresPassword });
  // Postgres has a process group of its own and would outlive a command that is interrupted.
  const interrupt = () => void postgres.stop();
  for (const signal of SIGNALS) process.once(signal, interrupt);
  try {
    const urls = storeUrls(config, postgres.url);
    if (prepares) await prepareOwnStores(urls);
    return await work({ dataDir, urls, runtime: null });
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt);
    await postgres.stop();
  }
}

async function stoppedOrRunning(dataDir: DataDir): Promise<{ lock: Lock } | Access> {
  for (const deadline = Date.now() + WAIT_MS; ; await sleep(100)) {
    const runtime = await findRunning(dataDir);
    const urls = runtime && (await readConnections(dataDir));
    if (runtime && urls) return { dataDir, urls, runtime };
    const lock = tryLock(dataDir.lock, 'admin');
    if (lock !== null) return { lock };
    if (Date.now() > deadline) {
      const { pid, purpose } = (await lockHolder(dataDir.lock)) ?? { pid: '?', purpose: 'command' };
      throw installationFailure(
        'busy',
        `the data folder ${dataDir.root} is held by the ${purpose} with process id ${pid}`,
      );
    }
  }
}

/**
 * Runs `work` on the installation that the configuration names: on the running one, or, while it is stopped, on its
 * database started for the moment. Several commands at once take their turns. `prepares` false: tables are left as they are.
 * @throws Failure `data_dir_unusable`, `busy`, `store_unusable`
 */
export async function useInstallation<T>(
  config: Config,
  work: (access: Access) => Promise<T>,
  { prepares = true } = {},
): Promise<T> {
  const dataDir = await openDataDir(config.dataDir);
  if (config.databaseUrl !== undefined) {
    const urls = storeUrls(config, config.databaseUrl);
    if (prepares) await prepareOwnStores(urls);
    return work({ dataDir, urls, runtime: await findRunning(dataDir) });
  }
  const found = await stoppedOrRunning(dataDir);
  if (!('lock' in found)) return work(found);
  try {
    await stopLeftovers(dataDir);
    return await withOwnPostgres(dataDir, { config, work, prepares });
  } finally {
    found.lock.release();
  }
}
