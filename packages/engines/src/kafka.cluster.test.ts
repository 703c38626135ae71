import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findEngine } from '@footfall/testkit/engines';
import '@footfall/testkit/provided-context';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { engineIn, type RunningEngine, restartIn, startEngine } from './engine.ts';
import { KAFKA } from './kafka.ts';
import { freePortPair } from './port.ts';

let dir: string;
let broker: RunningEngine | undefined;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'footfall-broker-'));
});
afterAll(async () => {
  await engineIn(dir)?.kill();
  await rm(dir, { recursive: true });
});

test('a broker of its own serves, is killed, and serves again on the same port', {
  timeout: 180_000,
}, async () => {
  broker = await startEngine({ name: 'kafka', port: await freePortPair(), dir });
  const { port, pid, url } = broker;
  expect(url).toBe(`kafka://127.0.0.1:${port}`);
  expect(await KAFKA.isReady(port)).toBe(true);
  await expect(startEngine({ name: 'kafka', port, dir })).rejects.toMatchObject({ code: 'already_running' });

  await broker.kill();
  expect(engineIn(dir)).toBeUndefined();
  expect(await KAFKA.isReady(port)).toBe(false);

  const again = await restartIn(dir);
  expect(again).toMatchObject({ port, url });
  expect(again.pid).not.toBe(pid);
  expect(await KAFKA.isReady(port)).toBe(true);
  await again.stop();
  expect(engineIn(dir)).toBeUndefined();
});

test('an engine that ends while it starts says so with the end of its log', async () => {
  const elsewhere = path.join(dir, 'too-small');
  const start = startEngine({ name: 'kafka', port: await freePortPair(), dir: elsewhere, heap: '1k' });
  await expect(start).rejects.toMatchObject({
    code: 'engine_failed',
    message: expect.stringMatching(/ended while it was starting; .*too-small.*\n.*heap/s),
  });
});

test('a port that is taken is named before anything is started', async () => {
  const elsewhere = path.join(dir, 'in-the-way');
  const port = Number(new URL(inject('kafkaUrl')).port);
  await expect(startEngine({ name: 'kafka', port, dir: elsewhere })).rejects.toMatchObject({
    code: 'port_in_use',
    message: `Kafka cannot listen on port ${port} of 127.0.0.1: it is in use`,
  });
});

test('the engines that this run shares are found from the processes of its tests', () => {
  expect(findEngine('kafka')).toMatchObject({ url: inject('kafkaUrl') });
  expect(findEngine('cassandra')).toMatchObject({ url: inject('cassandraUrl') });
  expect(findEngine('elasticsearch')).toMatchObject({ url: inject('elasticsearchUrl') });
  for (const name of ['kafka', 'cassandra', 'elasticsearch'] as const)
    expect(findEngine(name).isRunning()).toBe(true);
});
