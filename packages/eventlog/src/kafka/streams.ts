import type { LogRecord, Topic } from '../event-log.ts';
import type { KafkaUrl } from './kafka-url.ts';

/** Streams of each region, and whose topic they are. */
const REGIONAL: Readonly<Record<string, Topic>> = {
  hits: 'events',
  custom: 'events',
  commerce: 'events',
  rejected: 'rejected',
};
/** Streams that are there once. */
const GLOBAL: Readonly<Record<string, Topic>> = { touched: 'touched' };

export type Streams = {
  /** Every stream of the installation, those to be created included. */
  all: readonly string[];
  /** What is read, with the topic that it belongs to. */
  topicOf: ReadonlyMap<string, Topic>;
  /** The stream that a record goes to. */
  of(record: Pick<LogRecord, 'topic' | 'category'>): string;
};

const namesIn = (region: string) => Object.keys(REGIONAL).map((name) => `${region}.${name}`);

/** The streams of an installation: `<prefix><region>.hits` and so on, `<prefix>touched`. */
export function listStreams({
  prefix,
  region,
  regions,
}: Pick<KafkaUrl, 'prefix' | 'region' | 'regions'>): Streams {
  const regional = [...new Set([region, ...regions])].flatMap(namesIn);
  const all = [...regional, ...Object.keys(GLOBAL)].map((name) => `${prefix}${name}`);
  const read = regions.flatMap((one) =>
    Object.entries(REGIONAL).map(([name, topic]) => [`${prefix}${one}.${name}`, topic] as const),
  );
  const once = Object.entries(GLOBAL).map(([name, topic]) => [`${prefix}${name}`, topic] as const);
  const of = {
    events: ({ category = 'hits' }) => `${prefix}${region}.${category}`,
    rejected: () => `${prefix}${region}.rejected`,
    touched: () => `${prefix}touched`,
  } satisfies Record<Topic, (record: Pick<LogRecord, 'category'>) => string>;
  return { all, topicOf: new Map([...read, ...once]), of: (record) => of[record.topic](record) };
}

/** The streams of some topics that are read. */
export function streamsIn({ topicOf }: Streams, topics: readonly Topic[]): string[] {
  return [...topicOf].flatMap(([stream, topic]) => (topics.includes(topic) ? [stream] : []));
}
