import type { IncomingMessage } from 'node:http';
import { trustedProxies } from '@footfall/service/client-address';
import { expect, test } from 'vitest';
import { readCaller } from './caller.ts';
import { Rates } from './rates.ts';
import { basicPair, readBrowser } from './rights.ts';

function from(remoteAddress: string) {
  const request = {
    socket: { remoteAddress },
    headers: { 'user-agent': 'Firefox', origin: 'https://shop.example' },
  } as unknown as IncomingMessage;
  return { request, caller: readCaller(request, trustedProxies(['10.0.0.1'])) };
}

const limited = (requestsPerSecond: number) => ({
  limited: () => undefined,
  rates: new Rates(() => 0),
  requestsPerSecond,
});

test('a browser is its address, its agent and the origin of its page', () => {
  expect(readBrowser(from('203.0.113.9'), limited(0))).toEqual({
    kind: 'browser',
    id: 'site_key',
    ip: '203.0.113.9',
    network: '203.0.113.9',
    userAgent: 'Firefox',
    origin: 'https://shop.example',
  });
});

test('an address that sends too much is refused, and told when to come again', () => {
  const ports = limited(2);
  for (let request = 0; request < 20; request += 1) readBrowser(from('203.0.113.9'), ports);
  expect(() => readBrowser(from('203.0.113.9'), ports)).toThrow(
    expect.objectContaining({ code: 'rate_limited', retryAfter: 1 }),
  );
  expect(readBrowser(from('203.0.113.8'), ports).ip).toBe('203.0.113.8');
});

test.each(['127.0.0.1', '::1', '10.1.2.3', '172.20.0.1', '192.168.1.1', 'fd00::1'])(
  '%s may be a proxy that nobody has named: it is not limited',
  (ip) => {
    const ports = limited(1);
    for (let request = 0; request < 50; request += 1) expect(readBrowser(from(ip), ports).ip).toBe(ip);
  },
);

test.each([
  [`Basic ${btoa('ff_key:')}`, { user: 'ff_key' }, 'as libraries send it'],
  [`basic  ${btoa('ff_key:secret')} `, { user: 'ff_key', password: 'secret' }, 'with a password'],
  [
    `Basic ${btoa('ff_key:secret:')}`,
    { user: 'ff_key', password: 'secret' },
    'as libraries send both as one key',
  ],
  [`Basic ${btoa('ff_key')}`, { user: 'ff_key' }, 'without a colon'],
  [`Basic ${btoa(':secret')}`, { password: 'secret' }, 'without a name'],
  ['Basic', {}, 'empty'],
  ['Basic ???', {}, 'not Base64'],
  ['Bearer ffk_x', {}, 'another scheme'],
  [undefined, {}, 'missing'],
])('%j has %j: %s', (authorization, pair, _why) => {
  expect(basicPair(authorization)).toEqual(pair);
});
