import { expect, test } from 'vitest';
import { BUDGET, createSealBudget } from './seal-budget.ts';

const DAY = 86_400_000;
const month = { siteId: 's', month: '2020-01' };

/** How often months are sealed in a stretch of time in which each changes every second. */
function runsIn(
  ms: number,
  { months, tookMs, from = 0 }: { months: number; tookMs: number; from?: number },
): { runs: number; workMs: number } {
  const budget = createSealBudget();
  let [now, runs] = [from, 0];
  while (now < from + ms) {
    for (let n = 0; n < months; n++) {
      const one = { siteId: 's', month: `m${n}` };
      if (!budget.isDue(one, now)) continue;
      budget.ran(one, { began: now, ended: now + tookMs });
      now += tookMs;
      runs += 1;
    }
    now += 5_000;
  }
  return { runs, workMs: runs * tookMs };
}

test('the first run of a month on a day is free: many months of an import are due one after the other', () => {
  const budget = createSealBudget();
  for (let n = 0; n < 120; n++) {
    const one = { siteId: 's', month: `m${n}` };
    expect(budget.isDue(one, n * 2_000)).toBe(true);
    budget.ran(one, { began: n * 2_000, ended: n * 2_000 + 2_000 });
  }
});

test('a month that comes again rests three times as long as it took, a second at least, and doubles when it comes often', () => {
  const budget = createSealBudget();
  budget.ran(month, { began: 0, ended: 2_000 });
  expect([budget.isDue(month, 7_999), budget.isDue(month, 8_000)]).toEqual([false, true]);
  const often = createSealBudget();
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
  const budget = createSealBudget();
  for (let run = 0; run < 10; run++) budget.ran(month, { began: 0, ended: 300_000 });
  expect(budget.isDue(month, 600_000)).toBe(false);
  expect(budget.isDue({ siteId: 'other', month: '2020-01' }, 600_000)).toBe(true);
  expect(budget.isDue(month, DAY)).toBe(true);
});
