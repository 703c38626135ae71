import { monitorEventLoopDelay } from 'node:perf_hooks';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { PATTERNS } from '../facts.fixture.ts';
import { beginTime } from '../reader-time.ts';
import type { Match } from '../resolve.ts';
import { createTextTest } from '../text-test.fixture.ts';
import { createTextMatcher, pieces } from './text-matcher.ts';

const matcher = createTextMatcher();
afterAll(() => matcher.close());

const asker = { owner: 'site_a', time: beginTime(600_000) };
const match = (op: Match['op'], values: readonly string[], caseSensitive = true): Match => ({
  type: 'match',
  op,
  dimension: { kind: 'column', name: 'event:page' },
  values,
  caseSensitive,
});

const texts = fc.array(
  fc.oneof(
    fc.constantFrom('', '/a', 'ÄRGER', 'ärger', '/blog/2026', 'Google', 'a\nb', '"\\', 'l.r'),
    fc.string(),
  ),
  { maxLength: 20 },
);
const values = fc.array(fc.constantFrom('/a', 'rg', 'GOO', 'Ä', '', '"'), { maxLength: 3 });
const conditions: fc.Arbitrary<Match> = fc
  .oneof(
    fc.tuple(fc.constantFrom('is' as const, 'contains' as const), values, fc.boolean()),
    fc.tuple(
      fc.constant('matches' as const),
      fc.array(fc.constantFrom(...PATTERNS), { maxLength: 2 }),
      fc.boolean(),
    ),
    fc.tuple(
      fc.constant('glob' as const),
      fc.array(fc.constantFrom('**', '/*', '/blog/*', '*'), { maxLength: 2 }),
      fc.constant(true),
    ),
  )
  .map(([op, wanted, caseSensitive]) => match(op, wanted, caseSensitive));

test('finds what trying one by one finds, in the same order', async () => {
  await fc.assert(
    fc.asyncProperty(conditions, texts, async (condition, some) => {
      expect(await matcher.find(condition, some, asker)).toEqual(some.filter(createTextTest(condition)));
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('texts are cut where a piece would be too long, and none is lost', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.integer({ min: 1, max: 60 }), (all, most) => {
      const cut = [...pieces(all, most)];
      expect(cut.flat()).toEqual(all);
      for (const piece of cut)
        expect(piece.length === 1 || piece.join('').length + 8 * piece.length <= most + 8).toBe(true);
    }),
  );
});

/** Texts in which a pattern that is slow on purpose has to follow everything. */
const LONG = Array.from({ length: 22 }, (_, n) => `/${n}${'ab'.repeat(1_000)}`);
const SLOW = match('matches', ['(a|b)*a(a|b){100}c']);

test('a slow pattern is given up at its deadline, and keeps the event loop no moment', async () => {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  await matcher.find(match('is', ['/']), ['/'], asker);
  delay.enable();
  const many = Array.from({ length: 500 }, () => LONG).flat();
  await expect(matcher.find(SLOW, many, { owner: 'site_a', time: beginTime(1_000) })).rejects.toMatchObject({
    code: 'query_timeout',
  });
  delay.disable();
  // 22 of these texts and 486 characters of pattern took 4.6 s.
  expect(delay.max / 1e6).toBeLessThan(1_000);
}, 60_000);

test('one who asks for much delays nobody by more than a piece', async () => {
  const done: string[] = [];
  const slow = [1, 2, 3].map(async () => {
    await matcher.find(SLOW, LONG, { owner: 'site_a', time: beginTime(120_000) });
    done.push('slow');
  });
  await matcher.find(match('contains', ['x']), ['/x'], { owner: 'site_b', time: beginTime(120_000) });
  done.push('other');
  await Promise.all(slow);
  expect(done[0]).toBe('other');
}, 120_000);

test('a pattern that RE2 finds too large is the asker’s to mend', async () => {
  await expect(matcher.find(match('matches', ['\\pL{1000}']), ['/a'], asker)).rejects.toMatchObject({
    code: 'filter_too_complex',
  });
});
