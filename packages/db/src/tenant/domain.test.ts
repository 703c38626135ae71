import { expect, test, vi } from 'vitest';
import { normaliseDomain, parseDomain } from './domain.ts';

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

test('a text that is longer than any domain is none, and is not parsed: a stranger may send 256 KiB of it', () => {
  const parse = vi.spyOn(URL, 'parse');
  expect(parseDomain('漢'.repeat(80_000))).toBeNull();
  expect(parse).not.toHaveBeenCalled();
  expect(parseDomain(`${'a.'.repeat(120)}example:8080`)).not.toBeNull();
  expect(parse).toHaveBeenCalledOnce();
  parse.mockRestore();
});
