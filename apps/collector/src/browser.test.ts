import type { IncomingMessage } from 'node:http';
import { trustedProxySet } from '@footfall/service/client-address';
import { expect, test } from 'vitest';
import { readSender } from './browser.ts';
import { Rates } from './rates.ts';

const from = (remoteAddress: string) =>
  ({
    socket: { remoteAddress },
    headers: { 'user-agent': 'Firefox', origin: 'https://shop.example' },
  }) as unknown as IncomingMessage;

const limited = (requestsPerSecond: number) => ({
  trustedProxies: trustedProxySet(['10.0.0.1']),
  rates: new Rates(() => 0),
  requestsPerSecond,
});

test('a browser is its address, its agent and the origin of its page', () => {
  expect(readSender(from('203.0.113.9'), limited(0))).toEqual({
    kind: 'browser',
    ip: '203.0.113.9',
    userAgent: 'Firefox',
    origin: 'https://shop.example',
  });
});

test('an address that sends too much is refused, and told when to come again', () => {
  const ports = limited(2);
  for (let request = 0; request < 20; request += 1) readSender(from('203.0.113.9'), ports);
  expect(() => readSender(from('203.0.113.9'), ports)).toThrow(
    expect.objectContaining({ code: 'rate_limited', retryAfter: 1 }),
  );
  expect(readSender(from('203.0.113.8'), ports).ip).toBe('203.0.113.8');
});

test.each(['127.0.0.1', '::1', '10.1.2.3', '172.20.0.1', '192.168.1.1', 'fd00::1'])(
  '%s may be a proxy that nobody has named: it is not limited',
  (ip) => {
    const ports = limited(1);
    for (let request = 0; request < 50; request += 1) expect(readSender(from(ip), ports).ip).toBe(ip);
  },
);
