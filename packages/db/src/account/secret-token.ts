import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits: such a secret is stored with a fast hash, as API keys are. */
const BYTES = 32;

const TOKEN = /^[\w-]{43}$/;

/** A new secret for a mail or a cookie. */
export const newSecretToken = (): string => randomBytes(BYTES).toString('base64url');

/** Whether a text from outside can be such a secret at all. */
export const isSecretToken = (text: string): boolean => TOKEN.test(text);

/** What is stored of one: SHA-256. */
export function hashToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}
