import type { TestProject } from 'vitest/node';
import { findEngine, joinEngines } from './engines.ts';
import './provided-context.ts';

/** Hands Kafka, Cassandra and Elasticsearch to all cluster tests. An engine that does not start fails the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const leave = await joinEngines(process.pid);
  project.provide('kafkaUrl', findEngine('kafka').url);
  project.provide('cassandraUrl', findEngine('cassandra').url);
  project.provide('elasticsearchUrl', findEngine('elasticsearch').url);
  return leave;
}
