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
] as const)('%s: %s is refused in words', (field, text, message) => {
  const refused = () => parseIntakeLists({ [field]: [text] });
  expect(refused).toThrow(message);
  expect(refused).toThrow(expect.objectContaining({ code: 'invalid_rule', where: field }));
});

test('a list has an end', () => {
  const many = Array.from({ length: 201 }, (_, n) => `10.0.${n}.1`);
  expect(() => parseIntakeLists({ blockedIps: many })).toThrow(/at most 200 entries, not 201/);
});
