import type { DataDir } from './data-dir.ts';
import { isRunning, type ProcessRef, waitForEnd } from './process.ts';
import { clearRuntime, readRuntime } from './runtime.ts';

/** Services end by themselves within 15 s when their supervisor is gone. Milliseconds. */
const TIMEOUT_MS = 20_000;
/** A process that is killed is gone at once, but for what the system still has to clear away. Milliseconds. */
const KILLED_MS = 5_000;

function signal({ pid }: ProcessRef, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has ended by itself in this moment.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * Ends the services that a killed supervisor left behind, so that ports and files are free; those that do not end within `timeoutMs`
 * are killed. Whoever calls holds the folder's lock, so no living supervisor is meant. (Its Postgres is taken over by whoever starts
 * the next.)
 */
export async function stopLeftovers(dataDir: DataDir, timeoutMs = TIMEOUT_MS): Promise<void> {
  const runtime = await readRuntime(dataDir);
  const left = Object.values(runtime?.services ?? {}).filter(isRunning);
  for (const service of left) signal(service, 'SIGTERM');
  const deadline = Date.now() + timeoutMs;
  for (const service of left) {
    if (await waitForEnd(service, deadline - Date.now())) continue;
    signal(service, 'SIGKILL');
    await waitForEnd(service, KILLED_MS);
  }
  await clearRuntime(dataDir);
}
