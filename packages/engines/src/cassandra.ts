import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { exchange } from './exchange.ts';
import type { Recipe } from './recipe.ts';

const VERSION = 4;
const OPTIONS = 5;
const SUPPORTED = 6;
/** Version, flags, stream (2 bytes), opcode, length (4 bytes). */
const HEADER_SIZE = 9;
const OPCODE_AT = 4;

/** The question that every CQL server answers before anybody has logged in. */
export function optionsRequest(): Buffer {
  return Buffer.from([VERSION, 0, 0, 0, OPTIONS, 0, 0, 0, 0]);
}

export function isSupported(answer: Buffer): boolean {
  return answer[OPCODE_AT] === SUPPORTED;
}

/** The agent that measures objects must be named by its file. */
function jamm(lib: string): string {
  const name = readdirSync(lib).find((file) => /^jamm-.*\.jar$/.test(file)) ?? 'jamm.jar';
  return path.join(lib, name);
}

export const CASSANDRA: Recipe = {
  title: 'Cassandra',
  variable: 'EVENT_STORE_URL',
  // Cassandra 5.0 knows Java 11 and 17, and refuses newer ones.
  java: {
    lowest: 17,
    highest: 17,
    compiler: false,
    debian: 'openjdk-17-jre-headless',
    homebrew: 'openjdk@17',
  },
  heap: '1g',
  templates: ['cassandra.yaml', 'logback.xml'],
  run: ({ jars, config, data, heap }, sources) => [
    `@${path.join(sources, 'jvm17.options')}`,
    ...['-Xms512m', `-Xmx${heap}`, '-XX:+ExitOnOutOfMemoryError'],
    `-javaagent:${jamm(path.join(jars, 'lib'))}`,
    `-Dcassandra.config=${pathToFileURL(path.join(config, 'cassandra.yaml')).href}`,
    `-Dcassandra.storagedir=${data}`,
    `-Dlogback.configurationFile=${path.join(config, 'logback.xml')}`,
    // Alone in its ring: there is nobody to wait for.
    ...['-Dcassandra.skip_wait_for_gossip_to_settle=0', '-Dcassandra.ring_delay_ms=1'],
    ...['-cp', path.join(jars, 'lib', '*'), 'org.apache.cassandra.service.CassandraDaemon'],
  ],
  isReady: async (port) => {
    const answer = await exchange(port, optionsRequest(), HEADER_SIZE);
    return answer !== null && isSupported(answer);
  },
  url: (port) => `cassandra://127.0.0.1:${port}?dc=datacenter1`,
};
