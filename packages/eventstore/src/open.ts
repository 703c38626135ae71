import { eventStoreFailure } from './errors.ts';
import type { EventStore } from './event-store.ts';
import { openPostgresStore, preparePostgresStore } from './postgres/postgres-store.ts';

type Options = { name: string };
type Adapter = {
  open: (url: string, options: Options) => EventStore;
  prepare: (url: string) => Promise<void>;
};

const POSTGRES: Adapter = { open: openPostgresStore, prepare: preparePostgresStore };

/** Adapters by URL scheme; Cassandra joins here. */
const ADAPTERS: Readonly<Record<string, Adapter>> = { postgres: POSTGRES, postgresql: POSTGRES };

function adapterOf(url: string): Adapter {
  const scheme = url.split(':', 1)[0] ?? '';
  const adapter = Object.hasOwn(ADAPTERS, scheme) ? ADAPTERS[scheme] : undefined;
  if (adapter !== undefined) return adapter;
  throw eventStoreFailure(
    'unknown_store',
    `there is no event store for ${scheme}://; known are ${Object.keys(ADAPTERS).join(', ')}`,
  );
}

/** Opens the event store at a URL. `name` tells connections apart in the engine's own tools. */
export function openEventStore(url: string, options: Options): EventStore {
  return adapterOf(url).open(url, options);
}

/** Creates or upgrades what the event store at a URL needs; safe to run while it is in use. */
export function prepareEventStore(url: string): Promise<void> {
  return adapterOf(url).prepare(url);
}
