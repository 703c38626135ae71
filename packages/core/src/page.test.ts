import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pageText, parsePage, writtenPath } from './page.ts';

describe('the text of a page', () => {
  test.each([
    ['/', '/'],
    ['/a/b', '/a/b'],
    ['/gr%c3%bc%C3%9Fe', '/grüße'],
    ['/grüße', '/grüße'],
    ['/%7Euser', '/~user'],
    ['/~user', '/~user'],
    ['/%41%62%63', '/Abc'],
    ['/a%20b', '/a b'],
    ['/%E8%8C%B6%E7%A2%97', '/茶碗'],
    ['/%F0%9F%9B%92', '/🛒'],
    // What tells one address from another stays.
    ['/a%2fb', '/a%2Fb'],
    ['/100%25', '/100%25'],
    ['/%2541', '/%2541'],
    ['/%252f', '/%252f'],
    // Letters of an address that are nothing special in a text.
    ['/what%3f', '/what?'],
    ['/c%23', '/c#'],
    ['/%2a%2b%3d%26', '/*+=&'],
    ['/%5B%5D%7b%7d%22%3C%3E%5C%60', '/[]{}"<>\\`'],
    // Control characters, of ASCII and of Latin-1.
    ['/a%00b', '/a%00b'],
    ['/a%0ab%0D%09%7f%1B', '/a%0Ab%0D%09%7F%1B'],
    ['/%c2%80%C2%9f%c2%a0', '/%C2%80%C2%9F\u00a0'],
    // Not UTF-8: bytes alone, cut off, too long for what they say, halves of pairs, beyond Unicode.
    ['/caf%e9', '/caf%E9'],
    ['/%fc%DFe', '/%FC%DFe'],
    ['/%c3', '/%C3'],
    ['/%c3/%bc', '/%C3/%BC'],
    ['/%bc%bc', '/%BC%BC'],
    ['/%e8%8c', '/%E8%8C'],
    ['/%f0%9f%9b', '/%F0%9F%9B'],
    ['/%c0%af', '/%C0%AF'],
    ['/%e0%80%af', '/%E0%80%AF'],
    ['/%ed%a0%80', '/%ED%A0%80'],
    ['/%f4%90%80%80', '/%F4%90%80%80'],
    ['/%f8%88%80%80%80', '/%F8%88%80%80%80'],
    ['/%c3%bc%ff%c3%9f', '/ü%FFß'],
    ['/%ef%bb%bfa', '/\ufeffa'],
    // Composed and decomposed letters are two texts, as they are written.
    ['/u%cc%88', '/u\u0308'],
    // A percent sign that begins nothing, and no escape that decoding would make.
    ['/50%', '/50%'],
    ['/%zz%4', '/%zz%4'],
    ['/%%41', '/%%41'],
    ['/%%34%31', '/%%341'],
    ['/%4%31', '/%4%31'],
    ['/%a%62c', '/%a%62c'],
    ['/%25%34%31', '/%2541'],
    ['/%x%41', '/%xA'],
  ])('%s is %s', (path, text) => {
    expect(pageText(path)).toBe(text);
  });

  const piece = fc.oneof(
    fc.integer({ min: 0, max: 255 }).map((byte) => `%${byte.toString(16).padStart(2, '0')}`),
    fc.string({ unit: fc.constantFrom('%', '2', '5', '4', '1', 'c', '3', 'b', 'F', '/', 'ü', '🛒', ' ') }),
    fc.string({ unit: 'binary' }).map((text) => encodeURIComponent(text.toWellFormed())),
  );
  const paths = fc.array(piece, { maxLength: 20 }).map((pieces) => `/${pieces.join('')}`);

  test('is the same when it is taken again, so that filters may say what reports show', () => {
    fc.assert(
      fc.property(paths, (path) => {
        expect(pageText(pageText(path))).toBe(pageText(path));
      }),
      { numRuns: 2_000 },
    );
  });

  test('is the same for every way to write a path', () => {
    const text = fc.string({ unit: 'grapheme' }).map((one) => one.replaceAll(/[%/\p{Cc}]/gu, ''));
    const mixed = fc.array(fc.tuple(text, fc.boolean()));
    fc.assert(
      fc.property(mixed, (pieces) => {
        const plain = pieces.map(([one]) => one).join('');
        const written = pieces.map(([plainText, isEscaped]) =>
          isEscaped
            ? encodeURIComponent(plainText).replaceAll(/%[0-9A-F]./g, (one) => one.toLowerCase())
            : plainText,
        );
        expect(pageText(written.join(''))).toBe(plain);
      }),
    );
  });

  test('is what the language decodes, where nothing must stay', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const kept = text.toWellFormed().replaceAll(/[%/\p{Cc}]/gu, '');
        expect(pageText(encodeURIComponent(kept))).toBe(decodeURIComponent(encodeURIComponent(kept)));
      }),
    );
  });

  test('has no control character and no whole escape but such as must stay', () => {
    fc.assert(
      fc.property(paths, (path) => {
        const text = pageText(path);
        for (const [kept] of text.matchAll(/%[0-9a-f]{2}/gi)) expect(kept).toBe(kept.toUpperCase());
        expect(/\p{Cc}/u.test(text)).toBe(/\p{Cc}/u.test(path));
      }),
    );
  });
});

describe('an address', () => {
  test.each([
    ['https://shop.example/gr%c3%bc%C3%9Fe?x=1#y', '/grüße', 'shop.example'],
    ['https://www.shop.example./a/../b', '/b', 'shop.example'],
    ['https://SHOP.example:8443', '/', 'shop.example'],
    ['https://münchen.example/', '/', 'münchen.example'],
    ['https://www.xn--mnchen-3ya.example/', '/', 'münchen.example'],
    // A route in the fragment, without its query; a place on a page and a token are none.
    ['https://shop.example/#/cart', '/#/cart', 'shop.example'],
    ['https://shop.example/shop/?a=1#!/gr%c3%bcn?utm_source=x', '/shop/#!/grün', 'shop.example'],
    ['https://shop.example/#!cart', '/#!cart', 'shop.example'],
    ['https://shop.example/#reviews', '/', 'shop.example'],
    ['https://shop.example/#access_token=1/2', '/', 'shop.example'],
    ['https://shop.example/#', '/', 'shop.example'],
    ['https://shop.example/c%23/x', '/c#/x', 'shop.example'],
  ])('%s is the page %s of %s', (url, path, hostname) => {
    expect(parsePage(url)).toMatchObject({ path, hostname });
  });

  test.each([
    ['/grüße/*', '/grüße/*'],
    ['/gr%C3%BC%c3%9fe/*', '/grüße/*'],
    ['/a b/**', '/a b/**'],
    ['/#/cart/*', '/#/cart/*'],
    ['/#/grün', '/#/grün'],
    ['/search?q=1', '/search'],
    ['/a\0b', '/a%00b'],
  ])('the pattern %j is %s', (pattern, written) => {
    expect(writtenPath(pattern)).toBe(written);
    expect(writtenPath(writtenPath(pattern))).toBe(written);
  });
});
