import { derivedKey, keyedHash } from './keyed-hash.ts';

/** Of base64url, 96 bits: among a billion visitors of a day on one site a collision has a chance of one in 10^11. */
const ID_LETTERS = 16;

/**
 * Who it is on one local day of one site: a keyed hash with the day's random salt, so that ids cannot be joined across
 * days or sites, nor turned back into an address once the salt is destroyed.
 */
export function visitorId(salt: Uint8Array, who: { siteId: string; ip: string; userAgent: string }): string {
  return keyedHash(salt, ['derived', who.siteId, who.ip, who.userAgent], ID_LETTERS);
}

/**
 * Who it is on one local day when the sender says so itself: keyed by the installation, since an event of any past day
 * may come and its salt be gone.
 */
export function statedVisitorId(
  key: Uint8Array,
  who: { siteId: string; day: string; visitor: string },
): string {
  return keyedHash(key, ['stated', who.siteId, who.day, who.visitor], ID_LETTERS);
}

/** The key of {@link statedVisitorId}, derived from the installation's secret and, after a rotation, its random value. */
export function statedVisitorKey(secret: string, rotation?: Uint8Array): Uint8Array {
  return derivedKey(
    secret,
    rotation === undefined ? 'visitor' : `visitor ${Buffer.from(rotation).toString('hex')}`,
  );
}
