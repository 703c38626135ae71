import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasLongHost, MAX_HOST, parseUrl } from './parse-url.ts';

const LONG = '漢'.repeat(MAX_HOST + 1);

test.each([
  `http://${LONG}/`,
  `http://${LONG}`,
  `http:${LONG}/a`,
  `http:////${LONG}?a`,
  `http:\\\\${LONG}\\a`,
  ` \u0001 http://${LONG}#a`,
  `ht\ntp:/\t/${LONG}/`,
  `https://me:secret@${LONG}/`,
  `//${LONG}/`,
])('the host of %j is longer than any, and is not parsed', (address) => {
  expect(hasLongHost(address)).toBe(true);
  expect(parseUrl(address)).toBeUndefined();
});

test.each([
  `http://shop.example/${LONG}`,
  `http://shop.example?${LONG}`,
  `http://shop.example#${LONG}`,
  `http://${LONG}@shop.example/`,
  `http://${'漢'.repeat(60)}.example/`,
])('%j is an address as any', (address) => {
  expect(hasLongHost(address)).toBe(false);
  expect(parseUrl(address)?.href).toBe(new URL(address).href);
});

test('whatever is parsed has a host that is no longer, and everything else is parsed as ever', () => {
  const piece = fc.constantFrom(
    'http:',
    'https:',
    '/',
    '\\',
    '@',
    '?',
    '#',
    '\t',
    ' ',
    'a',
    'ü.',
    LONG,
    'b'.repeat(300),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const address = pieces.join('');
      const plain = URL.parse(address);
      const own = parseUrl(address);
      // In ASCII, a character of Unicode is six at most.
      if (own !== undefined) expect(own.hostname.length).toBeLessThanOrEqual(6 * MAX_HOST);
      if (plain !== null && plain.hostname.length <= MAX_HOST && !/漢|bbb/.test(address))
        expect(own?.href).toBe(plain.href);
    }),
  );
});
