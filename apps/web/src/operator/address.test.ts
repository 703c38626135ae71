import { describe, expect, it } from 'vitest';
import { listAddress, readCursor, readText } from './address.ts';

describe('the address of a list', () => {
  it('says what is searched for and where the list goes on, and is read again', () => {
    const after = { at: new Date('2026-11-03T10:00:00.123Z'), id: 'tenant_a1' };
    const address = listAddress('/operator/tenants', { search: 'mug & co' }, after);
    const params = Object.fromEntries(new URL(address, 'http://portal.invalid').searchParams);
    expect(readText(params, 'search')).toBe('mug & co');
    expect(readCursor(params)).toEqual(after);
    expect(listAddress('/operator/tenants', { search: '' }, null)).toBe('/operator/tenants');
  });

  it.each([
    undefined,
    '',
    'x',
    '1.',
    '.a',
    `1.${'a'.repeat(65)}`,
    '1.a b',
    '123456789012345.a',
    ['1.a', '2.b'],
  ])('begins anew with %j, which names no row', (after) => {
    expect(readCursor({ after })).toBeNull();
  });
});
