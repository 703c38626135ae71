/** Characters of an origin before it is parsed. */
const MAX_ORIGIN = 300;

/** Names and addresses of hosts; the URL standard lets characters through that end a source in a policy, such as `;`. */
const HOST = /^([a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:]+\])$/;

const LOOPBACK = /^(localhost|([a-z0-9-]+\.)+localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * An origin as browsers write it (`https://shop.example`, a port where it is not the scheme's own), or null for a text that is none.
 * Neither paths nor wildcards: `https://*.example.com` would hold for whoever is given a name there. `http` on one's own machine alone.
 */
export function parseOrigin(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.length > MAX_ORIGIN || /[?#]/.test(trimmed)) return null;
  const url = URL.parse(trimmed);
  if (url === null || !HOST.test(url.hostname)) return null;
  const isBare = url.pathname === '/' && url.username === '' && url.password === '';
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
  return isBare && isSafe ? url.origin : null;
}
