import { type Adapters, adapterFor } from '@footfall/core/adapter';
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
const ADAPTERS: Adapters<Adapter> = { postgres: POSTGRES, postgresql: POSTGRES };

function adapterOf(url: string): Adapter {
  return adapterFor(url, ADAPTERS, {
    port: 'event store',
    refuse: (message) => eventStoreFailure('unknown_store', message),
  });
}

/** Opens the event store at a URL. `name` tells connections apart in the engine's own tools. */
export function openEventStore(url: string, options: Options): EventStore {
  return adapterOf(url).open(url, options);
}

/** Creates or upgrades what the event store at a URL needs; safe to run while it is in use. */
export function prepareEventStore(url: string): Promise<void> {
  return adapterOf(url).prepare(url);
}
