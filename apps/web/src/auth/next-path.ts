/** Where paths are resolved to see whether they stay: no host that anybody has. */
const HERE = 'http://portal.invalid';

/** Longer than any address of ours, characters. */
const MOST = 4_000;

/**
 * Where to go on to: a path of the portal, never another site's address. It is read as browsers read it, by the URL standard, which
 * takes `\` for `/` and leaves out tabs and line ends; what comes back has none of them. Every redirect to what a request names
 * goes through here. `origin` is the portal's, for addresses that name it.
 */
export function nextPath(next: unknown, origin = HERE): string {
  if (typeof next !== 'string' || next.length > MOST) return '/';
  // What neither begins with / nor names the portal could mean anything.
  if (!next.startsWith('/') && !next.startsWith(`${origin}/`)) return '/';
  if (!URL.canParse(next, origin)) return '/';
  const target = new URL(next, origin);
  // `/.//host` stays here and has a path that would not.
  if (target.origin !== new URL(origin).origin || target.pathname.startsWith('//')) return '/';
  return target.pathname + target.search + target.hash;
}
