import fc from 'fast-check';
import { expect, test } from 'vitest';
import { record } from './records.fixture.ts';
import { SpoolShare } from './spool-share.ts';

const MINUTE = 60_000;
const of = (siteId: string, size = 100) => [
  { ...record(), value: 'x'.repeat(size), tally: { siteId, day: '2026-01-31' } },
];

/** A spool of so many bytes, whose records are as large as their values. */
function room(maxBytes: number) {
  const time = { now: 0 };
  const share = new SpoolShare(() => time.now);
  let bytes = 0;
  const send = (siteId: string, size = 100): boolean => {
    const records = of(siteId, size);
    share.note(records);
    if (bytes + size > maxBytes || !share.allows(records, { bytes, maxBytes })) return false;
    bytes += size;
    share.take(records);
    return true;
  };
  const flood = (siteId: string) => {
    let count = 0;
    while (send(siteId)) count += 1;
    return count;
  };
  const drain = () => {
    bytes = 0;
    share.clear();
  };
  return { time, share, send, flood, drain };
}

test('a site that is alone has all of it', () => {
  expect(room(10_000).flood('a')).toBe(100);
});

test('a flood leaves half of it to others, who have sent before it began', () => {
  const { share, send, flood } = room(10_000);
  share.note(of('b'));
  expect(flood('a')).toBeLessThanOrEqual(51);
  for (let n = 0; n < 20; n += 1) expect(send('b')).toBe(true);
});

test('who has sent nothing for twenty minutes is nobody', () => {
  const { time, share, flood } = room(10_000);
  share.note(of('b'));
  share.note(of('a'));
  time.now += 21 * MINUTE;
  expect(flood('a')).toBe(100);
});

test('what an earlier process has left counts against nobody', () => {
  const share = new SpoolShare(() => 0);
  for (const siteId of ['a', 'b']) share.note(of(siteId));
  share.take(of('a'));
  expect(share.allows(of('a'), { bytes: 9_000, maxBytes: 10_000 })).toBe(true);
});

test('shares begin anew with an empty spool', () => {
  const { share, flood, drain } = room(10_000);
  share.note(of('b'));
  flood('a');
  drain();
  expect(flood('a')).toBeGreaterThanOrEqual(50);
});

test('whoever floods, another finds as much free as any one site holds, but for what is on its way', () => {
  const sends = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 400 })), {
    maxLength: 300,
  });
  fc.assert(
    fc.property(sends, (all) => {
      const { share, send } = room(20_000);
      share.note(of('b'));
      share.note(of('a'));
      const held = new Map<string, number>();
      let used = 0;
      for (const [siteId, size] of all) {
        if (!send(siteId, size)) continue;
        used += size;
        held.set(siteId, (held.get(siteId) ?? 0) + size);
        expect(held.get(siteId)).toBeLessThanOrEqual(20_000 - used + 2 * 400);
      }
    }),
  );
});
