import { afterEach, expect, test } from 'vitest';
import { Quota } from './quota.ts';

let open: Quota[] = [];
afterEach(async () => {
  await Promise.all(open.map((quota) => quota.stop()));
  open = [];
});

function metered() {
  const board = new Map<string, number>();
  let isAway = false;
  let now = Date.parse('2026-01-31T23:59:00Z');
  const asked: string[] = [];
  const present = () => {
    if (isAway) throw new Error('away');
  };
  const quota = () => {
    const made = new Quota(
      {
        add: async (used) => {
          present();
          return used.map(({ tenantId, month, events }) => {
            const sum = (board.get(`${tenantId} ${month}`) ?? 0) + events;
            board.set(`${tenantId} ${month}`, sum);
            return { tenantId, month, events: sum };
          });
        },
        read: async (tenantId, month) => {
          asked.push(month);
          present();
          return board.get(`${tenantId} ${month}`) ?? 0;
        },
      },
      () => now,
    );
    open.push(made);
    return made;
  };
  return { board, asked, quota, away: (away: boolean) => (isAway = away), pass: (ms: number) => (now += ms) };
}

test('takes as many as there is room for, exactly, also when they come at once', async () => {
  const { quota, board, asked } = metered();
  board.set('t 2026-01', 90);
  const meter = quota();
  const taken = await Promise.all(Array.from({ length: 8 }, () => meter.take('t', 3, 100)));
  expect(taken).toEqual([3, 3, 3, 1, 0, 0, 0, 0]);
  expect(asked).toEqual(['2026-01']);
  await meter.tell();
  expect(board.get('t 2026-01')).toBe(100);
});

test('what was given back can be taken again', async () => {
  const { quota } = metered();
  const meter = quota();
  await meter.take('t', 10, 10);
  meter.giveBack('t', 4);
  expect(await meter.take('t', 10, 10)).toBe(4);
});

test('collectors know of each other within a tell', async () => {
  const { quota } = metered();
  const [one, other] = [quota(), quota()];
  await one.take('t', 60, 100);
  await one.tell();
  await other.take('t', 30, 100);
  await other.tell();
  await one.take('t', 1, 100);
  await one.tell();
  expect(await one.take('t', 100, 100)).toBe(9);
});

test('a new month begins at nothing', async () => {
  const { quota, pass, board } = metered();
  const meter = quota();
  await meter.take('t', 10, 10);
  await meter.tell();
  pass(120_000);
  expect(await meter.take('t', 3, 10)).toBe(3);
  await meter.tell();
  expect([...board]).toEqual([
    ['t 2026-01', 10],
    ['t 2026-02', 3],
  ]);
});

test('while the board is away: who is known has a limit, who is not is let in, and all is told later', async () => {
  const { quota, away, board, pass } = metered();
  const meter = quota();
  await meter.take('known', 5, 10);
  away(true);
  expect(await meter.take('known', 9, 10)).toBe(5);
  expect(await meter.take('new', 50, 10)).toBe(50);
  await meter.tell();
  away(false);
  pass(10_000);
  expect(await meter.take('new', 1, 10)).toBe(0);
  await meter.tell();
  expect([...board].sort()).toEqual([
    ['known 2026-01', 10],
    ['new 2026-01', 50],
  ]);
});

test('room that the ledger makes (bots are free) is heard of, also by who has none left', async () => {
  const { quota, board } = metered();
  const meter = quota();
  expect(await meter.take('t', 20, 10)).toBe(10);
  await meter.tell();
  expect(await meter.take('t', 1, 10)).toBe(0);
  board.set('t 2026-01', 4);
  await meter.tell();
  expect(await meter.take('t', 20, 10)).toBe(6);
});

test('a tenant without a limit is counted, too: its next plan may have one', async () => {
  const { quota, board, asked } = metered();
  const meter = quota();
  expect(await meter.take('t', 500, null)).toBe(500);
  await meter.tell();
  expect([board.get('t 2026-01'), asked]).toEqual([500, []]);
});
