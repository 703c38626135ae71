import type { StoredEvent } from '@footfall/core/stored-event';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { MOST_EVENTS_OF_VISITOR_DAY } from '@footfall/core/visitor-day';
import type { DeferredFold } from '@footfall/db/count/deferred-fold';
import { expect, test } from 'vitest';
import { createDeferredFolding, type DeferredPorts } from './fold-deferred.ts';
import { FEW_EVENTS, type FoldPorts, foldTouched } from './fold-touched.ts';

const NOON = Date.parse('2026-05-04T12:00:00Z');
const SITE = { timezone: 'Etc/UTC', generation: 1, nextTimezone: null, nextGeneration: null };

/** What each read of the whole of a visitor-day costs here, milliseconds. */
const FOLD_MS = 2_000;

/** Stores in memory whose clock goes on with each fold of many events, and what was read of them. */
function workshop() {
  let now = NOON;
  const events = new Map<string, StoredEvent[]>();
  const waiting = new Map<string, DeferredFold>();
  const facts = new Map<string, number>();
  let read = 0;
  const folds: string[] = [];
  const touched: string[] = [];
  const bounded: string[] = [];
  const ports: FoldPorts & DeferredPorts = {
    store: {
      readVisitors: async (keys, most = Number.POSITIVE_INFINITY) =>
        keys.map(({ siteId, visitor }) => {
          const found = (events.get(`${siteId} ${visitor}`) ?? []).slice(0, most);
          read += found.length;
          if (most > FEW_EVENTS + 1) {
            folds.push(siteId);
            now += FOLD_MS;
          }
          return found;
        }),
    },
    reports: {
      replaceVisitorDays: async (days) => {
        for (const one of days) facts.set(`${one.siteId} ${one.visitor}`, one.facts.length);
        return [];
      },
      touchDays: async (days) => {
        for (const { siteId } of days) touched.push(siteId);
      },
    },
    siteOf: async () => SITE,
    onRefused: () => undefined,
    reopen: async () => undefined,
    defer: async (folds) => {
      for (const fold of folds) waiting.set(`${fold.siteId} ${fold.visitor}`, fold);
    },
    claim: async (resting) =>
      [...waiting.values()]
        .filter(({ siteId }) => !resting.includes(siteId))
        .sort((a, b) => a.receivedAt - b.receivedAt)[0] ?? null,
    finish: async ({ siteId, visitor }) => void waiting.delete(`${siteId} ${visitor}`),
    limits: { add: async (siteId, { day, kind }) => void bounded.push(`${siteId} ${day} ${kind}`) },
  };
  const deferred = createDeferredFolding(ports, () => now);
  let sent = 0;
  const send = async (siteId: string, visitor: string, count: number) => {
    const own = events.get(`${siteId} ${visitor}`) ?? [];
    for (let n = 0; n < count; n++) {
      sent += 1;
      own.push(storedEvent({ id: `e${sent}`, siteId, visitor, occurredAt: NOON + sent, receivedAt: now }));
    }
    events.set(`${siteId} ${visitor}`, own);
    const value = JSON.stringify({ siteId, day: '2026-05-04', zone: 'Etc/UTC', visitor });
    const records = [{ offset: sent, index: 0, value, receivedAt: now }];
    await foldTouched({ topic: 'touched', stream: 'touched', partition: 0, records }, ports, {
      stillOwned: () => true,
      now,
    });
  };
  const pass = async (ms: number) => {
    now += ms;
    await deferred.step();
  };
  return { send, pass, facts, folds, touched, waiting, bounded, readEvents: () => read };
}

test('one more event of a visitor with many is not one more fold: they are gathered, and the last is counted', async () => {
  const { send, pass, facts, folds, readEvents } = workshop();
  await send('s', 'v', 15_000);
  await pass(0);
  const before = readEvents();
  for (let n = 0; n < 1_000; n++) {
    await send('s', 'v', 1);
    await pass(100);
  }
  await pass(60_000);
  expect(facts.get('s v')).toBe(16_000);
  // A thousand folds before, of 15,000 events each; now one a rest of 6 s and its own 2 s, in 100 s and some.
  expect(folds.length).toBeLessThan(60);
  expect(readEvents() - before).toBeLessThan(1_000 * (FEW_EVENTS + 1) + 60 * 16_000);
});

test('a site with many such visitors holds up no other', async () => {
  const { send, pass, folds } = workshop();
  for (let n = 0; n < 50; n++) await send('attacked', `v${n}`, FEW_EVENTS + 1);
  await send('neighbour', 'v', FEW_EVENTS + 1);
  await pass(0);
  expect(folds).toEqual(['attacked', 'neighbour']);
  await send('small', 'v', 3);
  expect(folds).toEqual(['attacked', 'neighbour']);
});

test('visitors with few events are folded at once, while others wait', async () => {
  const { send, facts, folds } = workshop();
  await send('s', 'heavy', FEW_EVENTS + 1);
  await send('s', 'few', FEW_EVENTS);
  expect([...facts]).toEqual([['s few', FEW_EVENTS]]);
  expect(folds).toEqual([]);
});

test('a visitor-day has a bound: what comes after it costs reports nothing', async () => {
  const { send, pass, facts, bounded } = workshop();
  await send('t', 'v', MOST_EVENTS_OF_VISITOR_DAY - 1);
  await send('s', 'v', MOST_EVENTS_OF_VISITOR_DAY + 500);
  await pass(0);
  expect(bounded).toEqual(['s 2026-05-04 visitor_days']);
  expect(facts.get('s v')).toBe(MOST_EVENTS_OF_VISITOR_DAY);
});

test('a day that is over by then is sealed as a whole instead', async () => {
  const { send, pass, touched, folds, waiting } = workshop();
  await send('s', 'v', FEW_EVENTS + 1);
  await pass(15 * 3_600_000);
  expect([touched, folds, waiting.size]).toEqual([['s'], [], 0]);
});
