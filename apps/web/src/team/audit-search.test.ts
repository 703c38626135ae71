import { expect, it } from 'vitest';
import { readAuditSearch } from './audit-search.ts';

it('the address of the audit says which entries, and leads to older ones', () => {
  const search = readAuditSearch({ action: 'member.', before: '2026-01-02T03:04:05.000Z' });
  expect(search.filter).toEqual({ action: 'member.', before: new Date('2026-01-02T03:04:05Z') });
  expect(search.olderThan(new Date(0))).toBe('/audit?action=member.&before=1970-01-01T00%3A00%3A00.000Z');
});

it.each([
  {},
  { action: '', before: '' },
  { action: "x' OR 1=1", before: 'yesterday' },
  { action: ['member.add', 'site.create'], before: ['2026-01-01', '2026-01-02'] },
  { action: 'a'.repeat(61) },
])('what it does not know is left out: %j', (params) => {
  expect(readAuditSearch(params).filter).toEqual({});
});
