import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { clientAddress, parseHop, trustedProxies } from './client-address.ts';

const from = (remoteAddress: string | undefined, forwarded?: string) =>
  ({
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    socket: { remoteAddress },
  }) as unknown as IncomingMessage;

const PROXIES = trustedProxies([
  '10.0.0.1',
  '10.0.0.2',
  '172.16.0.0/12',
  '2001:db8:ffff::/48',
  '2001:DB8::0001',
  'no address',
]);

test.each([
  ['the peer, when it is not a proxy', '198.51.100.7', undefined, '198.51.100.7'],
  ['the peer, whatever it claims, when it is not a proxy', '198.51.100.7', '203.0.113.9', '198.51.100.7'],
  ['IPv4 inside IPv6 as IPv4', '::ffff:198.51.100.7', undefined, '198.51.100.7'],
  ['what a proxy says', '10.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['what a proxy says that came as IPv4 inside IPv6', '::ffff:10.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['what a proxy says, however its address is written', '2001:db8::1', '2001:DB8:0::9', '2001:db8::9'],
  [
    'the right-most that is not a proxy: what stands further left is only claimed',
    '10.0.0.1',
    '6.6.6.6, 203.0.113.9, 10.0.0.2',
    '203.0.113.9',
  ],
  ['what a proxy says, without the port', '10.0.0.1', '6.6.6.6, 203.0.113.9:51234', '203.0.113.9'],
  ['what a proxy says, without brackets and port', '10.0.0.1', '6.6.6.6, [2001:db8::9]:443', '2001:db8::9'],
  [
    'the proxy, when it says `unknown`: what stands further left is only claimed',
    '10.0.0.1',
    '6.6.6.6, unknown',
    '10.0.0.1',
  ],
  ['the last proxy that can be believed', '10.0.0.1', '6.6.6.6, _hidden, 10.0.0.2:80', '10.0.0.2'],
  ['what a proxy of a network says', '172.31.255.9', '203.0.113.9, 172.20.1.1', '203.0.113.9'],
  ['what a proxy of an IPv6 network says', '2001:db8:ffff::77', '203.0.113.9', '203.0.113.9'],
  ['the peer beside the network', '172.32.0.1', '203.0.113.9', '172.32.0.1'],
  ['the proxy, when an entry is empty', '10.0.0.1', '6.6.6.6,,', '10.0.0.1'],
  ['the proxy itself, when it says nothing', '10.0.0.1', undefined, '10.0.0.1'],
  ['the proxy itself, when it says nonsense', '10.0.0.1', 'unknown, _hidden', '10.0.0.1'],
  ['nobody, when the peer has gone', undefined, undefined, ''],
])('the client is %s', (_, peer, forwarded, client) => {
  expect(clientAddress(from(peer, forwarded), PROXIES)).toBe(client);
});

test.each([
  ['192.0.2.1:80', '192.0.2.1'],
  ['[2001:db8::1]:8080', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['"[2001:db8::1]:8080"', '2001:db8::1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['192.0.2.1:port', undefined],
  ['shop.example', undefined],
  ['', undefined],
])('the address of %j is %j', (entry, address) => {
  expect(parseHop(entry)).toBe(address);
});

test('without proxies nobody is believed', () => {
  expect(clientAddress(from('127.0.0.1', '203.0.113.9'), trustedProxies([]))).toBe('127.0.0.1');
});
