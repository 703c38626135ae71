/** Where to go after signing in: a path of the portal, never another site's address. */
export function nextPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/')) return '/';
  // `//host` and `/\host` are addresses of other sites to a browser.
  return /^\/[/\\]/.test(next) ? '/' : next;
}
