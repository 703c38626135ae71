import { randomBytes } from 'node:crypto';
import { hashToken } from './secret-token.ts';

/** How many there are of one account. */
export const RECOVERY_CODES = 10;

/** Crockford's base 32: no letter that looks like a digit. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 80 random bits: such a code is stored with a fast hash, as tokens are. */
const LENGTH = 16;
const CODE = new RegExp(`^[${SIGNS}]{${LENGTH}}$`);

const inFours = (text: string) => text.replace(/(.{4})(?=.)/g, '$1-');

function newRecoveryCode(): string {
  const signs = [...randomBytes(LENGTH)].map((byte) => SIGNS.charAt(byte % SIGNS.length));
  return inFours(signs.join(''));
}

/** New codes, each for one time: `7QX2-9F4K-…`. */
export const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, newRecoveryCode);

/** What is stored of a code, however it is typed: SHA-256; null for a text that can be none. */
export function hashRecoveryCode(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length > 4 * LENGTH) return null;
  const code = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return CODE.test(code) ? hashToken(code) : null;
}
