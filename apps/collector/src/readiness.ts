import { withTimeout } from '@footfall/db/timeout';
import type { Pool } from '@footfall/postgres/pool';
import { Remark } from '@footfall/service/health';
import { ownWords } from '@footfall/service/problem';

/** Less than a check may take, milliseconds. */
const TIMEOUT_MS = 1_500;

/**
 * A check of the control plane. Once it has answered, the collector goes on without it: sites, keys and salts that it knows are served
 * from memory.
 */
export function databaseCheck(pool: Pick<Pool, 'query'>): () => Promise<unknown> {
  let hasAnswered = false;
  const ask = async () => {
    await withTimeout(TIMEOUT_MS, pool.query('SELECT 1'));
    hasAnswered = true;
  };
  // What it says is asked for again by whoever wants to know.
  void ask().catch(() => undefined);
  return async () => {
    try {
      await ask();
      return undefined;
    } catch (error) {
      if (!hasAnswered) throw error;
      return new Remark(`away (${ownWords(error)}): what is known of sites is served from memory`);
    }
  };
}
