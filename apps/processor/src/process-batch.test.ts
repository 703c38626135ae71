import { NONE } from '@footfall/core/dimension';
import type { RawEvent } from '@footfall/core/raw-event';
import { expect, test } from 'vitest';
import { processBatch } from './process-batch.ts';

const AT = Date.parse('2026-01-07T12:00:00Z');
const AGENT = {
  device: NONE,
  browser: NONE,
  browserVersion: NONE,
  os: NONE,
  osVersion: NONE,
  bot: false,
  botKind: NONE,
};

/** A look-up that costs what somebody has made it cost. */
function costlyAgent(): typeof AGENT {
  const until = performance.now() + 2;
  while (performance.now() < until);
  return AGENT;
}

function event(n: number): RawEvent {
  const when = { occurredAt: AT, receivedAt: AT };
  return {
    id: `e${n}`,
    siteId: 's',
    visitor: 'v',
    name: 'pageview',
    url: 'https://a.example/',
    userAgent: `a${n}`,
    ...when,
  };
}

test('however long its events take, a batch lets others have the event loop: leases are kept, health is told', async () => {
  const records = Array.from({ length: 100 }, (_, n) => ({
    value: JSON.stringify(event(n)),
    receivedAt: AT,
    offset: n,
    index: 0,
  }));
  let [turns, isDone] = [0, false];
  const look = () => {
    turns += 1;
    if (!isDone) setImmediate(look);
  };
  setImmediate(look);
  await processBatch(
    { topic: 'events', stream: 'events', partition: 0, records },
    {
      log: { append: async () => undefined },
      store: { put: async (events) => events.map(() => 'stored' as const) },
      lookups: {
        agent: costlyAgent,
        place: () => ({ country: NONE, region: NONE, city: NONE }),
        host: () => undefined,
        app: () => undefined,
        campaign: () => undefined,
        isSpam: () => false,
      },
      findSite: async () => ({ zone: 'UTC', domains: [] }),
      isDeleted: async () => false,
      applyLedger: async () => undefined,
      onPoison: () => undefined,
    },
  );
  isDone = true;
  expect(turns).toBeGreaterThan(10);
});
