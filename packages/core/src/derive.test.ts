import { describe, expect, test } from 'vitest';
import { derive } from './derive.ts';
import { NONE } from './dimension.ts';
import type { Lookups } from './lookups.ts';
import { SOURCES } from './sources.fixture.ts';

const PERSON = { device: 'Desktop', browser: 'Firefox', browserVersion: '1', os: 'Linux', osVersion: NONE };
const LOOKUPS: Lookups = {
  agent: (userAgent) =>
    userAgent === 'crawler'
      ? { ...PERSON, bot: true, botKind: 'Search engine' }
      : { ...PERSON, bot: false, botKind: NONE },
  place: () => ({ country: 'DE', region: NONE, city: NONE }),
  ...SOURCES,
};

const deriveFrom = (address: string, said: { referrer?: string; userAgent?: string; lang?: string } = {}) =>
  derive(
    {
      id: 'a',
      siteId: 'site',
      visitor: 'somebody',
      name: 'pageview',
      occurredAt: 0,
      receivedAt: 0,
      url: `https://shop.example${address}`,
      ...said,
    },
    LOOKUPS,
  );

describe('bots by where they say that they come from', () => {
  test.each([
    ['/?utm_source=spam.example', {}, true, 'Referrer spam'],
    ['/', { referrer: 'https://spam.example/' }, true, 'Referrer spam'],
    ['/', { referrer: 'https://spam.example/', userAgent: 'somebody' }, true, 'Referrer spam'],
    ['/?utm_source=spam.example', { userAgent: 'crawler' }, true, 'Search engine'],
    ['/?utm_source=google', { userAgent: 'somebody' }, false, NONE],
  ])('%s with %j', (address, said, bot, botKind) => {
    expect(deriveFrom(address, said)).toMatchObject({ bot, botKind });
  });
});

test.each([
  ['en_gb', 'en-GB'],
  ['EN-gb', 'en-GB'],
  ['', NONE],
  [undefined, NONE],
])('the language %j is %j, whoever says it', (lang, language) => {
  expect(deriveFrom('/', lang === undefined ? {} : { lang }).language).toBe(language);
});
