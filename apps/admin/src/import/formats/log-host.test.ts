import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostName } from './log-host.ts';

test.each([
  'shop.example',
  'shop.example:443',
  'www.shop.example.',
  'localhost',
  'app_1:8080',
  'münchen.example',
  '1und1.example',
  'xn--mnchen-3ya.example',
])('%s is a host name', (host) => {
  expect(hostName(host)).toBe(host);
});

test.each([
  '8.8.8.8',
  '8.8.8.8:443',
  '8.8.8.8,',
  '300.1.1.1',
  '2606:4700::1111',
  '[2606:4700::1111]:443',
  'fe80::1%eth0',
  '-',
  '_',
  '',
  'a b',
  'a,b',
  'a@b',
  'a/b',
  'a:b',
  ':80',
  undefined,
])('%j is none', (text) => {
  expect(hostName(text)).toBeUndefined();
});

test('no address is one, with a port or without', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.constantFrom('', ':443', ','), (address, end) => {
      expect(hostName(address + end)).toBeUndefined();
      expect(hostName(`[${address}]${end}`)).toBeUndefined();
    }),
  );
});
