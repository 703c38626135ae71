import { type Derived, derive } from '@footfall/core/derive';
import { NONE } from '@footfall/core/dimension';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { derivedText, parseDerivedText } from './derived-text.ts';

const lookups = {
  agent: () => ({
    device: 'Desktop',
    browser: 'Firefox',
    browserVersion: '127',
    os: 'Linux',
    osVersion: NONE,
    bot: false,
    botKind: NONE,
  }),
  place: () => ({ country: 'DE', region: NONE, city: NONE }),
  host: () => undefined,
  app: () => undefined,
  campaign: () => undefined,
  isSpam: () => false,
};
const raw = {
  id: 'e',
  siteId: 's',
  visitor: 'v',
  name: 'pageview',
  occurredAt: 0,
  receivedAt: 0,
  url: 'https://shop.example/p?utm_source=mail',
  userAgent: 'agent',
  ip: '203.0.113.0',
};
const DERIVED = derive(raw, lookups);

/** As it was stored before any field was added. */
const FIRST_TEXT =
  '["/p","shop.example","mail",0,"Unassigned","mail",0,0,0,0,"Desktop","Firefox","127","Linux",0,false,"DE",0,0,0,0,false]';

test('what the logic of today derives is a list, a third as long, and comes back as it was', () => {
  const text = derivedText(DERIVED);
  // Fields that came later are appended.
  expect(text.startsWith(FIRST_TEXT.slice(0, -1))).toBe(true);
  expect(text.length * 3).toBeLessThan(JSON.stringify(DERIVED).length);
  expect(parseDerivedText(text)).toEqual(DERIVED);
});

test('a list of the first logic is read for ever', () => {
  const first = parseDerivedText(FIRST_TEXT);
  expect(Object.keys(first)).toHaveLength(22);
  expect(DERIVED).toMatchObject(first);
});

test('any texts come back as they were', () => {
  const text = fc.oneof(fc.constantFrom(NONE, '', '0', 'false', '["a"]'), fc.string({ unit: 'binary' }));
  const fields = Object.entries(DERIVED).map(([field, value]) => [
    field,
    typeof value === 'boolean' ? fc.boolean() : text,
  ]);
  const derived = fc.record(Object.fromEntries(fields)) as fc.Arbitrary<Derived>;
  fc.assert(
    fc.property(derived, (any) => {
      expect(parseDerivedText(derivedText(any))).toEqual({ ...any });
    }),
  );
});

test('what an older or a newer logic derived comes back too, and so does what was stored before there were lists', () => {
  const { city: _city, ...fewer } = DERIVED;
  for (const derived of [fewer, { ...DERIVED, later: 'x' }, {}] as Derived[])
    expect(parseDerivedText(derivedText(derived))).toEqual(derived);
  expect(parseDerivedText(JSON.stringify(DERIVED))).toEqual(DERIVED);
});

test('a list with fewer values lacks the last fields, one with more has no more than we know', () => {
  const list = JSON.parse(derivedText(DERIVED)) as unknown[];
  const [last] = Object.keys(parseDerivedText(JSON.stringify(list))).slice(-1);
  const fewer = Object.fromEntries(Object.entries(DERIVED).filter(([field]) => field !== last));
  expect(parseDerivedText(JSON.stringify(list.slice(0, -1)))).toEqual(fewer);
  expect(parseDerivedText(JSON.stringify([...list, 'later']))).toEqual(DERIVED);
});
