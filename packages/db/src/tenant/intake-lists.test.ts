import { expect, test } from 'vitest';
import { parseIntakeLists } from './intake-lists.ts';

test('lists come in their normal form: sorted, once, without what is empty', () => {
  const given = {
    allowedOrigins: ['https://Shop.example/', '', 'https://shop.example', 'http://*.a.example:8080'],
    blockedIps: ['192.0.2.9', '192.0.2.0/24'],
    blockedCountries: [],
  };
  expect(parseIntakeLists(given)).toEqual({
    allowedOrigins: ['http://*.a.example:8080', 'https://shop.example'],
    blockedIps: ['192.0.2.0/24', '192.0.2.9'],
    blockedCountries: [],
  });
});

test.each([
  ['allowedOrigins', 'shop.example', /"shop.example" is not an origin such as/],
  ['allowedOrigins', 'https://shop.example/path', /origin/],
  ['allowedOrigins', 'https://user@shop.example', /origin/],
  ['blockedIps', 'home', /"home" is not an IP address or a network/],
  ['blockedPages', 'account', /begins with \//],
  ['keptParams', 'a=b', /parameter such as page/],
] as const)('%s: %s is refused in words', (field, text, message) => {
  const refused = () => parseIntakeLists({ [field]: [text] });
  expect(refused).toThrow(message);
  expect(refused).toThrow(expect.objectContaining({ code: 'invalid_rule', where: field }));
});

test('a list has an end', () => {
  const many = Array.from({ length: 201 }, (_, n) => `10.0.${n}.1`);
  expect(() => parseIntakeLists({ blockedIps: many })).toThrow(/at most 200 entries, not 201/);
});

test('pages with too many wildcards are refused, one at a time and together; what the attack on the collector sent', () => {
  const refused = (blockedPages: string[]) => () => parseIntakeLists({ blockedPages });
  const hostile = Array.from({ length: 15 }, (_, n) => `/${'**a*a'.repeat(36)}b${n}`);
  expect(refused(hostile)).toThrow(
    expect.objectContaining({ code: 'too_many_wildcards', where: 'blockedPages', values: { most: 10 } }),
  );
  const long = Array.from(
    { length: 11 },
    (_, n) => `/**/${'a'.repeat(180)}${String(n).padStart(2, '0')}/*/x`,
  );
  expect(refused(long)).toThrow(
    expect.objectContaining({ code: 'too_complex_rules', values: { most: 2_000 } }),
  );
  expect(parseIntakeLists({ blockedPages: long.slice(0, 10) }).blockedPages).toHaveLength(10);
});

test('an origin is as long as a name can be', () => {
  expect(() => parseIntakeLists({ allowedOrigins: [`https://${'a'.repeat(200)}`] })).toThrow(/origin/);
});
