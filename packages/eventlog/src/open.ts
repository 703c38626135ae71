import { type Adapters, adapterFor } from '@footfall/adapter/adapter';
import type { Provision } from '@footfall/adapter/provision';
import type { PoolOptions } from '@footfall/postgres/pool';
import { eventLogFailure } from './errors.ts';
import type { EventLog } from './event-log.ts';
import { KAFKA_LOG } from './kafka/admin/provision.ts';
import { openKafkaLog } from './kafka/kafka-log.ts';
import { openPostgresLog, POSTGRES_LOG } from './postgres/postgres-log.ts';

type Options = Pick<PoolOptions, 'name' | 'role'>;
type Adapter = { open: (url: string, options: Options) => EventLog; provision: Provision };

const POSTGRES: Adapter = { open: openPostgresLog, provision: POSTGRES_LOG };

const KAFKA: Adapter = { open: openKafkaLog, provision: KAFKA_LOG };

/** Adapters by URL scheme. */
const ADAPTERS: Adapters<Adapter> = { postgres: POSTGRES, postgresql: POSTGRES, kafka: KAFKA };

function findAdapter(url: string): Adapter {
  return adapterFor(url, ADAPTERS, {
    port: 'event log',
    refuse: (message) => eventLogFailure('unknown_log', message),
  });
}

/** Opens the event log at a URL. `name` tells connections apart in the engine's own tools; `role` is taken on Postgres. */
export function openEventLog(url: string, options: Options): EventLog {
  return findAdapter(url).open(url, options);
}

/** How what the event log at a URL needs comes to be. */
export function eventLogProvision(url: string): Provision {
  return findAdapter(url).provision;
}

/** Creates or upgrades what the event log at a URL needs; safe to run while it is in use. Answers what it did. */
export function prepareEventLog(url: string): Promise<string[]> {
  return eventLogProvision(url).prepare(url);
}
