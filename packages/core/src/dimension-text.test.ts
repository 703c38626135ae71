import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { type Dimension, findDimension } from './dimension.ts';
import { canonicalPart, canonicalPattern, canonicalText } from './dimension-text.ts';
import { pageText } from './page.ts';

const dimension = (name: string): Dimension => {
  const found = findDimension(name);
  if (found === undefined) throw new TypeError(`${name} is not a dimension`);
  return found;
};
const PAGE = dimension('event:page');

test.each([
  ['event:page', '/gr%c3%bc%C3%9Fe', '/grüße'],
  ['visit:entry_page', '/%7Euser', '/~user'],
  ['visit:exit_page', '/a%2fb', '/a%2Fb'],
  ['event:hostname', 'WWW.xn--mnchen-3ya.example.', 'münchen.example'],
  ['visit:hostname', 'www.shop.example', 'shop.example'],
  ['event:props:page', '/%7Euser', '/%7Euser'],
  ['visit:referrer', 'www.shop.example/%7E', 'www.shop.example/%7E'],
  ['visit:language', 'en_gb', 'en-GB'],
  ['visit:language', '(none)', '(none)'],
  ['event:page', '(none)', '(none)'],
  ['event:hostname', '(none)', '(none)'],
  ['event:page', '', '(none)'],
  ['event:props:plan', '', '(none)'],
])('the value %j %j is %j', (name, text, canonical) => {
  expect(canonicalText(dimension(name), text)).toBe(canonical);
});

test.each([
  ['event:page', 'gr%c3%bc', 'grü'],
  ['event:page', '', ''],
  ['event:hostname', 'xn--mnchen-3ya', 'münchen'],
  ['event:hostname', '.Example.', '.example.'],
  ['event:props:plan', '%7E', '%7E'],
])('a part of %s %j is %j', (name, text, canonical) => {
  expect(canonicalPart(dimension(name), text)).toBe(canonical);
});

describe('a pattern', () => {
  const finds = (pattern: string, text: string) =>
    RE2JS.compile(canonicalPattern(PAGE, pattern)).matcher(text).find();

  test.each([
    ['^/gr%c3%bc', '/grüße', true],
    ['^/gr%C3%BC%C3%9Fe$', '/grüße', true],
    ['/[%C3%BCo]n', '/ün', true],
    ['^/%7Euser$', '/~user', true],
    // Signs of a pattern that are escaped stand for themselves.
    ['^/a%2Ab$', '/a*b', true],
    ['^/a%2Ab$', '/aab', false],
    ['^/a%28b%29$', '/a(b)', true],
    ['^/a%20b$', '/a b', true],
    ['^/a%5B%5D%2D%5C$', '/a[]-\\', true],
    ['^/a%E3%80%80b%E2%80%A8$', '/a\u3000b\u2028', true],
    // What pages keep, patterns keep.
    ['^/a%2fb$', '/a%2Fb', true],
    ['^/caf%e9$', '/caf%E9', true],
    ['^/100%25$', '/100%25', true],
    ['^/\\%41$', '/A', false],
    ['^/\\\\%41$', '/\\A', true],
  ])('%s finds %s: %s', (pattern, text, isFound) => {
    expect(finds(pattern, text)).toBe(isFound);
  });

  test('of an escaped text finds the page of that text', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .map((one) => one.replaceAll(/[%/\p{Cc}]/gu, ''));
    fc.assert(
      fc.property(text, (one) => {
        const written = encodeURIComponent(one).replaceAll(
          /[.!~*'()_-]/g,
          (sign) => `%${sign.charCodeAt(0).toString(16)}`,
        );
        expect(finds(`^/${written}$`, pageText(`/${written}`))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('of another dimension stays as it is', () => {
    expect(canonicalPattern(dimension('event:props:plan'), '%7E.')).toBe('%7E.');
  });
});
