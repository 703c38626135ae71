import type { IncomingMessage } from 'node:http';
import { trustedProxySet } from '@footfall/service/client-address';
import { expect, test } from 'vitest';
import { browserOf } from './browser.ts';

test('a browser is its address and its agent', () => {
  const request = { socket: { remoteAddress: '203.0.113.9' }, headers: { 'user-agent': 'Firefox' } };
  expect(browserOf(request as IncomingMessage, { trustedProxies: trustedProxySet(['10.0.0.1']) })).toEqual({
    kind: 'browser',
    ip: '203.0.113.9',
    userAgent: 'Firefox',
  });
});
