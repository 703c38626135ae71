import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cutAddresses,
  parseKeptParam,
  storedPageAddress,
  storedReferrer,
  withoutEmails,
} from './stored-address.ts';

const NONE: readonly string[] = [];

describe('what is stored of the address of a page', () => {
  test.each([
    ['https://shop.example/p/1', 'https://shop.example/p/1'],
    ['https://shop.example', 'https://shop.example'],
    ['https://shop.example/p?utm_source=x&token=secret', 'https://shop.example/p?utm_source=x'],
    ['https://shop.example/p?token=secret', 'https://shop.example/p'],
    ['https://shop.example/p?', 'https://shop.example/p'],
    // In any case, also written in escapes; a value is as it was.
    [
      'https://shop.example/?UTM_Campaign=A%20B&q=1&gclid=x',
      'https://shop.example/?UTM_Campaign=A%20B&gclid=x',
    ],
    [
      'https://shop.example/?%75tm_source=x&ref=y&source=z',
      'https://shop.example/?%75tm_source=x&ref=y&source=z',
    ],
    ['https://shop.example/?%=1&%ff=2', 'https://shop.example/'],
    // Tokens of a sign-in stand in fragments; routes do, too.
    ['https://shop.example/#access_token=secret', 'https://shop.example/'],
    ['https://shop.example/#/cart?token=secret&utm_source=x', 'https://shop.example/#/cart?utm_source=x'],
    ['https://shop.example/#!/cart', 'https://shop.example/#!/cart'],
    ['https://jane:secret@shop.example/a', 'https://shop.example/a'],
    ['https://shop.example/@jane/posts', 'https://shop.example/@jane/posts'],
    ['https://shop.example/pkg@1.2.3', 'https://shop.example/pkg@1.2.3'],
    ['https://shop.example/unsubscribe/jane@mail.example', 'https://shop.example/unsubscribe/(email)'],
    ['https://shop.example/u/jane%40mail.example/x', 'https://shop.example/u/(email)/x'],
    ['https://shop.example/u/jane%2540mail.example', 'https://shop.example/u/(email)'],
    ['https://shop.example/?utm_content=j.d%2bx@mail.co.uk', 'https://shop.example/?utm_content=(email)'],
    ['https://shop.example/#/u/jane@mail.example', 'https://shop.example/#/u/(email)'],
    ['https://shop.example/u/jan%65%40m%61il.ex%61mple', 'https://shop.example/u/(email)'],
    ['https://shop.example/@jane%40mail.example', 'https://shop.example/(email)'],
    ['https://shop.example/a@b@mail.example/', 'https://shop.example/(email)/'],
    ['https://shop.example/a@@', 'https://shop.example/a@@'],
    ['https://shop.example/a,jane@münchen.example;b', 'https://shop.example/a,(email);b'],
  ])('%s', (url, stored) => {
    expect(storedPageAddress(url, NONE)).toBe(stored);
  });

  test('a merchant lists what else is kept', () => {
    expect(storedPageAddress('https://shop.example/?Q=mug&page=2&x=1', ['q', 'page'])).toBe(
      'https://shop.example/?Q=mug&page=2',
    );
  });

  test('is an address, done again it is the same, and nowhere is an e-mail address', () => {
    const piece = fc.constantFrom(
      '/',
      '?',
      '#',
      '&',
      '=',
      '@',
      '%40',
      'a',
      'jane',
      'mail.example',
      'utm_source',
      '%',
      ';',
      '+',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const url = `https://shop.example/${pieces.join('')}`;
        const stored = storedPageAddress(url, NONE);
        expect(URL.canParse(stored)).toBe(true);
        expect(storedPageAddress(stored, NONE)).toBe(stored);
        expect(stored).not.toMatch(/jane(@|%40)mail\.example/);
        expect(new URL(stored).hostname).toBe('shop.example');
      }),
      { numRuns: 500 },
    );
  });
});

test('of a referrer its path is stored', () => {
  expect(storedReferrer('https://search.example/find?q=jane@mail.example#x')).toBe(
    'https://search.example/find',
  );
  expect(storedReferrer('android-app://com.mail.app/')).toBe('android-app://com.mail.app/');
  expect(storedReferrer('https://mail.example/jane%40mail.example')).toBe('https://mail.example/(email)');
});

test("links in properties say no e-mail address; other texts are the shop's own", () => {
  const event = {
    url: 'https://shop.example/',
    props: {
      url: 'mailto:jane@mail.example?subject=x',
      plan: 'pro@2.de',
      href: 'https://x.example/u/a@b.example',
    },
  };
  cutAddresses(event, NONE);
  expect(event.props).toEqual({
    url: 'mailto:(email)?subject=x',
    plan: 'pro@2.de',
    href: 'https://x.example/u/(email)',
  });
});

test('takes time in proportion to the text, whatever it is made of', () => {
  for (const piece of ['a@', '@', '%40', '%2540', '%25', 'a.', 'a@b.', '/a@b.c', '&=@'])
    expect(withoutEmails(piece.repeat(20_000 / piece.length)).length).toBeLessThan(200_000);
});

test.each([
  ['Q', 'q'],
  [' page ', 'page'],
  ['', undefined],
  ['a=b', undefined],
  ['a b', undefined],
  ['x'.repeat(101), undefined],
])('a parameter %j is listed as %j', (text, name) => {
  expect(parseKeptParam(text)).toBe(name);
});
