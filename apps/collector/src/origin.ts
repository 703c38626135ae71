/**
 * Whether a site takes events from a page of this origin. An empty list allows every page; `https://*.shop.example` allows its
 * subdomains. Requests without an origin do not come from another page's script and are allowed.
 */
export function isOriginAllowed(origin: string | undefined, allowed: readonly string[]): boolean {
  if (allowed.length === 0 || origin === undefined) return true;
  return allowed.some((pattern) => {
    const star = pattern.indexOf('//*.');
    if (star === -1) return pattern === origin;
    const [scheme, suffix] = [pattern.slice(0, star + 2), pattern.slice(star + 3)];
    return (
      origin.startsWith(scheme) && origin.endsWith(suffix) && origin.length > scheme.length + suffix.length
    );
  });
}
