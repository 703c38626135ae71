import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressPurpose, isPublicAddress, SPECIAL_NETWORKS } from './special-address.ts';

test.each([
  '8.8.8.8',
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '168.63.129.15',
  '172.15.255.255',
  '172.32.0.1',
  '192.0.1.0',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '::ffff:8.8.8.8',
  '2001:200::1',
  '2001:db9::1',
  '2003::1',
  '2606:4700::1111',
  '3ffe:ffff::',
])('%s is public', (address) => {
  expect(addressPurpose(address)).toBe('public');
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  ['127.0.0.1', 'internal'],
  ['0.0.0.0', 'internal'],
  ['10.1.2.3', 'internal'],
  ['100.64.0.1', 'internal'],
  ['100.127.255.255', 'internal'],
  ['168.63.129.16', 'internal'],
  ['169.254.169.254', 'internal'],
  ['172.16.0.1', 'internal'],
  ['172.31.255.255', 'internal'],
  ['192.168.1.1', 'internal'],
  ['192.0.0.1', 'reserved'],
  ['192.0.2.1', 'reserved'],
  ['192.88.99.1', 'reserved'],
  ['198.18.0.1', 'reserved'],
  ['198.19.255.255', 'reserved'],
  ['198.51.100.1', 'reserved'],
  ['203.0.113.1', 'reserved'],
  ['224.0.0.1', 'reserved'],
  ['255.255.255.255', 'reserved'],
  ['::', 'internal'],
  ['::1', 'internal'],
  ['::ffff:127.0.0.1', 'internal'],
  ['::ffff:a9fe:a9fe', 'internal'],
  ['::FFFF:192.168.0.1', 'internal'],
  ['64:ff9b::7f00:1', 'reserved'],
  ['64:ff9b:1::1', 'internal'],
  ['100::1', 'reserved'],
  ['2001::1', 'reserved'],
  ['2001:1ff:ffff::', 'reserved'],
  ['2001:db8::1', 'reserved'],
  ['2002:7f00:1::', 'reserved'],
  ['2620:4f:8000::1', 'reserved'],
  ['3fff:fff::1', 'reserved'],
  ['5f00::1', 'reserved'],
  ['fe80::1', 'internal'],
  ['fd00::1', 'internal'],
  ['fec0::1', 'internal'],
  ['ff02::1', 'reserved'],
  ['4000::1', 'reserved'],
])('%s is %s', (address, purpose) => {
  expect(addressPurpose(address)).toBe(purpose);
  expect(isPublicAddress(address)).toBe(false);
});

test.each(['0x7f000001', 'localhost', '', '10.0.0.0/8', '8.8.8.8, 10.0.0.1'])(
  '%j is not an address',
  (text) => {
    expect(addressPurpose(text)).toBeUndefined();
    expect(isPublicAddress(text)).toBe(false);
  },
);

test('each network begins with an address of its purpose', () => {
  for (const [network, purpose] of SPECIAL_NETWORKS) {
    // The last three hold what the rows before them name.
    if (/^(?:::\/3|8000)/.test(network)) continue;
    expect([network, addressPurpose(network.split('/')[0] ?? '')]).toEqual([network, purpose]);
  }
});

test('every address has a purpose', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.ipV4(), fc.ipV6()),
      (address) => void expect(addressPurpose(address)).toBeDefined(),
    ),
  );
});
