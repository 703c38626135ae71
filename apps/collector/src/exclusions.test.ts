import { expect, test } from 'vitest';
import { compileExclusion } from './exclusions.ts';

const NONE = { blockedIps: [], blockedCountries: [], blockedPages: [], excludedHostnames: [] };
const page = (url: string) => ({ url });
const HOME = page('https://shop.example/');

test('a site without rules has nothing to look at', () => {
  expect(compileExclusion(NONE, null)).toBeNull();
});

test('addresses and networks, of both families', () => {
  const exclusion = compileExclusion(
    { ...NONE, blockedIps: ['192.0.2.0/24', '203.0.113.9', '2001:db8:1::/48'] },
    null,
  );
  const reasons = ['192.0.2.200', '203.0.113.9', '2001:db8:1:2::3', '203.0.113.8', '2001:db8:2::1'].map(
    (ip) => exclusion?.(HOME, ip),
  );
  expect(reasons).toEqual(['blocked_ip', 'blocked_ip', 'blocked_ip', null, null]);
  expect(exclusion?.(HOME, undefined)).toBeNull();
});

test('countries, by address', () => {
  const lookUpCountry = (ip: string) => (ip.startsWith('192.') ? 'DE' : 'FR');
  const exclusion = compileExclusion({ ...NONE, blockedCountries: ['DE', 'AT'] }, lookUpCountry);
  expect([exclusion?.(HOME, '192.0.2.1'), exclusion?.(HOME, '203.0.113.1')]).toEqual(['blocked_ip', null]);
});

test('hosts without www., and paths without the query', () => {
  const exclusion = compileExclusion(
    { ...NONE, blockedPages: ['/account/**'], excludedHostnames: ['staging.example', '*.test'] },
    null,
  );
  const of = (url: string) => exclusion?.(page(url), '192.0.2.1');
  expect(of('https://www.staging.example/a')).toBe('excluded_hostname');
  expect(of('https://a.b.test/')).toBe('excluded_hostname');
  expect(of('https://shop.example/account/orders?id=1#a')).toBe('blocked_page');
  expect(of('https://shop.example/accounts')).toBeNull();
});
