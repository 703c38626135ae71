import { expect, test } from 'vitest';
import { isOriginAllowed } from './cors.ts';

test.each([
  ['https://shop.example', [], true],
  [undefined, ['https://shop.example'], true],
  ['https://shop.example', ['https://shop.example'], true],
  ['https://shop.example', ['https://other.example', 'https://shop.example'], true],
  ['https://shop.example', ['https://Shop.example/'], true],
  ['https://shop.example.', ['https://shop.example'], true],
  ['https://shop.example:8443', ['https://shop.example.:8443'], true],
  ['https://xn--mnchen-3ya.example', ['https://münchen.example'], true],
  ['https://de.xn--mnchen-3ya.example', ['https://*.MÜNCHEN.example/'], true],
  ['https://münchen.example', ['https://xn--mnchen-3ya.example'], true],
  ['https://munchen.example', ['https://münchen.example'], false],
  ['http://shop.example', ['https://shop.example'], false],
  ['https://shop.example:8443', ['https://shop.example'], false],
  ['https://evil.example', ['https://shop.example'], false],
  ['https://de.shop.example', ['https://*.shop.example'], true],
  ['https://a.b.shop.example', ['https://*.shop.example'], true],
  ['https://shop.example', ['https://*.shop.example'], false],
  ['https://evilshop.example', ['https://*.shop.example'], false],
  ['http://de.shop.example', ['https://*.shop.example'], false],
  ['null', ['https://shop.example'], false],
  ['', ['https://shop.example'], false],
])('a page of %s, allowed %j: %s', (origin, allowed, taken) => {
  expect(isOriginAllowed(origin, allowed)).toBe(taken);
});
