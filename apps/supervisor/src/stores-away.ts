import { isAway } from '@footfall/adapter/connection-problem';
import { oneLine } from '@footfall/installation/one-line';
import { type Backoff, backoffPause } from '@footfall/timing/backoff';
import { sleep } from '@footfall/timing/sleep';
import type { Terminal } from './terminal.ts';

/** After a reboot a Postgres or a cluster may take longer than we do: recovery of a large database takes minutes. Milliseconds. */
const WAIT_MS = 10 * 60_000;
const PAUSE: Backoff = { min: 500, max: 5_000 };

export type Waiting = {
  terminal: Pick<Terminal, 'note'>;
  /** Ends the wait when the operator changes his mind. */
  signal: AbortSignal;
  /** What is done meanwhile; called once. Answers what of it is told. */
  onAway: () => Promise<string>;
  waitMs?: number;
};

/**
 * Does something with stores that may be away yet: it is tried again until they answer, ten minutes at most. Said once.
 * @throws what `work` has failed with, when that is something else, or the stores stay away
 */
export async function whileStoresAreAway<T>(
  work: () => Promise<T>,
  { terminal, signal, onAway, waitMs = WAIT_MS }: Waiting,
): Promise<T> {
  const deadline = Date.now() + waitMs;
  for (let failures = 0; ; ) {
    try {
      return await work();
    } catch (error) {
      if (!isAway(error) || Date.now() >= deadline) throw error;
      failures += 1;
      if (failures === 1)
        terminal.note(
          `  ${oneLine(error)}; waiting for it, ${Math.round(waitMs / 60_000)} minutes at most${await onAway()}`,
        );
    }
    await sleep(backoffPause(failures, PAUSE), signal);
    signal.throwIfAborted();
  }
}
