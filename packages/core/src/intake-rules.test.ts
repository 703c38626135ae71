import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesHost, parseNetwork, parseRule, pathTest } from './intake-rules.ts';
import { pagePattern } from './page-pattern.ts';

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
  ['blockedPages', '/grüße/**', '/gr%C3%BC%C3%9Fe/**'],
  ['blockedPages', 'account', undefined],
  ['blockedPages', `/${'a'.repeat(200)}`, undefined],
  ['excludedHostnames', 'WWW.Shop.example', 'shop.example'],
  ['excludedHostnames', '*.staging.example', '*.staging.example'],
  ['excludedHostnames', 'bücher.example', 'xn--bcher-kva.example'],
  ['excludedHostnames', 'https://shop.example', undefined],
  ['excludedHostnames', 'a b', undefined],
] as const)('the rule %s %j is %j', (kind, text, rule) => expect(parseRule(kind, text)).toBe(rule));

test('a host pattern names a host, or all below it', () => {
  expect(matchesHost('shop.example', 'shop.example')).toBe(true);
  expect(matchesHost('shop.example', 'a.shop.example')).toBe(false);
  expect(matchesHost('*.shop.example', 'a.b.shop.example')).toBe(true);
  expect(matchesHost('*.shop.example', 'shop.example')).toBe(false);
  expect(matchesHost('*.shop.example', 'ashop.example')).toBe(false);
});

test('a path pattern is what it is for goals', () => {
  const piece = fc.constantFrom('/', 'a', 'b', '*', '**', '.', '%20');
  const pattern = fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join('')}`);
  const path = fc
    .array(fc.constantFrom('/', 'a', 'b', '.', '%20'), { maxLength: 10 })
    .map((pieces) => `/${pieces.join('')}`);
  fc.assert(
    fc.property(pattern, path, (wanted, given) => {
      expect(pathTest(wanted)(given)).toBe(new RegExp(pagePattern(wanted), 's').test(given));
    }),
    { numRuns: 2_000 },
  );
});

test('a hostile path is looked at once a step', () => {
  expect(pathTest(`/${'**a'.repeat(60)}b`)(`/${'a'.repeat(4_000)}`)).toBe(false);
});
