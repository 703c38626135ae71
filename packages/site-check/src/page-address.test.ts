import { expect, test } from 'vitest';
import { parsePageAddress } from './page-address.ts';

const DOMAINS = ['shop.example', 'xn--tpferei-90a.example'] as const;

test.each([
  ['', ['https://shop.example', 'http://shop.example']],
  ['  ', ['https://shop.example', 'http://shop.example']],
  ['/p/1?a=b', ['https://shop.example/p/1?a=b', 'http://shop.example/p/1?a=b']],
  ['//evil.example/', ['https://shop.example//evil.example/', 'http://shop.example//evil.example/']],
  ['shop.example/p', ['https://shop.example/p', 'http://shop.example/p']],
  ['WWW.Shop.example', ['https://WWW.Shop.example', 'http://WWW.Shop.example']],
  ['http://de.shop.example/', ['http://de.shop.example/']],
  ['https://töpferei.example/', ['https://töpferei.example/']],
])('%j is a page of the shop', (text, urls) => {
  expect(parsePageAddress(text, DOMAINS).urls).toEqual(urls);
});

test.each([
  'https://evil.example/',
  'https://shop.example.evil.example/',
  'https://evilshop.example/',
  'https://shop.example@evil.example/',
  'https://user:word@shop.example/',
  'https://evil.example/#shop.example',
  'https://evil.example\\@shop.example/',
  'http://169.254.169.254/',
  'ftp://shop.example/',
  'javascript:alert(1)',
  'https://',
])('%j is not', (text) => {
  expect(() => parsePageAddress(text, DOMAINS)).toThrow(
    expect.objectContaining({ code: 'foreign_page', values: { domain: 'shop.example' } }),
  );
});
