import { hash } from '@node-rs/argon2';
import { dictionary } from '@zxcvbn-ts/language-common';
import { controlFailure } from '../errors.ts';

const MIN_PASSWORD = 10;
const MAX_PASSWORD = 200;

/** Some 49,000 passwords that many people have, the most common first. */
const COMMON: readonly string[] = dictionary['passwords-common'].map(String);
const common = new Set(COMMON);
/** Of these the ones that people put a year or a `!` behind, as in `football2026!`. */
const roots = new Set(COMMON.slice(0, 2_000).filter((word) => word.length >= 5));

/** Whose password it is: what they are called is what others guess first. */
export type Owner = { email?: string; name?: string };

const LOOKALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Without the digits and marks that directly follow the last letter. */
const withoutEnd = (text: string) => text.replace(/(?<=\p{L})[\p{N}!?.$@*]+$/u, '');
const asLetters = (text: string) => text.replace(/[013457@$!]/g, (sign) => LOOKALIKES[sign] ?? sign);
const lettersAndDigits = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** One sign again and again, or a few: `aaaaaaaaaa`, `1212121212`, `abcabcabcabc`. */
const isRepetition = (text: string) =>
  /^(.{1,4}?)\1+$/su.test(text + text.slice(0, 0)) && new Set(text).size <= 4;

/** Signs that follow each other: `abcdefghij`, `9876543210`. */
function isSequence(text: string): boolean {
  const codes = [...text].map((sign) => sign.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)));
  // Ten digits begin anew after 9.
  const wraps = [...steps].filter((step) => Math.abs(step) !== 1);
  return steps.size <= 2 && wraps.every((step) => Math.abs(step) === 9) && codes.length > wraps.length + 2;
}

function isCommon(password: string): boolean {
  const lower = password.normalize('NFKC').toLowerCase();
  const written = [lower, asLetters(lower)];
  if (written.some((text) => common.has(text)) || isRepetition(lower) || isSequence(lower)) return true;
  return [withoutEnd(lower), withoutEnd(asLetters(lower)), asLetters(withoutEnd(lower))].some((root) =>
    roots.has(root),
  );
}

function isOwn(password: string, { email = '', name = '' }: Owner): boolean {
  const [local = '', domain = ''] = email.toLowerCase().split('@');
  const own = [email, local, domain, domain.split('.')[0] ?? '', name].map(lettersAndDigits);
  const given = [password, withoutEnd(password)].map(lettersAndDigits);
  return own.some((text) => text.length >= 4 && given.includes(text));
}

/**
 * Checks a password that is to be set: 10 characters, not a common one, and not what its owner is called.
 * @throws Failure `weak_password`, `common_password`
 */
export function checkPassword(password: string, owner: Owner = {}): void {
  if (password.length < MIN_PASSWORD || password.length > MAX_PASSWORD) {
    throw controlFailure('weak_password', `a password has ${MIN_PASSWORD} to ${MAX_PASSWORD} characters`, {
      where: 'password',
      values: { least: MIN_PASSWORD, most: MAX_PASSWORD },
    });
  }
  if (isCommon(password) || isOwn(password, owner)) {
    const message =
      'this password is too easy to guess: many people have it, or it is made of your name or address';
    throw controlFailure('common_password', message, { where: 'password' });
  }
}

/**
 * Argon2id with the library's defaults (19 MiB, two passes), as OWASP advises.
 * @throws Failure `weak_password`, `common_password`
 */
export async function hashPassword(password: string, owner: Owner = {}): Promise<string> {
  checkPassword(password, owner);
  return hash(password);
}
