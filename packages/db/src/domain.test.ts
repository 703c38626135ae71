import { expect, test } from 'vitest';
import { normaliseDomain } from './domain.ts';

test.each([
  ['Shop.Example', 'shop.example'],
  ['https://www.shop.example/products?x=1', 'shop.example'],
  [' shop.example ', 'shop.example'],
  ['localhost:3010', 'localhost:3010'],
  ['127.0.0.1', '127.0.0.1'],
  ['münchen.example', 'xn--mnchen-3ya.example'],
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
])('%j is no domain', (text) => {
  expect(() => normaliseDomain(text)).toThrow(/is no domain/);
});
