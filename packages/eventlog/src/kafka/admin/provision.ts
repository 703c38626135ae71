import type { Provision } from '@footfall/adapter/provision';
import { retry } from '@footfall/timing/retry';
import kafkajs, { type Admin, type ITopicMetadata } from 'kafkajs';
import { eventLogFailure } from '../../errors.ts';
import { REQUEST_RETRY } from '../client/cluster.ts';
import { type KafkaUrl, parseKafkaUrl } from '../kafka-url.ts';
import { listStreams } from '../streams.ts';
import { type Setting, satisfies, topicSettings } from './topic-settings.ts';

// Node finds only some of the names that kafkajs exports.
const { ConfigResourceTypes, ConfigSource, Kafka, logLevel } = kafkajs;

const CONNECT_TIMEOUT_MS = 2_000;
const CREATE_TIMEOUT_MS = 30_000;
const COPIES = 3;

type Values = ReadonlyMap<string, { value: string; ofTopic: boolean }>;
/** A topic as it is. */
type Found = { name: string; partitions: number; replication: number; values: Values };
/** A setting that is not as it must be. */
type Difference = { setting: Setting; value: string | undefined };

async function withAdmin<T>(url: string, work: (admin: Admin, parsed: KafkaUrl) => Promise<T>): Promise<T> {
  const parsed = parseKafkaUrl(url);
  const { brokers, tls, sasl } = parsed;
  const kafka = new Kafka({
    clientId: 'footfall-provision',
    brokers: [...brokers],
    ssl: tls,
    ...(sasl === null ? {} : { sasl: sasl as never }),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    retry: { retries: 4 },
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await work(admin, parsed);
  } catch (cause) {
    throw eventLogFailure('log_unavailable', `Kafka cannot be asked at ${brokers.join(', ')}`, { cause });
  } finally {
    await admin.disconnect();
  }
}

async function readValues(admin: Admin, names: readonly string[]): Promise<Map<string, Values>> {
  const resources = names.map((name) => ({ type: ConfigResourceTypes.TOPIC, name }));
  const described = await admin.describeConfigs({ resources, includeSynonyms: false });
  return new Map(
    described.resources.map(({ resourceName, configEntries }) => [
      resourceName,
      new Map(
        configEntries.map(({ configName, configValue, configSource }) => [
          configName,
          { value: configValue, ofTopic: configSource === ConfigSource.TOPIC_CONFIG },
        ]),
      ),
    ]),
  );
}

/** The topics of an installation that exist, and those that do not. */
async function look(admin: Admin, url: KafkaUrl): Promise<{ found: Found[]; missing: string[] }> {
  const { all } = listStreams(url);
  const existing = new Set(await admin.listTopics());
  const present = all.filter((name) => existing.has(name));
  const missing = all.filter((name) => !existing.has(name));
  if (present.length === 0) return { found: [], missing };
  const { topics } = await admin.fetchTopicMetadata({ topics: [...present] });
  const values = await readValues(admin, present);
  const found = topics.map(({ name, partitions }: ITopicMetadata) => ({
    name,
    partitions: partitions.length,
    replication: Math.min(...partitions.map(({ replicas }) => replicas.length)),
    values: values.get(name) ?? new Map(),
  }));
  return { found, missing };
}

function findDifferences({ replication, values }: Found): Difference[] {
  return topicSettings(replication)
    .map((setting) => ({ setting, value: values.get(setting.name)?.value }))
    .filter(({ setting, value }) => !satisfies(value, setting));
}

async function create(admin: Admin, missing: readonly string[], url: KafkaUrl): Promise<string[]> {
  if (missing.length === 0) return [];
  const { brokers } = await admin.describeCluster();
  const replicationFactor = url.replication ?? Math.min(COPIES, brokers.length);
  const configEntries = topicSettings(replicationFactor).map(({ name, value }) => ({ name, value }));
  const numPartitions = url.partitions;
  await admin.createTopics({
    // kafkajs takes a broker that has not heard of a new topic yet for an error.
    waitForLeaders: false,
    topics: missing.map((topic) => ({ topic, numPartitions, replicationFactor, configEntries })),
  });
  // They are there when the brokers that lead their partitions answer for them, which is after they are named as leaders.
  await retry({ ...REQUEST_RETRY, timeoutMs: CREATE_TIMEOUT_MS, what: 'creating topics' }, () =>
    Promise.all(missing.map((name) => admin.fetchTopicOffsets(name))),
  );
  return missing.map(
    (name) => `created topic ${name}: ${numPartitions} partitions, copies of each: ${replicationFactor}`,
  );
}

async function change(admin: Admin, found: readonly Found[]): Promise<string[]> {
  const changes = found
    .map((topic) => ({ topic, differences: findDifferences(topic) }))
    .filter(({ differences }) => differences.length > 0);
  if (changes.length === 0) return [];
  const resources = changes.map(({ topic: { name, values }, differences }) => {
    // The request replaces all settings that a topic has of its own, so those of the operator are said again.
    const entries = new Map(
      [...values].flatMap(([key, { value, ofTopic }]) => (ofTopic ? [[key, value]] : [])),
    );
    for (const { setting } of differences) entries.set(setting.name, setting.value);
    const configEntries = [...entries].map(([key, value]) => ({
      name: key as string,
      value: value as string,
    }));
    return { type: ConfigResourceTypes.TOPIC, name, configEntries };
  });
  await admin.alterConfigs({ validateOnly: false, resources });
  return changes.flatMap(({ topic, differences }) =>
    differences.map(
      ({ setting, value }) =>
        `changed topic ${topic.name}: ${setting.name} is ${setting.value}, was ${value}`,
    ),
  );
}

/** What is not as it would be created, and stays as it is: changing it is the operator's own decision. */
function leftAlone({ name, partitions, replication }: Found, url: KafkaUrl): string[] {
  const lines: string[] = [];
  if (partitions !== url.partitions)
    lines.push(
      `topic ${name} has ${partitions} partitions, not ${url.partitions}, and keeps them: with more, a visitor's records go to another partition from then on`,
    );
  if (url.replication !== null && replication !== url.replication)
    lines.push(
      `topic ${name} has ${replication} copies of each partition, not ${url.replication}, and keeps them`,
    );
  return lines;
}

/** The topics of the log: `EVENT_LOG_URL` says their names, partitions and copies, and topic-settings.ts the rest. */
export const KAFKA_LOG: Provision = {
  by: 'operator',
  prepare: (url) =>
    withAdmin(url, async (admin, parsed) => {
      const { found, missing } = await look(admin, parsed);
      const created = await create(admin, missing, parsed);
      const changed = await change(admin, found);
      return [...created, ...changed, ...found.flatMap((topic) => leftAlone(topic, parsed))];
    }),
  check: (url) =>
    withAdmin(url, async (admin, parsed) => {
      const { found, missing } = await look(admin, parsed);
      const absent = missing.map((name) => `topic ${name} is missing`);
      const different = found.flatMap(({ name, ...topic }) =>
        findDifferences({ name, ...topic }).map(({ setting, value }) => {
          const must = setting.atLeast ? `at least ${setting.value}` : setting.value;
          return `topic ${name}: ${setting.name} is ${value}, and must be ${must}`;
        }),
      );
      return [...absent, ...different];
    }),
};
