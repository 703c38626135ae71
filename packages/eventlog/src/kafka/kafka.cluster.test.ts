import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type RunningEngine, startEngine } from '@footfall/engines/engine';
import { freePortPair } from '@footfall/engines/port';
import '@footfall/testkit/provided-context';
import { inject } from 'vitest';
import { eventLogContract, type LogUnderTest } from '../event-log.contract.ts';
import { prepareEventLog } from '../open.ts';
import { SESSION_MS } from './consume/member.ts';
import { dropTopics, freshUrl } from './installation.fixture.ts';

/** A broker that no other test uses. */
async function ownBroker() {
  const dir = await mkdtemp(path.join(tmpdir(), 'footfall-own-kafka-'));
  const options = { name: 'kafka', port: await freePortPair(), dir } as const;
  let broker: RunningEngine = await startEngine(options);
  const outage = async () => {
    await broker.stop();
    return async () => {
      broker = await startEngine(options);
    };
  };
  const drop = async () => {
    await broker.stop();
    await rm(dir, { recursive: true, force: true });
  };
  return { url: broker.url, outage, drop, broker: () => broker };
}

async function makeLog({ ownEngine }: { ownEngine: boolean }): Promise<LogUnderTest> {
  const leaseMs = SESSION_MS;
  if (ownEngine) {
    const { url, outage, drop } = await ownBroker();
    const own = freshUrl(url);
    await prepareEventLog(own);
    return { url: own, leaseMs, outage, drop };
  }
  const url = freshUrl(inject('kafkaUrl'));
  await prepareEventLog(url);
  return { url, leaseMs, drop: () => dropTopics(url) };
}

eventLogContract('kafka', makeLog);
