import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy.ts';

describe('the policy of a page', () => {
  const policy = contentSecurityPolicy('abc', { secure: false });

  it('allows inline scripts by nonce only and no inline styles', () => {
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic'");
    expect(policy).not.toContain('unsafe');
  });

  it('lets nobody frame the portal', () => expect(policy).toContain("frame-ancestors 'none'"));

  it('upgrades requests only where there is TLS', () => {
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect(contentSecurityPolicy('abc', { secure: true })).toContain('upgrade-insecure-requests');
  });
});
