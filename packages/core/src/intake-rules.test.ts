import { describe, expect, test } from 'vitest';
import { compileHostPatterns, parseNetwork, parseRule, selectPagePatterns } from './intake-rules.ts';

describe('a network', () => {
  test.each([
    ['192.0.2.7', { address: '192.0.2.7', bits: 32, family: 'ipv4' }],
    [' 192.0.2.0/24 ', { address: '192.0.2.0', bits: 24, family: 'ipv4' }],
    ['2001:DB8::/48', { address: '2001:db8::', bits: 48, family: 'ipv6' }],
    ['::ffff:192.0.2.7', { address: '192.0.2.7', bits: 32, family: 'ipv4' }],
  ])('%s', (text, network) => expect(parseNetwork(text)).toEqual(network));

  test.each([
    '',
    'shop.example',
    '192.0.2.0/33',
    '192.0.2.0/',
    '192.0.2.0/24/8',
    '2001:db8::/129',
    '::ffff:c000:207/120',
  ])('%j is none', (text) => expect(parseNetwork(text)).toBeUndefined());
});

test.each([
  ['blockedIps', '192.0.2.7/32', '192.0.2.7'],
  ['blockedIps', 'office', undefined],
  ['blockedCountries', 'de', 'DE'],
  ['blockedCountries', 'Germany', undefined],
  ['blockedPages', '/grüße/**', '/grüße/**'],
  ['blockedPages', '/gr%c3%bc%C3%9Fe/**', '/grüße/**'],
  ['blockedPages', '/#/cart/*', '/#/cart/*'],
  ['blockedPages', 'account', undefined],
  ['blockedPages', `/${'a'.repeat(200)}`, undefined],
  ['excludedHostnames', 'WWW.Shop.example', 'shop.example'],
  ['excludedHostnames', '*.staging.example', '*.staging.example'],
  ['excludedHostnames', 'bücher.example', 'bücher.example'],
  ['excludedHostnames', '*.xn--bcher-kva.example.', '*.bücher.example'],
  ['excludedHostnames', 'shop.рф', 'shop.рф'],
  ['excludedHostnames', 'https://shop.example', undefined],
  ['excludedHostnames', 'a b', undefined],
] as const)('the rule %s %j is %j', (kind, text, rule) => expect(parseRule(kind, text)).toBe(rule));

test('a host pattern names a host, or all below it', () => {
  const matchesHost = (pattern: string, host: string) => compileHostPatterns([pattern])(host);
  expect(matchesHost('shop.example', 'shop.example')).toBe(true);
  expect(matchesHost('shop.example', 'a.shop.example')).toBe(false);
  expect(matchesHost('*.shop.example', 'a.b.shop.example')).toBe(true);
  expect(matchesHost('*.shop.example', 'shop.example')).toBe(false);
  expect(matchesHost('*.shop.example', 'ashop.example')).toBe(false);
  // As an earlier version kept them.
  expect(matchesHost('xn--bcher-kva.example', 'bücher.example')).toBe(true);
  expect(matchesHost('*.xn--bcher-kva.example', 'a.bücher.example')).toBe(true);
});

test.each([
  ['ten wildcards', `/${'a*'.repeat(10)}`, true],
  ['eleven', `/${'a*'.repeat(11)}`, false],
])('a pattern of pages may have %s: %s', (_, pattern, may) => {
  expect(selectPagePatterns([pattern, '/cart'])).toEqual(
    may ? { applied: [pattern, '/cart'], leftOut: [] } : { applied: ['/cart'], leftOut: [pattern] },
  );
});

test('patterns that one look decides are applied however many there are, the others until there is no room', () => {
  const simple = Array.from({ length: 200 }, (_, n) => `/account-of-somebody-with-a-long-name/${n}/**`);
  const others = Array.from(
    { length: 12 },
    (_, n) => `/**/${'a'.repeat(175)}${String(n).padStart(2, '0')}/*/x`,
  );
  const { applied, leftOut } = selectPagePatterns([...others, ...simple]);
  expect(applied).toEqual([...others.slice(0, 10), ...simple]);
  expect(leftOut).toEqual(others.slice(10));
});
