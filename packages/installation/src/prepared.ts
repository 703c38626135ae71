import type { Failure } from '@footfall/core/failure';
import { installationFailure } from './errors.ts';
import { STORE_NAMES, STORES, type StoreName, type StoreUrls } from './store-table.ts';

/** Missing things that a message names at most. */
const MAX_NAMED = 3;

/** A failure `store_incomplete` that names the store, its variable and some of what it lacks; undefined when it lacks nothing. */
export function notPrepared(name: StoreName, missing: readonly string[]): Failure | undefined {
  if (missing.length === 0) return undefined;
  const { title, variable } = STORES[name];
  const more = missing.length > MAX_NAMED ? ` and ${missing.length - MAX_NAMED} more` : '';
  const message = `${variable}: ${title} is not prepared (${missing.slice(0, MAX_NAMED).join(', ')}${more})`;
  return installationFailure('store_incomplete', message, { where: variable });
}

/**
 * Refuses to serve on a store that its operator has to prepare and has not. An engine that does not answer is no reason to refuse:
 * it comes back, and until then the service says so in its readiness; `onAway` hears the cause and a line for the log.
 * @throws Failure `store_incomplete`
 */
export async function requirePrepared(
  urls: Partial<StoreUrls>,
  onAway: (cause: unknown, line: string) => void,
  stores = STORES,
): Promise<void> {
  for (const name of STORE_NAMES) {
    const url = urls[name];
    if (url === undefined) continue;
    const { title, provision } = stores[name];
    const { by, check } = await provision(url);
    if (by !== 'operator') continue;
    let missing: string[];
    try {
      missing = await check(url);
    } catch (cause) {
      onAway(cause, `${title} does not answer; it is taken as prepared`);
      continue;
    }
    const refusal = notPrepared(name, missing);
    if (refusal !== undefined) throw refusal;
  }
}
