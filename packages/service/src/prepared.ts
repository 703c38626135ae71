import { notPrepared, type Provision } from '@footfall/core/adapter';

/** A store that a service works on. */
export type ServiceStore = { title: string; variable: string; url: string; provision: Provision };

/**
 * Refuses to serve on a store that its operator has to prepare and has not. An engine that does not answer is no reason to refuse:
 * it comes back, and until then the service says so in its readiness; `onAway` hears the cause.
 * @throws Failure `store_incomplete`
 */
export async function requirePrepared(
  stores: readonly ServiceStore[],
  onAway: (cause: unknown, store: ServiceStore) => void,
): Promise<void> {
  for (const store of stores) {
    if (store.provision.by !== 'operator') continue;
    let missing: string[];
    try {
      missing = await store.provision.check(store.url);
    } catch (cause) {
      onAway(cause, store);
      continue;
    }
    const refusal = notPrepared(store, missing);
    if (refusal !== undefined) throw refusal;
  }
}
