import { expect, it } from 'vitest';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-code.ts';

it('there are ten codes, all different, in groups of four', () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
});

it('a code is the same however it is typed', () => {
  const hash = hashRecoveryCode('70X1-9F4K-AAAA-BBBB');
  expect(hash).not.toBeNull();
  for (const typed of [
    '70x19f4kaaaabbbb',
    ' 7ox1 9f4k aaaa bbbb ',
    '7OXI-9F4K-AAAA-BBBB',
    '7OXL9F4KAAAABBBB',
  ])
    expect(hashRecoveryCode(typed)).toEqual(hash);
});

it.each(['', '123456', '70X1-9F4K-AAAA', '70X1-9F4K-AAAA-BBBBB', 'x'.repeat(20_000)])(
  'a text that can be no code has no hash (%#)',
  (text) => {
    expect(hashRecoveryCode(text)).toBeNull();
  },
);
