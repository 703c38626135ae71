import { expect, test } from 'vitest';
import { announce, canSeal, type Month, monthDocument, reopen, replaced, seal, touch } from './month.ts';

const DAY = '2026-03-29';
const KEY = { siteId: 's', generation: 1, month: '2026-03' };
const received = (receivedAt: number) => [{ day: DAY, receivedAt }];
const readDay = (month: Month) => month.days[DAY];
const sealedAt = (month: Month, version: number, now = 1) =>
  seal(month, [{ day: DAY, version, build: 'b' }], { now, scheme: 1 });

test('a day is known before its facts are written, and keeps what is known of it', () => {
  const known = announce(null, [DAY], KEY);
  expect(readDay(known)).toMatchObject({
    version: 0,
    sealedVersion: null,
    dirtySince: null,
    build: `open-1-${DAY}`,
  });
  const changed = replaced(known, received(5), KEY);
  expect(announce(changed, [DAY], KEY)).toEqual(changed);
});

test('replaced facts of an open day are missing nowhere; of one that is over they are', () => {
  const open = replaced(null, received(5), KEY);
  expect(readDay(open)).toMatchObject({ version: 1, dirtySince: null });
  const over = touch(open, received(7.9), KEY);
  expect(readDay(over)).toMatchObject({ version: 2, dirtySince: 7 });
  expect(readDay(replaced(over, received(3), KEY))).toMatchObject({ version: 3, dirtySince: 3 });
  expect(readDay(replaced(over, received(9), KEY))).toMatchObject({ version: 3, dirtySince: 7 });
});

test('several visitors of a day in one call count it up once, by the oldest receipt', () => {
  const changes = [...received(9), ...received(4), { day: '2026-03-30', receivedAt: 2 }];
  expect(readDay(touch(null, changes, KEY))).toMatchObject({ version: 1, dirtySince: 4 });
});

test('an open day that changed unnoticed cannot be sealed at an older version, one that is known to be behind can', () => {
  const open = replaced(replaced(null, received(5), KEY), received(6), KEY);
  expect(canSeal(open, [{ day: DAY, version: 1 }])).toBe(false);
  expect(canSeal(open, [{ day: DAY, version: 2 }])).toBe(true);
  expect(canSeal(open, [{ day: '2026-03-30', version: 1 }])).toBe(false);
  expect(canSeal(null, [{ day: DAY, version: 1 }])).toBe(false);
  expect(canSeal(touch(open, received(8), KEY), [{ day: DAY, version: 1 }])).toBe(true);
});

test('sealing forgets what was missing only when nothing came meanwhile', () => {
  const touched = touch(touch(null, received(5), KEY), received(7), KEY);
  expect(readDay(sealedAt(touched, 1))).toMatchObject({
    version: 2,
    sealedVersion: 1,
    dirtySince: 5,
    build: 'b',
  });
  expect(readDay(sealedAt(touched, 2))).toMatchObject({ version: 2, sealedVersion: 2, dirtySince: null });
});

test('what is looked for is what the days say', () => {
  const open = replaced(null, received(5), KEY);
  expect(monthDocument(KEY, open)).toMatchObject({ stale: DAY, openDays: [DAY], hasSealed: false });
  const sealed = sealedAt(open, 1, 77);
  const document = monthDocument(KEY, sealed);
  expect(document).toMatchObject({
    openDays: [],
    hasSealed: true,
    closedDays: [DAY],
    closedAt: 77,
    waiting: {},
  });
  expect(document).not.toHaveProperty('stale');
  // A second sealing closes nothing that was not closed before.
  expect(monthDocument(KEY, sealedAt(sealed, 1, 5_000))).toMatchObject({ closedAt: 77 });
});

test('a reopened day is open in a build of its own, and behind since before it began', () => {
  const sealed = sealedAt(replaced(null, received(5), KEY), 1);
  const opened = readDay(reopen(sealed, (day) => `again-${day}`, { now: 9 }));
  expect(opened).toMatchObject({ version: 2, sealedVersion: null, build: `again-${DAY}`, closedAt: null });
  expect(opened?.dirtySince).toBe(Date.parse(DAY) - 14 * 3_600_000);
});
