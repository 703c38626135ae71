import { hash, hkdfSync } from 'node:crypto';

/** Of base64url, 96 bits: among a billion visitors of a day on one site a collision has a chance of one in 10^11. */
const ID_LETTERS = 16;

/**
 * SHA-256 over key and parts, one call (an HMAC object takes ten times as long). Cutting the result rules out extending it, which
 * is what an HMAC is for.
 */
function keyedHash(key: Uint8Array, parts: readonly string[]): string {
  // Lengths before the parts, so that no two lists of parts read the same.
  const message = parts.map((part) => `${part.length}:${part}`).join('');
  return hash('sha256', Buffer.concat([key, Buffer.from(message)]), 'base64url').slice(0, ID_LETTERS);
}

/**
 * Who it is on one local day of one site: a keyed hash with the day's random salt, so that ids cannot be joined across
 * days or sites, nor turned back into an address once the salt is destroyed.
 */
export function visitorId(salt: Uint8Array, who: { siteId: string; ip: string; userAgent: string }): string {
  return keyedHash(salt, ['derived', who.siteId, who.ip, who.userAgent]);
}

/**
 * Who it is on one local day when the sender says so itself: keyed by the installation, since an event of any past day
 * may come and its salt be gone.
 */
export function statedVisitorId(
  key: Uint8Array,
  who: { siteId: string; day: string; visitor: string },
): string {
  return keyedHash(key, ['stated', who.siteId, who.day, who.visitor]);
}

/** The key of {@link statedVisitorId}, derived from the installation's secret. */
export function statedVisitorKey(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'footfall visitor', 32));
}
