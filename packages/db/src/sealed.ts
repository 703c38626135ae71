import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** What is kept in the database and must be read again, unlike passwords and tokens, which are hashed. */
export type SealedUse = 'mail' | 'totp' | 'visitor' | 'sign_on' | 'webhook' | 'embed';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A key for one use of the installation's secret, so that what is sealed for one cannot be opened as another. */
const deriveKey = (secret: string, use: SealedUse): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, '', `sealed ${use}`, 32));

/** A text that nobody reads without the installation's secret: AES-256-GCM, as its vector, its tag and its ciphertext. */
export function seal(text: string, use: SealedUse, secret: string): Uint8Array<ArrayBuffer> {
  const vector = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', deriveKey(secret, use), vector);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return new Uint8Array(Buffer.concat([vector, cipher.getAuthTag(), sealed]));
}

/**
 * The text that was sealed.
 * @throws Error when it was changed, or was sealed with another secret or for another use
 */
export function unseal(sealed: Uint8Array, use: SealedUse, secret: string): string {
  const bytes = Buffer.from(sealed);
  const [vector, tag] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)];
  const decipher = createDecipheriv('aes-256-gcm', deriveKey(secret, use), vector, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(tag);
  return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}
