import '@footfall/testkit/provided-context';
import kafkajs from 'kafkajs';
import { afterEach, expect, inject, test } from 'vitest';
import { openEventLog } from '../../open.ts';
import { administer, dropTopics, freshUrl } from '../installation.fixture.ts';
import { parseKafkaUrl } from '../kafka-url.ts';
import { listStreams } from '../streams.ts';
import { KAFKA_LOG } from './provision.ts';

const { ConfigResourceTypes } = kafkajs;

const urls: string[] = [];
const fresh = (options?: string) => {
  const url = freshUrl(inject('kafkaUrl'), options);
  urls.push(url);
  return url;
};
afterEach(async () => {
  await Promise.all(urls.splice(0).map(dropTopics));
});

const listTopics = (url: string) => listStreams(parseKafkaUrl(url)).all;

/** Sets what a topic has of its own, and nothing else. */
const configure = (url: string, name: string, settings: Record<string, string>) =>
  administer(url, (admin) => {
    const configEntries = Object.entries(settings).map(([key, value]) => ({ name: key, value }));
    const resources = [{ type: ConfigResourceTypes.TOPIC, name, configEntries }];
    return admin.alterConfigs({ validateOnly: false, resources });
  });

async function readSetting(url: string, name: string, setting: string): Promise<string | undefined> {
  const resources = [{ type: ConfigResourceTypes.TOPIC, name, configNames: [setting] }];
  const described = await administer(url, (admin) =>
    admin.describeConfigs({ resources, includeSynonyms: false }),
  );
  return described.resources[0]?.configEntries[0]?.configValue;
}

test('what is missing is told, then created, then there: again nothing is done', async () => {
  const url = fresh('partitions=2&region=eu&regions=eu,us');
  const topics = listTopics(url);
  expect(topics).toHaveLength(9);
  expect(await KAFKA_LOG.check(url)).toEqual(topics.map((name) => `topic ${name} is missing`));
  expect(await KAFKA_LOG.prepare(url)).toEqual(
    topics.map((name) => `created topic ${name}: 2 partitions, copies of each: 1`),
  );
  expect(await KAFKA_LOG.check(url)).toEqual([]);
  expect(await KAFKA_LOG.prepare(url)).toEqual([]);
});

test('a log whose topics are missing says what to do', async () => {
  const log = openEventLog(fresh(), { name: 'test' });
  const advice = /topics are missing.*cluster init/;
  await expect(log.ping()).rejects.toThrow(advice);
  await expect(log.lag('g', ['events'])).rejects.toThrow(advice);
  const append = log.append([{ topic: 'events', key: 'k', value: '1', receivedAt: 0 }]);
  await expect(append).rejects.toMatchObject({ code: 'log_unavailable', retriable: true });
  await log.close();
});

test('settings that would lose or refuse events are told and set right; the operator keeps his own', async () => {
  const url = fresh('partitions=1');
  await KAFKA_LOG.prepare(url);
  const [hits = '', custom = ''] = listTopics(url);
  await configure(url, hits, { 'retention.ms': '3600000', 'segment.bytes': '2097152' });
  await configure(url, custom, {
    'retention.ms': '-1',
    'max.message.bytes': '20000000',
    'cleanup.policy': 'delete',
    'compression.type': 'producer',
    'message.timestamp.before.max.ms': '9223372036854775807',
    'message.timestamp.after.max.ms': '9223372036854775807',
  });
  const told = await KAFKA_LOG.check(url);
  expect(told).toContain(`topic ${hits}: retention.ms is 3600000, and must be at least 2592000000`);
  expect(told).toContain(`topic ${hits}: max.message.bytes is 1048588, and must be at least 8388608`);
  expect(told.filter((line) => line.includes(custom))).toEqual([]);

  const done = await KAFKA_LOG.prepare(url);
  expect(done).toContain(`changed topic ${hits}: retention.ms is 2592000000, was 3600000`);
  expect(await KAFKA_LOG.check(url)).toEqual([]);
  expect(await readSetting(url, hits, 'segment.bytes')).toBe('2097152');
  expect(await readSetting(url, custom, 'retention.ms')).toBe('-1');
});

test('partitions and copies that differ are named, and stay', async () => {
  const url = fresh('partitions=2');
  await KAFKA_LOG.prepare(url);
  const wider = url.replace('partitions=2', 'partitions=5&replication=3');
  const lines = await KAFKA_LOG.prepare(wider);
  expect(lines.filter((line) => line.includes('has 2 partitions, not 5, and keeps them'))).toHaveLength(5);
  expect(lines.filter((line) => line.includes('has 1 copies of each partition, not 3'))).toHaveLength(5);
  // A log with fewer partitions works as well: it starts.
  expect(await KAFKA_LOG.check(wider)).toEqual([]);
});

test('a Kafka that is not there is named', async () => {
  await expect(KAFKA_LOG.check('kafka://127.0.0.1:1')).rejects.toMatchObject({
    code: 'log_unavailable',
    message: 'Kafka cannot be asked at 127.0.0.1:1',
  });
});
