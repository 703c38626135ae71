import { type Adapters, adapterFor } from '@footfall/core/adapter';
import { eventLogFailure } from './errors.ts';
import type { EventLog } from './event-log.ts';
import { openPostgresLog, preparePostgresLog } from './postgres/postgres-log.ts';

type Options = { name: string };
type Adapter = { open: (url: string, options: Options) => EventLog; prepare: (url: string) => Promise<void> };

const POSTGRES: Adapter = { open: openPostgresLog, prepare: preparePostgresLog };

/** Adapters by URL scheme; Kafka joins here. */
const ADAPTERS: Adapters<Adapter> = { postgres: POSTGRES, postgresql: POSTGRES };

function adapterOf(url: string): Adapter {
  return adapterFor(url, ADAPTERS, {
    port: 'event log',
    refuse: (message) => eventLogFailure('unknown_log', message),
  });
}

/** Opens the event log at a URL. `name` tells connections apart in the engine's own tools. */
export function openEventLog(url: string, options: Options): EventLog {
  return adapterOf(url).open(url, options);
}

/** Creates or upgrades what the event log at a URL needs; safe to run while it is in use. */
export function prepareEventLog(url: string): Promise<void> {
  return adapterOf(url).prepare(url);
}
