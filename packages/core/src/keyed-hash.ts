import { hash, hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;

/**
 * The first letters of a base64url SHA-256 over key and parts, six bits each, in one call (an HMAC object takes ten times as long).
 * Cutting the result rules out extending it, which is what an HMAC is for: fewer than all 43 letters, please.
 */
export function keyedHash(key: Uint8Array, parts: readonly string[], letters: number): string {
  // Lengths before the parts, so that no two lists of parts read the same.
  const message = parts.map((part) => `${part.length}:${part}`).join('');
  return hash('sha256', Buffer.concat([key, Buffer.from(message)]), 'base64url').slice(0, letters);
}

/** A key of 32 bytes for one purpose, derived from the installation's secret (HKDF, RFC 5869). */
export function derivedKey(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `footfall ${purpose}`, KEY_BYTES));
}
