import { describe, expect, it } from 'vitest';
import { cameByTls, securityHeaders } from './security-headers.ts';

const [HTTP, HTTPS] = ['http://127.0.0.1:3000', 'https://stats.example'];

describe('a request came by TLS', () => {
  it.each([
    { webUrl: HTTPS, proto: undefined, isFromProxy: false, is: true },
    { webUrl: HTTP, proto: undefined, isFromProxy: true, is: false },
    { webUrl: HTTP, proto: 'https', isFromProxy: true, is: true },
    { webUrl: HTTP, proto: 'HTTPS, http', isFromProxy: true, is: true },
    { webUrl: HTTP, proto: 'http', isFromProxy: true, is: false },
    // Anybody can claim it.
    { webUrl: HTTP, proto: 'https', isFromProxy: false, is: false },
  ])('to $webUrl with $proto, from a proxy: $isFromProxy: $is', ({ webUrl, proto, isFromProxy, is }) => {
    const headers = proto === undefined ? {} : { 'x-forwarded-proto': proto };
    expect(cameByTls({ headers }, { webUrl, isFromProxy })).toBe(is);
  });
});

it('only an answer by TLS keeps browsers to TLS', () => {
  expect(securityHeaders(true)).toMatchObject({
    'strict-transport-security': 'max-age=31536000',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  });
  expect(securityHeaders(false)).not.toHaveProperty('strict-transport-security');
});
