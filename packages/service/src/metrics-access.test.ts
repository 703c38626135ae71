import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { mayReadMetrics } from './metrics-access.ts';

const TOKEN = 'a-token-of-some-length';

const asked = (remoteAddress: string | undefined, headers: Record<string, string> = {}) =>
  ({
    headers: { host: '127.0.0.1:3001', ...headers },
    socket: { remoteAddress },
  }) as unknown as IncomingMessage;

describe('without a token', () => {
  test.each([
    ['loopback', '127.0.0.1', {}, true],
    ['loopback, as IPv4 inside IPv6', '::ffff:127.0.0.1', {}, true],
    ['loopback of IPv6', '::1', { host: '[::1]:3001' }, true],
    ['loopback by name', '127.0.0.1', { host: 'localhost:3001' }, true],
    ['another machine', '192.0.2.7', {}, false],
    ['nobody, since the peer has gone', undefined, {}, false],
    ['a proxy on this machine that tells for whom', '127.0.0.1', { 'x-forwarded-for': '192.0.2.7' }, false],
    ['a proxy on this machine that tells its name', '127.0.0.1', { via: '1.1 proxy' }, false],
    ['a proxy on this machine, by the standard', '127.0.0.1', { forwarded: 'for=192.0.2.7' }, false],
    ['a proxy on this machine that keeps the host', '127.0.0.1', { host: 'stats.example.com' }, false],
    ['a page whose name points here', '127.0.0.1', { host: 'rebound.example:3001' }, false],
    [
      'another machine with a token that nobody set',
      '192.0.2.7',
      { authorization: `Bearer ${TOKEN}` },
      false,
    ],
  ])('%s', (_, peer, headers, may) => {
    expect(mayReadMetrics(asked(peer, headers), undefined)).toBe(may);
  });
});

describe('with a token', () => {
  test.each([
    ['loopback needs none', '127.0.0.1', {}, true],
    ['another machine that has it', '192.0.2.7', { authorization: `Bearer ${TOKEN}` }, true],
    ['a proxy for one that has it', '127.0.0.1', { via: '1.1 p', authorization: `bearer ${TOKEN}` }, true],
    ['another machine with a part of it', '192.0.2.7', { authorization: `Bearer ${TOKEN.slice(1)}` }, false],
    ['another machine with it as a password', '192.0.2.7', { authorization: `Basic ${TOKEN}` }, false],
    ['another machine without it', '192.0.2.7', {}, false],
  ])('%s', (_, peer, headers, may) => {
    expect(mayReadMetrics(asked(peer, headers), TOKEN)).toBe(may);
  });
});
