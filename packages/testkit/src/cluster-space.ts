import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { serviceEnvironment } from '@footfall/config/config';
import type { VariableName } from '@footfall/config/variables';
import { Client } from 'cassandra-driver';
import { Kafka, logLevel } from 'kafkajs';
import { findEngine } from './engines.ts';

/** Room of its own on the engines that a test run shares: topics, a keyspace and indices that nobody else names. */
export type ClusterSpace = {
  /** What sets Footfall onto it. */
  variables: Partial<Record<VariableName, string>>;
  /** Deletes all that is in it; its installation must have stopped. */
  drop(): Promise<void>;
};

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PARTITIONS = 4;

async function dropTopics(prefix: string): Promise<void> {
  const brokers = [new URL(findEngine('kafka').url).host];
  const admin = new Kafka({ clientId: 'testkit', brokers, logLevel: logLevel.ERROR }).admin();
  await admin.connect();
  try {
    const ours = (names: readonly string[]) => names.filter((name) => name.startsWith(prefix));
    const topics = ours(await admin.listTopics());
    if (topics.length > 0) await admin.deleteTopics({ topics });
    const groups = ours((await admin.listGroups()).groups.map(({ groupId }) => groupId));
    if (groups.length > 0) await admin.deleteGroups(groups);
  } finally {
    await admin.disconnect();
  }
}

async function dropKeyspace(keyspace: string): Promise<void> {
  const { host, searchParams } = new URL(findEngine('cassandra').url);
  const client = new Client({
    contactPoints: [host],
    localDataCenter: searchParams.get('dc') ?? '',
    // One statement is all that it will say.
    pooling: { warmup: false },
  });
  try {
    await client.execute(`DROP KEYSPACE IF EXISTS ${keyspace}`);
  } finally {
    await client.shutdown();
  }
}

async function ask(method: 'GET' | 'DELETE', place: string): Promise<unknown> {
  const response = await fetch(`${findEngine('elasticsearch').url}${place}`, { method });
  if (response.status === 404) return [];
  if (!response.ok) throw new Error(`${response.status} of ${method} ${place}: ${await response.text()}`);
  return response.json();
}

async function dropIndices(prefix: string): Promise<void> {
  // Elasticsearch deletes no indices by pattern, only by name.
  const indices = (await ask('GET', `/_cat/indices/${prefix}*?format=json&h=index`)) as { index: string }[];
  for (const { index } of indices) await ask('DELETE', `/${index}`);
  for (const kind of ['_index_template', '_component_template']) await ask('DELETE', `/${kind}/${prefix}*`);
}

/** Runs `npm run admin -- cluster init` with these variables, in a data folder that is deleted afterwards. */
async function initialise(variables: ClusterSpace['variables']): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'footfall-init-'));
  const env = serviceEnvironment({ ...variables, FOOTFALL_DATA_DIR: dataDir });
  try {
    const args = [path.join(ROOT, 'scripts/admin.mjs'), 'cluster', 'init'];
    await promisify(execFile)(process.execPath, args, { cwd: ROOT, env });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Makes room on the engines of this run and prepares it as an operator does. */
export async function newClusterSpace(): Promise<ClusterSpace> {
  const name = `test${randomBytes(5).toString('hex')}`;
  const cassandra = new URL(findEngine('cassandra').url);
  cassandra.pathname = `/${name}`;
  const variables = {
    EVENT_LOG_URL: `${findEngine('kafka').url}?prefix=${name}.&region=main&partitions=${PARTITIONS}`,
    EVENT_STORE_URL: cassandra.href,
    REPORT_STORE_URL: `${findEngine('elasticsearch').url}?prefix=${name}-&refresh=100ms`,
  };
  await initialise(variables);
  return {
    variables,
    drop: async () => {
      await dropTopics(`${name}.`);
      await dropKeyspace(name);
      await dropIndices(`${name}-`);
    },
  };
}
