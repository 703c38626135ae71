import { expect, test } from 'vitest';
import { normaliseDomain } from './domain.ts';

test.each([
  ['Shop.Example', 'shop.example'],
  ['https://www.shop.example/products?x=1', 'shop.example'],
  [' shop.example ', 'shop.example'],
  ['localhost:3010', 'localhost:3010'],
  ['127.0.0.1', '127.0.0.1'],
  ['münchen.example', 'xn--mnchen-3ya.example'],
  ['[::1]:3010', '[::1]:3010'],
  ['shop.example.', 'shop.example'],
  ['www.com', 'www.com'],
  ['www', 'www'],
  ['https://shop.example:443', 'shop.example'],
  ['https://shop.example:8443/a', 'shop.example:8443'],
  ['sub_domain.shop.example', 'sub_domain.shop.example'],
])('%j is kept as %s', (text, domain) => {
  expect(normaliseDomain(text)).toBe(domain);
});

test.each([
  '',
  '   ',
  'a b',
  'shop..example',
  '-shop.example',
  'user@shop.example',
  'shop.example:99999',
  '<script>',
  'ftp://shop.example',
  'https://',
  'shop.example\u0000',
  'user:secret@shop.example',
  'a.'.repeat(130),
])('%j is not a domain', (text) => {
  expect(() => normaliseDomain(text)).toThrow(/is not a domain/);
});
