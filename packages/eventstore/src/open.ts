import { type Adapters, adapterFor } from '@footfall/adapter/adapter';
import type { Provision } from '@footfall/adapter/provision';
import type { PoolOptions } from '@footfall/postgres/pool';
import { openCassandraStore } from './cassandra/cassandra-store.ts';
import { CASSANDRA_STORE } from './cassandra/schema.ts';
import { eventStoreFailure } from './errors.ts';
import type { EventStore } from './event-store.ts';
import { openPostgresStore, POSTGRES_STORE } from './postgres/postgres-store.ts';

type Options = Pick<PoolOptions, 'name' | 'role'>;
type Adapter = { open: (url: string, options: Options) => EventStore; provision: Provision };

const POSTGRES: Adapter = { open: openPostgresStore, provision: POSTGRES_STORE };

const CASSANDRA: Adapter = { open: openCassandraStore, provision: CASSANDRA_STORE };

/** Adapters by URL scheme. */
const ADAPTERS: Adapters<Adapter> = { postgres: POSTGRES, postgresql: POSTGRES, cassandra: CASSANDRA };

function findAdapter(url: string): Adapter {
  return adapterFor(url, ADAPTERS, {
    port: 'event store',
    refuse: (message) => eventStoreFailure('unknown_store', message),
  });
}

/** Opens the event store at a URL. `name` tells connections apart in the engine's own tools. */
export function openEventStore(url: string, options: Options): EventStore {
  return findAdapter(url).open(url, options);
}

/** How what the event store at a URL needs comes to be. */
export function eventStoreProvision(url: string): Provision {
  return findAdapter(url).provision;
}

/** Creates or upgrades what the event store at a URL needs; safe to run while it is in use. Answers what it did. */
export function prepareEventStore(url: string): Promise<string[]> {
  return eventStoreProvision(url).prepare(url);
}
