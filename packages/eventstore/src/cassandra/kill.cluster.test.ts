import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '@footfall/core/failure';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { type RunningEngine, restartIn, startEngine } from '@footfall/engines/engine';
import { freePortPair } from '@footfall/engines/port';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventStore, EventToPut, PutOutcome } from '../event-store.ts';
import { openEventStore } from '../open.ts';
import { freshKeyspace } from './keyspace.fixture.ts';

const DAY = { from: 0, to: 86_400_000 };

let dir: string;
let engine: RunningEngine;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'footfall-cassandra-'));
  engine = await startEngine({ name: 'cassandra', port: await freePortPair(), dir, heap: '768m' });
});
afterAll(async () => {
  await engine.kill();
  await rm(dir, { recursive: true, force: true });
});

const put = (n: number, writer: number): EventToPut => ({
  // Two writers have each id, so both claims and events are cut off in every state.
  event: storedEvent({
    siteId: 'killed',
    id: `e${n}`,
    visitor: `v${n % 300}`,
    occurredAt: n,
    title: `${writer}`,
  }),
  origin: `log/${writer}/${n}`,
});

/** Puts until the engine does not answer; keeps what was acknowledged. */
async function putUntilGone(
  store: EventStore,
  writer: number,
  acknowledged: Map<string, PutOutcome>,
): Promise<void> {
  for (let begin = 0; ; begin += 50) {
    const some = Array.from({ length: 50 }, (_, n) => put(begin + n, writer));
    try {
      const outcomes = await store.put(some);
      for (const [n, { origin }] of some.entries()) acknowledged.set(origin, outcomes[n] as PutOutcome);
    } catch (error) {
      expect(error).toBeInstanceOf(Failure);
      expect(error).toMatchObject({ code: 'store_unavailable', retriable: true });
      return;
    }
  }
}

/** What a consumer of the log does: the same again after a pause, until it is taken. */
async function putAtLast(store: EventStore, events: readonly EventToPut[]): Promise<PutOutcome[]> {
  for (;;) {
    try {
      return await store.put(events);
    } catch (error) {
      expect(error).toMatchObject({ code: 'store_unavailable' });
      await pause(200);
    }
  }
}

test('a node that is killed loses nothing that was acknowledged, and the stores go on when it is back', async () => {
  const { url } = await freshKeyspace({ on: engine.url });
  const stores = [0, 1, 2, 3].map(() => openEventStore(url, { name: 'test' }));
  const acknowledged = new Map<string, PutOutcome>();
  const writing = stores.map((store, n) => putUntilGone(store, n % 2, acknowledged));
  await expect.poll(() => acknowledged.size, { timeout: 30_000 }).toBeGreaterThan(600);
  await engine.kill();
  await Promise.all(writing);
  await expect(stores[0]?.ping()).rejects.toMatchObject({ code: 'store_unavailable' });

  engine = await restartIn(dir);
  const [store] = stores as [EventStore];
  const stored = [...acknowledged].filter(([, outcome]) => outcome === 'stored').map(([origin]) => origin);
  expect(stored.length).toBeGreaterThan(300);
  const scan = async () => {
    const titles = new Map<string, string>();
    for await (const chunk of store.scanSite('killed', DAY))
      for (const { raw } of chunk) titles.set(raw.id, raw.title ?? '');
    return titles;
  };
  // The driver has lost its connections, and makes them anew while it is asked.
  let found = new Map<string, string>();
  const isBack = async () => {
    found = await scan();
    return true;
  };
  await expect.poll(() => isBack().catch(() => false), { timeout: 30_000 }).toBe(true);
  for (const origin of stored) {
    const [, writer, n] = origin.split('/');
    expect([origin, found.get(`e${n}`)]).toEqual([origin, writer]);
  }

  // All that was on its way comes again, from both places, and is told the same.
  const last = Math.max(...[...acknowledged.keys()].map((origin) => Number(origin.split('/')[2]))) + 51;
  const again = [0, 1].map((writer) => Array.from({ length: last }, (_, n) => put(n, writer)));
  const outcomes = await Promise.all(again.map((log, n) => putAtLast(stores[n] as EventStore, log)));
  for (const [writer, log] of again.entries()) {
    for (const [n, { origin }] of log.entries()) {
      const before = acknowledged.get(origin);
      if (before !== undefined) expect([origin, outcomes[writer]?.[n]]).toEqual([origin, before]);
      expect([origin, outcomes[0]?.[n] === 'stored']).toEqual([origin, outcomes[1]?.[n] === 'duplicate']);
    }
  }
  let count = 0;
  for await (const chunk of store.scanSite('killed', DAY)) count += chunk.length;
  expect(count).toBe(last);
  for (const one of stores) await one.close();
}, 300_000);
