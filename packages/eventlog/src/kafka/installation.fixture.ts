import { randomUUID } from 'node:crypto';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { parseKafkaUrl } from './kafka-url.ts';
import { listStreams } from './streams.ts';

/** The URL of an installation of its own on a Kafka that others use, too. */
export function freshUrl(url: string, options = 'partitions=4&region=eu'): string {
  return `${url}?prefix=test-${randomUUID()}.&${options}`;
}

/** Looks at a Kafka, or changes it, as its operator would. */
export async function administer<T>(url: string, work: (admin: Admin) => Promise<T>): Promise<T> {
  const { brokers } = parseKafkaUrl(url);
  const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

/** Deletes the topics and groups of an installation. */
export async function dropTopics(url: string): Promise<void> {
  const parsed = parseKafkaUrl(url);
  await administer(url, async (admin) => {
    const existing = new Set(await admin.listTopics());
    const topics = listStreams(parsed).all.filter((name) => existing.has(name));
    if (topics.length > 0) await admin.deleteTopics({ topics });
    const { groups } = await admin.listGroups();
    const own = groups.map(({ groupId }) => groupId).filter((groupId) => groupId.startsWith(parsed.prefix));
    // A group whose consumer was killed has a member until its session is over; it is nobody's afterwards.
    if (own.length > 0) await admin.deleteGroups(own).catch(() => undefined);
  });
}
