import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import {
  ask,
  DAY,
  newSite,
  readState,
  rolledUp,
  row,
  sealDay,
  splitPortions,
  totals,
  visitorDay,
} from '../contract.fixture.ts';
import { fact } from '../facts.fixture.ts';
import type { ReportStore } from '../report-store.ts';
import { parseAddress } from './address.ts';
import { connect } from './client.ts';
import { createPorts } from './elasticsearch-report-store.ts';
import { type FreshStore, freshStore } from './fresh-store.fixture.ts';
import { createScheme } from './schema/templates.ts';
import { sealDays } from './write/seal.ts';

const OTHER_DAY = '2026-03-30';

let fresh: FreshStore;
let store: ReportStore;
/** A process that looks when the lock of one that died has run out. */
let later: ReportStore;
beforeAll(async () => {
  fresh = await freshStore(inject('elasticsearchUrl'));
  store = fresh.open();
  later = fresh.open({ now: () => Date.now() + 120_000 });
});
afterAll(async () => {
  await store.close();
  await later.close();
  await fresh.drop();
});

const counted = (visitors: number) => [row([], { visitors, visits: visitors, events: visitors })];

/** Facts and roll-ups of a day, which must always agree. */
async function countVisitors(siteId: string, day = DAY): Promise<number> {
  const days = [{ from: day, to: day }];
  const rows = await ask(store, totals(siteId, { days }));
  const visitors = rows[0]?.counts.visitors ?? 0;
  expect(rows).toEqual(counted(visitors));
  expect(await ask(store, rolledUp(siteId, { days }))).toEqual(counted(visitors));
  return visitors;
}

/** A sealed day with one visitor and one that waits to be sealed, and its neighbour in the same month. */
async function changedSite(): Promise<{ siteId: string; version: number }> {
  const siteId = newSite();
  await store.replaceVisitorDays([visitorDay(siteId), visitorDay(siteId, { day: OTHER_DAY })]);
  for (const day of [DAY, OTHER_DAY]) await sealDay(store, await readState(store, siteId, day), [[fact()]]);
  await store.touchDays([{ siteId, generation: 1, day: DAY, receivedAt: 1 }]);
  return { siteId, version: (await readState(store, siteId)).version };
}

type When = 'before it is sent' | 'after it was answered';

/** Seals on a client that dies with its request of a number; false when it lived to the end. */
async function diesAt(
  request: number,
  when: When,
  { siteId, version }: { siteId: string; version: number },
): Promise<boolean> {
  const address = parseAddress(fresh.url);
  const client = connect(address, 'dying');
  const send = client.transport.request.bind(client.transport);
  let sent = 0;
  client.transport.request = (async (...given: Parameters<typeof send>) => {
    sent += 1;
    if (sent > request || (sent === request && when === 'before it is sent')) throw new Error('died');
    const answer = await send(...given);
    if (sent === request) throw new Error('died');
    return answer;
  }) as typeof client.transport.request;
  const sealing = { siteId, generation: 1, month: DAY.slice(0, 7), days: [{ day: DAY, version }] };
  const facts = splitPortions([1, 2].map(() => ({ day: DAY, facts: [fact()] })));
  try {
    return !(await sealDays(createPorts(client, createScheme(address)), sealing, {
      facts,
      noted: async () => undefined,
    }));
  } catch (error) {
    expect(String(error)).toContain('died');
    return true;
  } finally {
    await client.close();
  }
}

describe.each<When>(['before it is sent', 'after it was answered'])(
  'a sealer that dies with any of its requests, %s',
  (when) => {
    test('leaves what was there or what it sealed, and another can go on', async () => {
      const seen: number[] = [];
      for (let request = 1; ; request++) {
        const site = await changedSite();
        const died = await diesAt(request, when, site);
        const state = await readState(store, site.siteId);
        const visitors = await countVisitors(site.siteId);
        const isSealed = state.sealedVersion === site.version;
        expect(visitors, String(request)).toBe(isSealed ? 2 : 1);
        expect(state).toMatchObject({ version: site.version, dirtySince: isSealed ? null : 1 });
        expect(await countVisitors(site.siteId, OTHER_DAY)).toBe(1);
        expect(await sealDay(later, state, [[fact()], [fact()], [fact()]])).toBe(true);
        expect(await countVisitors(site.siteId)).toBe(3);
        seen.push(visitors);
        if (!died) break;
      }
      // Several deaths were tried, and the last of all lived.
      expect(seen.length).toBeGreaterThan(5);
      expect(seen.at(-1)).toBe(2);
    }, 120_000);
  },
);

test('while a sealer lives nobody else seals its month; its lock is kept for as long as it works', async () => {
  const { siteId, version } = await changedSite();
  const slow = fresh.open({ sealerMs: 600 });
  const { promise: waiting, resolve: end } = Promise.withResolvers<void>();
  async function* facts() {
    yield [{ day: DAY, facts: [fact()] }];
    await waiting;
    yield [{ day: DAY, facts: [fact()] }];
  }
  const sealing = { siteId, generation: 1, month: DAY.slice(0, 7), days: [{ day: DAY, version }] };
  const work = slow.sealDays(sealing, facts());
  // Longer than the lock lasts if it is not kept.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(await sealDay(store, { siteId, generation: 1, day: OTHER_DAY, version: 1 }, [])).toBe(false);
  end();
  expect(await work).toBe(true);
  expect(await countVisitors(siteId)).toBe(2);
  await slow.close();
});

test('a sealer that lost its month to another changes nothing', async () => {
  const { siteId, version } = await changedSite();
  const lost = fresh.open();
  async function* facts() {
    yield [{ day: DAY, facts: [fact()] }];
    // To this one the first has been silent for too long.
    expect(
      await sealDay(later, { siteId, generation: 1, day: DAY, version }, [[fact()], [fact()], [fact()]]),
    ).toBe(true);
  }
  const sealing = { siteId, generation: 1, month: DAY.slice(0, 7), days: [{ day: DAY, version }] };
  expect(await lost.sealDays(sealing, facts())).toBe(false);
  expect(await countVisitors(siteId)).toBe(3);
  await lost.close();
});

test('a sealer that lost its month to one that still works on it changes nothing either', async () => {
  const { siteId, version } = await changedSite();
  const lost = fresh.open();
  const days = [{ day: DAY, version }];
  const sealing = { siteId, generation: 1, month: DAY.slice(0, 7), days };
  const { promise: waiting, resolve: end } = Promise.withResolvers<void>();
  const { promise: isTaken, resolve: taken } = Promise.withResolvers<void>();
  async function* slowly() {
    taken();
    await waiting;
    yield [1, 2, 3].map(() => ({ day: DAY, facts: [fact()] }));
  }
  let second: Promise<boolean> | undefined;
  async function* facts() {
    yield [{ day: DAY, facts: [fact()] }];
    second = later.sealDays(sealing, slowly());
    await isTaken;
  }
  expect(await lost.sealDays(sealing, facts())).toBe(false);
  expect(await countVisitors(siteId)).toBe(1);
  end();
  expect(await second).toBe(true);
  expect(await countVisitors(siteId)).toBe(3);
  await lost.close();
});

test('a month is free whose sealer died while its clock was a day ahead', async () => {
  const { siteId, version } = await changedSite();
  const ahead = fresh.open({ now: () => Date.now() + 24 * 3_600_000 });
  const days = [{ day: DAY, version }];
  const began = Promise.withResolvers<void>();
  const killed = Promise.withResolvers<never>();
  async function* hanging() {
    yield [{ day: DAY, facts: [fact()] }];
    began.resolve();
    await killed.promise;
  }
  // Until it is killed it is as if it had been: its lock says that it works until tomorrow.
  const hung = ahead.sealDays({ siteId, generation: 1, month: '2026-03', days }, hanging());
  await began.promise;
  expect(await sealDay(store, { siteId, generation: 1, day: DAY, version }, [[fact()], [fact()]])).toBe(true);
  expect(await countVisitors(siteId)).toBe(2);
  killed.reject(new Error('killed'));
  await expect(hung).rejects.toThrow('killed');
  expect(await countVisitors(siteId)).toBe(2);
  await ahead.close();
});
