import { domainToASCII, domainToUnicode } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostText, shownHost } from './host.ts';

test.each([
  ['shop.example', 'shop.example'],
  ['www.shop.example', 'shop.example'],
  ['WWW.Shop.Example.', 'shop.example'],
  ['www.www.shop.example', 'www.shop.example'],
  ['m.www.shop.example', 'm.www.shop.example'],
  ['xn--mnchen-3ya.example', 'münchen.example'],
  ['www.xn--mnchen-3ya.example.', 'münchen.example'],
  ['XN--MNCHEN-3YA.example', 'münchen.example'],
  ['shop.xn--p1ai', 'shop.рф'],
  ['xn--fiqs8s', '中国'],
  ['xn--ls8h.la', '💩.la'],
  ['xn--strae-oqa.example', 'straße.example'],
  ['münchen.example', 'münchen.example'],
  // Not Punycode, or of letters that another name would be written with: as written.
  ['xn--', 'xn--'],
  ['xn--a.example', 'xn--a.example'],
  ['xn--zzzzzzzz.example', 'xn--zzzzzzzz.example'],
  ['xn--99999999999.example', 'xn--99999999999.example'],
  ['xn--abc-.example', 'xn--abc-.example'],
  ['xn--mnchen-3y!.example', 'xn--mnchen-3y!.example'],
  [`xn--${'a'.repeat(4_000)}`, `xn--${'a'.repeat(4_000)}`],
  ['192.0.2.1', '192.0.2.1'],
  ['[2001:db8::1]', '[2001:db8::1]'],
  ['', ''],
])('%j is %j', (host, text) => {
  expect(hostText(host)).toBe(text);
  expect(hostText(text)).toBe(text.replace(/^www\./, ''));
});

test('a port stays', () => {
  expect(shownHost('xn--mnchen-3ya.example:8443')).toBe('münchen.example:8443');
});

test('names are shown as the platform shows them, and lead back to where they were', () => {
  const label = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(label, (text) => {
      const ascii = domainToASCII(text);
      fc.pre(ascii.startsWith('xn--') && ascii.length <= 63 && !ascii.includes('.'));
      expect(shownHost(ascii)).toBe(domainToUnicode(ascii));
      expect(domainToASCII(shownHost(ascii))).toBe(ascii);
    }),
    { numRuns: 500 },
  );
});
