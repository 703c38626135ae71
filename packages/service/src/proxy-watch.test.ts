import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { trustedProxies } from './client-address.ts';
import { checkProxy, describeFinding, type ProxyFinding, watchProxies } from './proxy-watch.ts';

const NONE = trustedProxies([]);
const OURS = trustedProxies(['127.0.0.0/8', '10.0.0.5', '203.0.113.1']);

const from = (remoteAddress: string | undefined, headers: Record<string, string> = {}) =>
  ({ headers, socket: { remoteAddress } }) as unknown as IncomingMessage;
const VISITOR = { 'x-forwarded-for': '198.51.100.7' };
const SHOP = { origin: 'https://shop.example' };

describe('a proxy that is not trusted', () => {
  test.each([
    ['127.0.0.1', 'X-Forwarded-For'],
    ['::1', 'X-Real-IP'],
    ['::ffff:172.17.0.1', 'Forwarded'],
    ['10.1.2.3', 'CF-Connecting-IP'],
    ['fd00::5', 'True-Client-IP'],
  ])('%s is told by %s', (peer, header) => {
    const finding = checkProxy(from(peer, { [header.toLowerCase()]: '198.51.100.7' }), NONE);
    expect(finding).toEqual({ problem: 'untrusted', peer: peer.replace('::ffff:', ''), header });
    expect(describeFinding(finding as ProxyFinding)).toContain(`TRUSTED_PROXIES=${finding?.peer}`);
  });

  test('is told of beside others that are', () => {
    expect(checkProxy(from('10.0.0.6', VISITOR), OURS)).toMatchObject({
      problem: 'untrusted',
      peer: '10.0.0.6',
    });
  });

  test.each([
    ['a visitor who sends the header', from('198.51.100.7', VISITOR)],
    ['a program of this machine', from('127.0.0.1')],
    ['a visitor of a private network', from('10.1.2.3', SHOP)],
    ['a connection that is gone', from(undefined, VISITOR)],
  ])('is not %s', (_, request) => {
    expect(checkProxy(request, NONE)).toBeNull();
  });
});

describe('a proxy that does not say whose request it is', () => {
  test.each([
    ['says it in a header that is not read', from('10.0.0.5', { 'x-real-ip': '198.51.100.7' }), 'X-Real-IP'],
    ['hands on a page of another machine and says nothing', from('10.0.0.5', SHOP), ''],
    ['is trusted, and public', from('203.0.113.1', SHOP), ''],
  ])('%s', (_, request, header) => {
    expect(checkProxy(request, OURS)).toMatchObject({ problem: 'no_address', header });
  });

  test('on this machine is told of even when none is trusted', () => {
    const finding = checkProxy(from('127.0.0.1', SHOP), NONE);
    expect(finding).toEqual({ problem: 'no_address', peer: '127.0.0.1', header: '' });
    expect(describeFinding(finding as ProxyFinding)).toContain('proxy_set_header X-Forwarded-For');
  });

  test.each([
    ['one that says it', from('10.0.0.5', { ...VISITOR, ...SHOP, 'x-real-ip': '198.51.100.7' })],
    ['a server on this machine', from('127.0.0.1')],
    ['a page of this machine', from('127.0.0.1', { origin: 'http://localhost:3010' })],
    ['a page of this machine by its address', from('127.0.0.1', { origin: 'http://127.0.0.1:3010' })],
    ['a page in a sandbox', from('127.0.0.1', { origin: 'null' })],
  ])('is not %s', (_, request) => {
    expect(checkProxy(request, OURS)).toBeNull();
  });
});

describe('the watch', () => {
  test('tells of each proxy once a minute', () => {
    const told: ProxyFinding[] = [];
    let now = 0;
    const look = watchProxies({ proxies: NONE, tell: (finding) => told.push(finding), clock: () => now });
    for (const peer of ['10.0.0.1', '10.0.0.1', '10.0.0.2']) look(from(peer, VISITOR));
    look(from('198.51.100.7', VISITOR));
    expect(told.map(({ peer }) => peer)).toEqual(['10.0.0.1', '10.0.0.2']);
    now = 60_000;
    look(from('10.0.0.1', VISITOR));
    expect(told).toHaveLength(3);
  });

  test('remembers a bounded number of them', () => {
    const told: ProxyFinding[] = [];
    const look = watchProxies({ proxies: NONE, tell: (finding) => told.push(finding) });
    for (let n = 0; n < 1_000; n += 1) look(from(`10.0.${n >> 8}.${n & 255}`, VISITOR));
    expect(told).toHaveLength(20);
  });
});
