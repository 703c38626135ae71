import { existsSync } from 'node:fs';
import path from 'node:path';
import { exchange } from './exchange.ts';
import type { Place, Recipe } from './recipe.ts';

// With the logger off altogether a port that is taken ends in a silent exit.
const LOG = '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn';

/** Sixteen bytes in base64; which ones does not matter to a node on its own. */
const CLUSTER_ID = 'Zm9vdGZhbGwtZW5naW5lcw';

const classPath = ({ jars }: Place) => path.join(jars, 'lib', '*');
const properties = ({ config }: Place) => path.join(config, 'server.properties');

/** Behind the size and the correlation id, 4 bytes each, an answer begins with the number of brokers. */
const BROKERS_AT = 8;

/** A request Metadata, version 1, for no topic: the brokers alone. */
export function metadataRequest(): Buffer {
  const METADATA = 3;
  const body = Buffer.alloc(14);
  body.writeInt16BE(METADATA, 0);
  body.writeInt16BE(1, 2);
  // Bytes 4 to 7 are the correlation id; no client id is a length of -1; bytes 10 to 13 are the number of topics.
  body.writeInt16BE(-1, 8);
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length);
  return Buffer.concat([size, body]);
}

/** Brokers that take part now. The port is open before: after a kill the old registration first has to run out. */
export function brokersIn(answer: Buffer): number {
  return answer.readInt32BE(BROKERS_AT);
}

export const KAFKA: Recipe = {
  title: 'Kafka',
  variable: 'EVENT_LOG_URL',
  java: {
    lowest: 17,
    highest: 25,
    compiler: false,
    debian: 'openjdk-17-jre-headless',
    homebrew: 'openjdk@17',
  },
  heap: '384m',
  templates: ['server.properties'],
  format: (place) =>
    existsSync(path.join(place.data, 'meta.properties'))
      ? null
      : [
          LOG,
          ...['-cp', classPath(place), 'kafka.tools.StorageTool', 'format'],
          ...['--config', properties(place), '--cluster-id', CLUSTER_ID],
        ],
  run: (place) => [
    LOG,
    ...['-Xms128m', `-Xmx${place.heap}`, '-XX:+ExitOnOutOfMemoryError'],
    ...['-cp', classPath(place), 'kafka.Kafka', properties(place)],
  ],
  isReady: async (port) => {
    const answer = await exchange(port, metadataRequest(), BROKERS_AT + 4);
    return answer !== null && brokersIn(answer) > 0;
  },
  url: (port) => `kafka://127.0.0.1:${port}`,
};
