import { describe, expect, it } from 'vitest';
import { auditEntry, changedFields } from './audit.ts';

const ENTRY = { tenantId: 'tenant_a', actor: 'user_a', action: 'site.update', subject: 'site_a' };

describe('an audit entry', () => {
  it.each([
    ['192.0.2.77', '192.0.2.0'],
    ['2001:db8:1:2::3', '2001:db8:1::'],
  ])('has the address %s cut to %s', (address, network) => {
    expect(auditEntry({ ...ENTRY, actor: { id: 'user_a', address } })).toMatchObject({
      actor: 'user_a',
      address: network,
    });
  });

  it('has no address where there is none', () => {
    expect(auditEntry(ENTRY)).not.toHaveProperty('address');
    expect(auditEntry({ ...ENTRY, actor: { id: 'user_a', address: 'unknown' } })).not.toHaveProperty(
      'address',
    );
  });

  it('has details of a bounded length', () => {
    const details = { before: { list: ['a'] }, after: { list: ['a'.repeat(10_000)] } };
    expect(auditEntry({ ...ENTRY, details }).details).toEqual({ too_long: ['before', 'after'] });
    expect(auditEntry({ ...ENTRY, details: { a: 1 } }).details).toEqual({ a: 1 });
  });
});

it('a change is told by the fields that differ', () => {
  const before = { currency: 'EUR', timezone: 'Etc/UTC', blockedIps: ['a'] };
  expect(changedFields(before, { currency: 'CHF', timezone: 'Etc/UTC', blockedIps: ['a'] })).toEqual({
    before: { currency: 'EUR' },
    after: { currency: 'CHF' },
  });
});
