import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientAddress } from './client-address.ts';

const request = (peer: string, forwarded?: string) =>
  ({
    socket: { remoteAddress: peer },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as IncomingMessage;

describe('the address of who asks', () => {
  it('is the peer, whatever it says of itself', () => {
    expect(clientAddress(request('203.0.113.9', '198.51.100.1'), [])).toBe('203.0.113.9');
    expect(clientAddress(request('::ffff:203.0.113.9'), [])).toBe('203.0.113.9');
  });

  it('is the last before the proxies of ours', () => {
    const forwarded = 'spoofed, 192.0.2.7, 198.51.100.1, 10.0.0.2';
    expect(clientAddress(request('127.0.0.1', forwarded), ['127.0.0.1', '10.0.0.2'])).toBe('198.51.100.1');
    expect(clientAddress(request('127.0.0.1'), ['127.0.0.1'])).toBe('127.0.0.1');
  });
});
