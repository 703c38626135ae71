/** Any page may read the answers, refusals too: nothing here is secret, and no request carries credentials. No browser takes one for what it does not say it is. */
export const SHARED_HEADERS = {
  'access-control-allow-origin': '*',
  'x-content-type-options': 'nosniff',
} as const;

/** Of a collector that is reached by TLS alone: two years, as browsers' lists ask for. */
export const STRICT_TRANSPORT = { 'strict-transport-security': 'max-age=63072000' } as const;

/** The answer to a browser that asks whether a page may send. Whether its origin may is said by the site that it sends to. */
export const PREFLIGHT = {
  'access-control-allow-methods': 'POST, GET, OPTIONS',
  'access-control-allow-headers': 'content-type, content-encoding, authorization',
  'access-control-max-age': '86400',
} as const;

/** One pattern against one origin, both in lower case. */
function matches(origin: string, pattern: string): boolean {
  const star = pattern.indexOf('//*.');
  if (star === -1) return pattern === origin;
  const [scheme, suffix] = [pattern.slice(0, star + 2), pattern.slice(star + 3)];
  return (
    origin.startsWith(scheme) && origin.endsWith(suffix) && origin.length > scheme.length + suffix.length
  );
}

/**
 * Whether a site takes events from a page of this origin. An empty list allows every page; `https://*.shop.example` allows its
 * subdomains. Requests without an origin do not come from another page's script and are allowed.
 */
export function isOriginAllowed(origin: string | undefined, allowed: readonly string[]): boolean {
  if (allowed.length === 0 || origin === undefined) return true;
  const asked = origin.toLowerCase();
  return allowed.some((pattern) => matches(asked, pattern.toLowerCase().replace(/\/$/, '')));
}
