import type { SpoolLine } from '@footfall/db/count/spool-backlog';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type BacklogStore, Publisher } from './publisher.ts';
import { record } from './records.fixture.ts';
import { drained, openSpool } from './spool.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const DAY = '2026-01-07';
const of = (siteId: string, day = DAY) => record({ tally: { siteId, day } });

/** A board in memory, which can be taken away. */
function board() {
  const lines = new Map<string, number>();
  const state: { published: number; oldest: number | null; away: boolean } = {
    published: 0,
    oldest: null,
    away: false,
  };
  const there = () => {
    if (state.away) throw new Error('the database is away');
  };
  const all: BacklogStore = {
    publish: async ({ oldestReceivedAt }, said: readonly SpoolLine[]) => {
      there();
      state.published += 1;
      state.oldest = oldestReceivedAt;
      for (const { siteId, day, count } of said) {
        if (count === 0) lines.delete(`${siteId} ${day}`);
        else lines.set(`${siteId} ${day}`, count);
      }
    },
    clearLines: async () => {
      there();
      lines.clear();
    },
    forget: async () => {
      there();
      lines.clear();
      state.oldest = null;
    },
  };
  return { board: all, state, counts: () => Object.fromEntries(lines) };
}

async function makePublisher(made = board()) {
  const { spool } = await openSpool();
  const publisher = new Publisher({ board: made.board, spool, identity: { id: 'a', place: 'host:/spool' } });
  return { ...made, spool, publisher };
}

/** Lets what was begun finish, without a second passing. */
const settled = () => vi.advanceTimersByTimeAsync(0);

test('says at once that a spool is filled, then every second what has changed, then that it is empty', async () => {
  const { spool, publisher, counts, state } = await makePublisher();
  const first = of('s');
  await spool.append([first, of('t')]);
  publisher.begin();
  await settled();
  expect([counts(), state.oldest]).toEqual([{ [`s ${DAY}`]: 1, [`t ${DAY}`]: 1 }, first.receivedAt]);
  await spool.append([of('s')]);
  publisher.begin();
  await settled();
  expect(counts()).toMatchObject({ [`s ${DAY}`]: 1 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(counts()).toMatchObject({ [`s ${DAY}`]: 2 });
  await drained(spool);
  publisher.emptied();
  await settled();
  expect([counts(), state.oldest]).toEqual([{}, null]);
  await publisher.stop();
});

test('is silent while the spool is empty, and speaks again when it is filled', async () => {
  const { spool, publisher, counts, state } = await makePublisher();
  await spool.append([of('s')]);
  publisher.begin();
  await settled();
  await drained(spool);
  publisher.emptied();
  await settled();
  const before = state.published;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(state.published).toBe(before);
  await spool.append([of('s')]);
  publisher.begin();
  await settled();
  expect(counts()).toEqual({ [`s ${DAY}`]: 1 });
  await publisher.stop();
});

test('what is withdrawn is gone from the board before the batch may go on', async () => {
  const { spool, publisher, counts, state } = await makePublisher();
  const oldest = of('s');
  await spool.append([oldest, of('s'), of('t')]);
  publisher.begin();
  await settled();
  const batch = await spool.next();
  spool.backlog.withdraw(batch?.summaries ?? []);
  expect(await publisher.withdraw(batch?.summaries.flatMap(({ tally }) => tally) ?? [])).toBe(true);
  expect([counts(), state.oldest]).toEqual([{}, oldest.receivedAt]);
  await publisher.stop();
});

test('what an earlier process has said is replaced before anything is withdrawn', async () => {
  const made = board();
  await made.board.publish({ id: 'a', place: '', records: 9, bytes: 9, oldestReceivedAt: 1 }, [
    { siteId: 's', day: DAY, count: 7 },
    { siteId: 'gone', day: DAY, count: 2 },
  ]);
  const { spool, publisher, counts } = await makePublisher(made);
  await spool.append([of('s'), of('t')]);
  await publisher.withdraw([]);
  expect(counts()).toEqual({ [`s ${DAY}`]: 1, [`t ${DAY}`]: 1 });
  await publisher.stop();
});

test('while the board is away nothing waits for it, and when it is back it is told everything', async () => {
  const { spool, publisher, counts, state } = await makePublisher();
  await spool.append([of('s')]);
  publisher.begin();
  await settled();
  state.away = true;
  await spool.append([of('s'), of('t')]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await publisher.withdraw([{ siteId: 's', day: DAY }])).toBe(false);
  expect(counts()).toEqual({ [`s ${DAY}`]: 1 });
  state.away = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(counts()).toEqual({ [`s ${DAY}`]: 2, [`t ${DAY}`]: 1 });
  await publisher.stop();
});

test('a board that hangs holds a batch up for no longer than a second', async () => {
  const made = board();
  const { spool, publisher } = await makePublisher({
    ...made,
    board: { ...made.board, clearLines: () => new Promise(() => undefined) },
  });
  await spool.append([of('s')]);
  const withdrawn = publisher.withdraw([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await withdrawn).toBe(false);
});

test('the last word is how it is: an empty spool is not left on the board, and a full one is', async () => {
  const { spool, publisher, counts } = await makePublisher();
  await spool.append([of('s')]);
  publisher.begin();
  await settled();
  await spool.append([of('s')]);
  await publisher.stop();
  expect(counts()).toEqual({ [`s ${DAY}`]: 2 });
  const other = await makePublisher();
  await other.spool.append([of('s')]);
  other.publisher.begin();
  await settled();
  await drained(other.spool);
  other.publisher.emptied();
  await other.publisher.stop();
  expect(other.counts()).toEqual({});
});

test('a spool that is empty from the beginning takes back what an earlier process said, as soon as the board is there', async () => {
  const made = board();
  const said = { id: 'a', place: '', records: 1, bytes: 9, oldestReceivedAt: 1 };
  await made.board.publish(said, [{ siteId: 's', day: DAY, count: 1 }]);
  made.state.away = true;
  const { publisher, counts, state } = await makePublisher(made);
  publisher.begin();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(counts()).toEqual({ [`s ${DAY}`]: 1 });
  state.away = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect([counts(), state.oldest]).toEqual([{}, null]);
  await publisher.stop();
});

test('very many sites are said some thousand at a time, and then less often', async () => {
  const { spool, publisher, counts, state } = await makePublisher();
  const slow = state;
  await spool.append(Array.from({ length: 12_000 }, (_, site) => of(`s${site}`)));
  publisher.begin();
  await settled();
  expect([Object.keys(counts()).length, slow.published]).toEqual([12_000, 3]);
  await publisher.stop();
});
