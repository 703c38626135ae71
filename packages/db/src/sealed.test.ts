import { expect, test } from 'vitest';
import { seal, unseal } from './sealed.ts';

test('what was sealed is read again with the same secret and for the same use alone', () => {
  const sealed = seal('grüße an alle', 'mail', 'secret');
  expect(unseal(sealed, 'mail', 'secret')).toBe('grüße an alle');
  expect(() => unseal(sealed, 'totp', 'secret')).toThrow();
  expect(() => unseal(sealed, 'mail', 'another')).toThrow();
});

test('a changed byte, or a cut end, is noticed', () => {
  const sealed = seal('text', 'totp', 'secret');
  for (const index of sealed.keys()) {
    const changed = sealed.map((byte, at) => (at === index ? byte ^ 1 : byte));
    expect(() => unseal(changed, 'totp', 'secret')).toThrow();
  }
  expect(() => unseal(sealed.subarray(0, -1), 'totp', 'secret')).toThrow();
  expect(() => unseal(new Uint8Array(), 'totp', 'secret')).toThrow();
});

test('the same text is sealed anew each time', () => {
  expect(seal('text', 'mail', 'secret')).not.toEqual(seal('text', 'mail', 'secret'));
});
