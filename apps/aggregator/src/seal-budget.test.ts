import type { SealUse } from '@footfall/db/count/seal-use';
import { expect, test } from 'vitest';
import { BUDGET, createSealBudget, type SealUseStore } from './seal-budget.ts';
import { NO_SEAL_USE } from './seal-use.fixture.ts';

const DAY = 86_400_000;
const month = { siteId: 's', month: '2020-01' };

/** How often months are sealed in a stretch of time in which each changes every second. */
function runsIn(
  ms: number,
  { months, tookMs, from = 0 }: { months: number; tookMs: number; from?: number },
): { runs: number; workMs: number } {
  const budget = createSealBudget(NO_SEAL_USE);
  let [now, runs] = [from, 0];
  while (now < from + ms) {
    for (let n = 0; n < months; n++) {
      const one = { siteId: 's', month: `m${n}` };
      if (!budget.isDue(one, now)) continue;
      void budget.ran(one, { began: now, ended: now + tookMs });
      now += tookMs;
      runs += 1;
    }
    now += 5_000;
  }
  return { runs, workMs: runs * tookMs };
}

test('the first run of a month on a day is free: many months of an import are due one after the other', () => {
  const budget = createSealBudget(NO_SEAL_USE);
  for (let n = 0; n < 120; n++) {
    const one = { siteId: 's', month: `m${n}` };
    expect(budget.isDue(one, n * 2_000)).toBe(true);
    void budget.ran(one, { began: n * 2_000, ended: n * 2_000 + 2_000 });
  }
});

test('a month that comes again rests three times as long as it took, a second at least, and doubles when it comes often', () => {
  const budget = createSealBudget(NO_SEAL_USE);
  void budget.ran(month, { began: 0, ended: 2_000 });
  expect([budget.isDue(month, 7_999), budget.isDue(month, 8_000)]).toEqual([false, true]);
  const often = createSealBudget(NO_SEAL_USE);
  const rests: number[] = [];
  let now = 0;
  for (let run = 0; run < 18; run++) {
    often.ran(month, { began: now, ended: now });
    const since = now;
    while (!often.isDue(month, now)) now += 500;
    rests.push((now - since) / 1_000);
  }
  expect(rests).toEqual([1, 1, 1, 1, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
});

test('whatever is sent, a site costs a bounded part of a day: the first run of each month, its budget, and a fiftieth of the time', () => {
  const attack = runsIn(DAY, { months: 120, tookMs: 1_400 });
  const firsts = 120 * 1_400;
  expect(attack.workMs).toBeLessThan(firsts + BUDGET.workMs + DAY / 50 + 60_000);
  // One month, all the time: a hundred and some runs, not 17,280.
  expect(runsIn(DAY, { months: 1, tookMs: 20 }).runs).toBeLessThan(120);
});

test('one site holds back no other, and the next day begins anew', () => {
  const budget = createSealBudget(NO_SEAL_USE);
  for (let run = 0; run < 10; run++) budget.ran(month, { began: 0, ended: 300_000 });
  expect(budget.isDue(month, 600_000)).toBe(false);
  expect(budget.isDue({ siteId: 'other', month: '2020-01' }, 600_000)).toBe(true);
  expect(budget.isDue(month, DAY)).toBe(true);
});

test('two aggregators share the budget, and one that is started again has no other', async () => {
  const told: SealUse[] = [];
  const store: SealUseStore = {
    add: async (use) => void told.push(use),
    // As the table has it: the sum of the day.
    read: async (siteIds, day) => {
      const own = told.filter((use) => use.day === day && siteIds.includes(use.siteId));
      const last = own.at(-1);
      if (last === undefined) return [];
      const months = Object.assign({}, ...own.map((use) => use.months)) as SealUse['months'];
      return [{ ...last, months, workMs: own.reduce((sum, { workMs }) => sum + workMs, 0) }];
    },
  };
  const first = createSealBudget(store);
  let now = DAY;
  for (let run = 0; run < 3; run += 1) {
    await first.ran(month, { began: now, ended: now + 60_000 });
    now += 60_000;
  }
  const other = createSealBudget(store);
  expect(other.isDue(month, now)).toBe(true);
  await other.refresh(['s'], now);
  expect(other.isDue(month, now)).toBe(false);
  expect(other.isDue({ siteId: 's', month: 'never sealed' }, now)).toBe(true);
  // Seven of the day's ten minutes are left to it, not ten.
  for (let run = 0; run < 9; run += 1) {
    await other.ran(month, { began: now, ended: now + 60_000 });
    now += 60_000;
  }
  expect(told.at(-1)?.dueAt).toBe(now + 49 * 60_000);
  await first.refresh(['s'], now);
  expect(first.isDue(month, now + 48 * 60_000)).toBe(false);
});

test('what others could not be told of stands', async () => {
  const forgets: SealUseStore = {
    add: async () => undefined,
    read: async (_, day) => [
      { siteId: 's', day, workMs: 1, dueAt: 0, months: { '2020-01': { runs: 1, dueAt: 0 } } },
    ],
  };
  const budget = createSealBudget(forgets);
  for (let run = 0; run < 2; run += 1) await budget.ran(month, { began: DAY, ended: DAY + 60_000 });
  await budget.refresh(['s'], DAY + 60_000);
  expect([4, 2].map((minutes) => budget.isDue(month, DAY + minutes * 60_000))).toEqual([true, false]);
});
