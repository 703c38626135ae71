import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { newCluster } from './kafkajs.ts';

const require = createRequire(import.meta.url);
const { version } = require('kafkajs/package.json') as { version: string };
const HERE = fileURLToPath(new URL('.', import.meta.url));
const KAFKA = path.join(HERE, '..');

type Internal = {
  /** What we use it for. */
  why: string;
  /** Methods of the class that the module exports. */
  methods?: string[];
  /** Names of the object that the module exports. */
  names?: string[];
};

const METHODS_OF_CLUSTER = [
  'connect',
  'disconnect',
  'refreshMetadata',
  'refreshMetadataIfNecessary',
  'addMultipleTargetTopics',
  'getNodeIds',
  'findBroker',
  'findTopicPartitionMetadata',
  'findGroupCoordinator',
];
const METHODS_OF_BROKER = [
  'initProducerId',
  'listOffsets',
  'offsetFetch',
  'offsetCommit',
  'joinGroup',
  'syncGroup',
  'heartbeat',
  'leaveGroup',
  'listGroups',
  'deleteRecords',
];
const WRITERS = ['writeInt16', 'writeInt32', 'writeString', 'writeBytes', 'writeVarInt', 'writeVarLong'];

/** Every module beneath the public interface that is imported, in production or as an oracle of a test. */
const INTERNALS: Readonly<Record<string, Internal>> = {
  'kafkajs/src/cluster/index.js': { why: 'connections and metadata', methods: METHODS_OF_CLUSTER },
  'kafkajs/src/loggers/index.js': { why: 'a logger that is silent', names: ['createLogger'] },
  'kafkajs/src/network/socketFactory.js': { why: 'sockets of connections' },
  'kafkajs/src/network/requestQueue/index.js': {
    why: 'its timer of 1 ms, which kafkajs.ts replaces',
    methods: ['scheduleCheckPendingRequests', 'checkPendingRequests'],
  },
  'kafkajs/src/protocol/error.js': { why: 'errors by their number', names: ['createErrorFromCode'] },
  'kafkajs/src/protocol/requests/fetch/v11/request.js': { why: 'the request that reads' },
  'kafkajs/src/protocol/encoder.js': { why: 'the request that appends', methods: WRITERS },
  'kafkajs/src/protocol/decoder.js': { why: 'an oracle of tests' },
  'kafkajs/src/protocol/recordBatch/crc32C/index.js': { why: 'an oracle of tests' },
  'kafkajs/src/protocol/recordBatch/v0/decoder.js': { why: 'an oracle of tests' },
  'kafkajs/src/protocol/recordBatch/record/v0/index.js': { why: 'an oracle of tests' },
  'kafkajs/src/protocol/recordBatch/v0/index.js': { why: 'an oracle of tests', names: ['RecordBatch'] },
};

/** What is missing of a module, as sentences. */
function findMissing(module: string, { methods = [], names = [], why }: Internal): string[] {
  let found: unknown;
  try {
    found = require(module);
  } catch {
    return [`kafkajs ${version} has no ${module}, which we use for ${why}`];
  }
  const has = (of: unknown, name: string) => typeof (of as Record<string, unknown>)[name] === 'function';
  const prototype = (found as { prototype?: unknown }).prototype ?? {};
  return [
    ...methods
      .filter((name) => !has(prototype, name))
      .map((name) => `the class of ${module} has no ${name}()`),
    ...names.filter((name) => !has(found, name)).map((name) => `${module} has no ${name}()`),
  ].map((what) => `kafkajs ${version}: ${what}, which we use for ${why}`);
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(folder, name));
}

const findImports = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/from '(kafkajs\/[^']+)'/g)].map(([, module]) => module as string);

test('the version of kafkajs is exact: what is beneath its public interface may move with any other', () => {
  expect(manifest.dependencies.kafkajs).toMatch(/^\d+\.\d+\.\d+$/);
  expect(version).toBe(manifest.dependencies.kafkajs);
});

describe('what we use beneath the public interface of kafkajs', () => {
  test.each(Object.entries(INTERNALS))('%s is there', (module, internal) => {
    expect(findMissing(module, internal)).toEqual([]);
  });

  test('is imported by kafkajs.ts alone, and by kafkajs.fixture.ts for tests', () => {
    const importing = sourceFiles(KAFKA).filter((file) => findImports(file).length > 0);
    const own = ['kafkajs.d.ts', 'kafkajs.fixture.ts', 'kafkajs.ts'];
    expect(importing.map((file) => path.relative(HERE, file)).sort()).toEqual(own);
  });

  test('is this list, no more and no less, and has types for each', () => {
    const imported = ['kafkajs.ts', 'kafkajs.fixture.ts'].flatMap((name) =>
      findImports(path.join(HERE, name)),
    );
    const types = readFileSync(path.join(HERE, 'kafkajs.d.ts'), 'utf8');
    const declared = [...types.matchAll(/declare module '([^']+)'/g)].map(([, module]) => module);
    expect([...new Set(imported)].sort()).toEqual(Object.keys(INTERNALS).sort());
    expect(declared.sort()).toEqual(Object.keys(INTERNALS).sort());
  });

  test('includes properties of what its classes make', () => {
    const options = { brokers: ['127.0.0.1:1'], clientId: 'test', connectionTimeout: 1, requestTimeout: 1 };
    const rest = { authenticationTimeout: 1, metadataMaxAge: 1, allowAutoTopicCreation: false };
    const cluster = newCluster({
      ...options,
      ...rest,
      retry: { retries: 0, initialRetryTime: 1, maxRetryTime: 1 },
    });
    for (const method of METHODS_OF_CLUSTER) expect(cluster).toHaveProperty(method);

    const Broker = require('kafkajs/src/broker/index.js') as { prototype: object };
    for (const method of METHODS_OF_BROKER) expect(Broker.prototype).toHaveProperty(method);
    const brokers = readFileSync(require.resolve('kafkajs/src/broker/index.js'), 'utf8');
    expect(brokers, 'a broker keeps its connections as connectionPool, and its number as nodeId').toMatch(
      /this\.connectionPool = [\s\S]*this\.nodeId = /,
    );

    const ConnectionPool = require('kafkajs/src/network/connectionPool.js') as { prototype: object };
    expect(ConnectionPool.prototype).toHaveProperty('send');
    const pools = readFileSync(require.resolve('kafkajs/src/network/connectionPool.js'), 'utf8');
    expect(pools, 'a pool has two connections, the second for fetches').toMatch(
      /this\.pool = new Array\(2\)/,
    );
    expect(pools).toMatch(/\[apiKeys\.Fetch\]: 1/);

    const queue = readFileSync(require.resolve('kafkajs/src/network/requestQueue/index.js'), 'utf8');
    for (const field of ['pending', 'throttledUntil', 'throttleCheckTimeoutId'])
      expect(queue, `the queue of requests has ${field}, which kafkajs.ts reads`).toContain(
        `this.${field} = `,
      );
  });
});
