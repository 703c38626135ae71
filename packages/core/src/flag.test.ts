import { expect, it } from 'vitest';
import { FLAG_NAMES, FLAGS, flagNamed, isFlagOn } from './flag.ts';

const off = (forTenant: string) => ({ flag: 'rawExport', forTenant, isOn: false });
const on = (forTenant: string) => ({ ...off(forTenant), isOn: true });

it.each([
  ['nothing', [], true],
  ['all', [off('')], false],
  ['the tenant', [off('tenant_a')], false],
  ['another tenant', [off('tenant_b')], true],
  ['all, and otherwise of the tenant', [off(''), on('tenant_a')], true],
  ['all, and otherwise of the tenant, in another order', [off('tenant_a'), on('')], false],
  ['another flag', [{ ...off(''), flag: 'other' }], true],
])('where %s is said of, the tenant’s word goes before that of all', (_, overrides, expected) => {
  expect(isFlagOn('rawExport', 'tenant_a', overrides)).toBe(expected);
});

it('a flag is one of the table, whatever else is asked for', () => {
  for (const name of ['constructor', '__proto__', '', 'rawexport']) expect(flagNamed(name)).toBeNull();
  for (const name of FLAG_NAMES) expect([flagNamed(name), FLAGS[name].default]).toEqual([name, true]);
});
