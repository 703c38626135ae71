import type { TestProject } from 'vitest/node';
import { engineOf, joinEngines } from './engines.ts';
import './provided-context.ts';

/** Hands Kafka, Cassandra and Elasticsearch to all cluster tests. An engine that does not start fails the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const leave = await joinEngines(process.pid);
  project.provide('kafkaUrl', engineOf('kafka').url);
  project.provide('cassandraUrl', engineOf('cassandra').url);
  project.provide('elasticsearchUrl', engineOf('elasticsearch').url);
  return leave;
}
