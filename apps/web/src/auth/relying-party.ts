import { isIP } from 'node:net';

/** Whom passkeys of this portal are for: the domain that they are bound to, and the one origin that may ask for them. */
export type RelyingParty = { id: string; origin: string };

const isLocal = (host: string): boolean => host === 'localhost' || host.endsWith('.localhost');

/**
 * The portal at this address as browsers bind passkeys to it; null where they refuse to: at a bare IP address, and without TLS anywhere
 * but on `localhost`.
 */
export function relyingParty(webUrl: string): RelyingParty | null {
  const { hostname, protocol, origin } = new URL(webUrl);
  if (hostname.startsWith('[') || isIP(hostname) !== 0) return null;
  return protocol === 'https:' || isLocal(hostname) ? { id: hostname, origin } : null;
}
