import { describe, expect, it } from 'vitest';
import { checkPassword, hashPassword } from './password.ts';

const OWNER = { email: 'harriet.kiln@pottery-works.example', name: 'Kiln & Company' };

const verdict = (password: string) => {
  try {
    checkPassword(password, OWNER);
    return 'taken';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a password', () => {
  it.each([
    'correct horse battery',
    'correct horse',
    'Zug-nach-Ulm-7',
    'ein ganz langer satz',
    '密码密碼長安城外桃花',
    'demo-footfall',
    'x7Gq-0sTzP-aa',
    'secret-for-tests-1',
    'pottery-works-2026-spring',
  ])('%s is taken', (password) => expect(verdict(password)).toBe('taken'));

  it.each(['', 'short', 'ninechars', 'a'.repeat(201)])('%s is too short or too long', (password) =>
    expect(verdict(password)).toBe('weak_password'),
  );

  it.each([
    '1234567890',
    '0987654321',
    '12345678901234567890',
    'qwertyuiop',
    'Qwertyuiop',
    'password12',
    'Password123',
    'P@ssw0rd123',
    'passw0rd2026!',
    'Football2024!!',
    'iloveyou123',
    'administrator',
    'abcdefghij',
    'aaaaaaaaaa',
    '1212121212',
    'abcabcabcabc',
  ])('%s is one that many people have', (password) => expect(verdict(password)).toBe('common_password'));

  it.each([
    OWNER.email,
    'harriet.kiln',
    'HarrietKiln1',
    'pottery-works',
    'potteryworks.example',
    'Pottery-Works2026',
    'KilnCompany',
    'kiln & company!',
  ])('%s is what its owner is called', (password) => expect(verdict(password)).toBe('common_password'));

  it('that is refused is not hashed', async () => {
    await expect(hashPassword('qwertyuiop')).rejects.toMatchObject({ code: 'common_password' });
    expect(await hashPassword('correct horse')).toMatch(/^\$argon2id\$/);
  });
});
