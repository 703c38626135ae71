import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseIp, senderNetwork, statedAddress, truncateIp } from './ip.ts';

test.each([
  ['192.0.2.77', '192.0.2.0'],
  [' 192.0.2.77 ', '192.0.2.0'],
  ['::ffff:192.0.2.77', '192.0.2.0'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::'],
  ['2001:DB8::1', '2001:db8:0::'],
  ['2001:db8:0:0:0:0:0:1', '2001:db8:0::'],
  ['fe80::1', 'fe80:0:0::'],
  ['::1', '0:0:0::'],
])('%s is cut to %s', (ip, network) => {
  expect(truncateIp(ip)).toBe(network);
});

test.each([
  '',
  'localhost',
  '300.1.1.1',
  '1.2.3',
  '1.2.3.4.5',
  'gggg::',
  '1.2.3.4/24',
  '[::1]',
  'fe80::1%eth0',
  '1.2.3.',
  '1.2.3.4.',
  '256.1.1.1',
  '::ffff:256.1.1.1',
  '::ffff:',
])('%j is not an address', (ip) => {
  expect(normaliseIp(ip)).toBeUndefined();
});

test.each([
  ['192.0.2.77', '192.0.2.77'],
  ['0.0.0.0', '0.0.0.0'],
  ['255.249.199.99', '255.249.199.99'],
  ['::ffff:192.0.2.77', '192.0.2.77'],
  ['::FFFF:C000:024D', '192.0.2.77'],
  // As every address bar reads it: a leading zero says octal.
  ['010.0.0.1', '8.0.0.1'],
  ['2001:DB8:0:0::0001', '2001:db8::1'],
])('%s is written %s', (ip, canonical) => {
  expect(normaliseIp(ip)).toBe(canonical);
});

test('what is left of an address never tells its last part', () => {
  fc.assert(
    fc.property(fc.ipV4(), (ip) => {
      expect(truncateIp(ip)?.endsWith('.0')).toBe(true);
    }),
  );
  fc.assert(
    fc.property(fc.ipV6(), (ip) => {
      expect(truncateIp(ip)).toMatch(/^([0-9a-f]{1,4}:){3}:$|^\d+\.\d+\.\d+\.0$/);
    }),
  );
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
  ['2001:db8:1:2::1', '2001:db8:1:2::'],
  ['2001:db8::1', '2001:db8:0:0::'],
  ['2001:db8::3:4:5:6:7', '2001:db8:0:3::'],
  ['1::', '1:0:0:0::'],
  ['::1', '0:0:0:0::'],
  ['', undefined],
])('limits count %s as %s', (address, network) => {
  expect(senderNetwork(address)).toBe(network);
});

test.each([
  ['1.2.3.4:5678', '1.2.3.4'],
  ['1.2.3.4', '1.2.3.4'],
  [' 1.2.3.4:1 ', '1.2.3.4'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['[2001:DB8::1]', '2001:db8::1'],
  ['2001:db8::1', '2001:db8::1'],
  ['[::ffff:192.0.2.1]:443', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['[1.2.3.4]:80', '1.2.3.4'],
  ['fe80::1%eth0', 'fe80::1'],
  ['[fe80::1%25eth0]:8080', 'fe80::1'],
  ['[fe80::1%3]', 'fe80::1'],
  ['', undefined],
  ['[]', undefined],
  ['[::1', undefined],
  ['::1]', undefined],
  ['[::1]443', undefined],
  ['[::1]:', undefined],
  ['1.2.3.4:', undefined],
  ['1.2.3.4:http', undefined],
  ['1.2.3.4:123456', undefined],
  ['1.2.3.4%eth0', undefined],
  ['fe80::1%', undefined],
  ['%eth0', undefined],
  ['shop.example:80', undefined],
])('the stated address %j is %s', (text, address) => {
  expect(statedAddress(text)).toBe(address);
});
