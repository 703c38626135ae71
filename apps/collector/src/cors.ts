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

/** An origin as it is compared: in lower case, without a closing dot of its host or slash, international names in ASCII as browsers send them. */
function normaliseOrigin(text: string): string {
  const [, scheme = '', rest = text] = /^(https?:\/\/(?:\*\.)?)(.*)$/.exec(text.toLowerCase()) ?? [];
  const plain = rest.replace(/\/$/, '').replace(/\.(?=$|:\d+$)/, '');
  const isAscii = /^[\x21-\x7e]*$/.test(plain);
  if (isAscii || !URL.canParse(`http://${plain}`)) return scheme + plain;
  return scheme + new URL(`http://${plain}`).host;
}

/** One pattern against one origin, both normalised. */
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
  const asked = normaliseOrigin(origin);
  return allowed.some((pattern) => matches(asked, normaliseOrigin(pattern)));
}
