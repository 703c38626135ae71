import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseOrigin } from './origin.ts';

test.each([
  ['https://shop.example', 'https://shop.example'],
  [' https://Shop.Example/ ', 'https://shop.example'],
  ['https://shop.example:443', 'https://shop.example'],
  ['https://shop.example:8443', 'https://shop.example:8443'],
  ['https://münchen.example', 'https://xn--mnchen-3ya.example'],
  ['https://192.0.2.1', 'https://192.0.2.1'],
  ['https://[2001:db8::1]:8443', 'https://[2001:db8::1]:8443'],
  ['http://localhost:3000', 'http://localhost:3000'],
  ['http://seller.localhost', 'http://seller.localhost'],
  ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
  ['http://[::1]:4000', 'http://[::1]:4000'],
])('%j is the origin %s', (text, origin) => {
  expect(parseOrigin(text)).toBe(origin);
});

test.each([
  ['', 'nothing'],
  ['shop.example', 'no scheme'],
  ['null', 'what sandboxed pages say'],
  ['*', 'everyone'],
  ['https://*', 'everyone'],
  ['https://*.example.com', 'whoever is given a name there'],
  ['https://%2a.example.com', 'the same, written otherwise'],
  ['http://shop.example', 'pages that anybody on the way can change'],
  ['http://localhost.evil.example', 'not one’s own machine'],
  ['http://127.0.0.1.evil.example', 'not one’s own machine'],
  ['https://shop.example/path', 'a page'],
  ['https://shop.example/?', 'a query'],
  ['https://shop.example#', 'a fragment'],
  ['https://user@shop.example', 'somebody’s name'],
  ["https://shop.example;script-src'self'", 'another directive'],
  ['https://shop.example,https://evil.example', 'two'],
  ['https://shop.example https://evil.example', 'two'],
  ['javascript:alert(1)', 'a script'],
  ['data:text/html,x', 'a document'],
  ['file:///etc/passwd', 'a file'],
  ['blob:https://shop.example/1', 'an origin inside of another text'],
  [`https://${'a'.repeat(300)}.example`, 'too long'],
])('%j is refused: %s', (text) => {
  expect(parseOrigin(text)).toBeNull();
});

test('whatever is taken is its own origin, and one source of a policy', () => {
  const hostile = fc.string({ unit: fc.constantFrom(...'htps:/*.;, \'"@#?%[]aZ0-_\\\n\té') });
  fc.assert(
    fc.property(
      fc.oneof(
        hostile,
        fc.webUrl(),
        fc.string().map((rest) => `https://${rest}`),
      ),
      (text) => {
        const origin = parseOrigin(text);
        if (origin === null) return;
        expect(origin).toMatch(/^https?:\/\/[a-z0-9._[\]:-]+$/);
        expect(parseOrigin(origin)).toBe(origin);
      },
    ),
  );
});
