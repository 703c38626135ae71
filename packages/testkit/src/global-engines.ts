import { sharedEngines, shareEngines } from '@footfall/config/shared-engines';
import { takeEngines } from '@footfall/engines/engine-set';
import type { TestProject } from 'vitest/node';
import { engineOf } from './engines.ts';
import './provided-context.ts';

/**
 * Hands Kafka, Cassandra and Elasticsearch to all cluster tests: those that the whole test run shares, else those of
 * `npm run engines -- up`, else new ones. An engine that does not start fails the run.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const own = sharedEngines() === undefined ? await takeEngines() : undefined;
  if (own !== undefined) shareEngines(own.folder);
  project.provide('kafkaUrl', engineOf('kafka').url);
  project.provide('cassandraUrl', engineOf('cassandra').url);
  project.provide('elasticsearchUrl', engineOf('elasticsearch').url);
  return own?.release;
}
