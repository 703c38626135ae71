import type { DataDir } from './data-dir.ts';
import { isRunning, waitForEnd } from './process.ts';
import { clearRuntime, readRuntime } from './runtime.ts';

/** Services end by themselves within 15 s when their supervisor is gone. */
const PATIENCE_MS = 20_000;

/**
 * Ends the services that a killed supervisor left behind, so that ports and files are free. Whoever calls holds the
 * folder's lock, so no living supervisor is meant. (Its Postgres is taken over by whoever starts the next.)
 */
export async function stopLeftovers(dataDir: DataDir): Promise<void> {
  const runtime = await readRuntime(dataDir);
  const left = Object.values(runtime?.services ?? {}).filter(isRunning);
  for (const { pid } of left) process.kill(pid, 'SIGTERM');
  for (const service of left)
    if (!(await waitForEnd(service, PATIENCE_MS))) process.kill(service.pid, 'SIGKILL');
  await clearRuntime(dataDir);
}
