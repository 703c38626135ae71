import fc from 'fast-check';
import { expect, test } from 'vitest';
import { networkBytes, networkText } from './network.ts';

test.each([
  ['192.0.2.0', [192, 0, 2]],
  ['2001:db8:1::', [0x20, 0x01, 0x0d, 0xb8, 0, 1]],
  ['0:0:0::', [0, 0, 0, 0, 0, 0]],
  // Spelled otherwise, or no network: kept as text.
  ['192.0.2.1', undefined],
  ['300.0.2.0', undefined],
  ['01.0.2.0', undefined],
  ['2001:DB8:1::', undefined],
  ['2001:0db8:1::', undefined],
  ['2001:db8::', undefined],
  ['', undefined],
])('%s', (ip, bytes) => {
  expect(networkBytes(ip)).toEqual(bytes);
});

test('bytes that are taken give the text back', () => {
  const words = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.tuple(fc.nat(300), fc.nat(300)).map(([a, b]) => `${a}.${b}.1.0`),
  );
  fc.assert(
    fc.property(words, (ip) => {
      const bytes = networkBytes(ip);
      if (bytes !== undefined) expect(networkText(bytes)).toBe(ip);
    }),
  );
});
