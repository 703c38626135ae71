/** What a user or a password of a URL is written with; everything else is percent-encoded. */
const ENCODED = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/;

const ADVICE =
  'has a user or a password with signs that must be percent-encoded: @ as %40, / as %2F, : as %3A, # as %23, ? as %3F, % as %25, a blank as %20';

/** Everything after the scheme, cut where a reader of URLs cuts it. */
function cut(url: string): { authority: string; path: string; query: string } {
  const rest = url.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  const [, authority = '', path = '', query = ''] = /^([^/?#]*)([^?#]*)(.*)$/s.exec(rest) ?? [];
  return { authority, path, query };
}

/**
 * What is wrong with how the user and the password of a URL are written, without any of it; undefined when nothing is, or there are
 * none. A sign that is not encoded may move the end of the password anywhere, so an `@` where none belongs tells of it, too.
 */
export function credentialsProblem(url: string): string | undefined {
  const { authority, path, query } = cut(url);
  // In parameters `@` may stand, but not before there is one: then it is the rest of a password.
  if (path.includes('@') || /^[^=]*@/.test(query) || /#.*@/s.test(query)) return ADVICE;
  const end = authority.lastIndexOf('@');
  if (end < 0) return undefined;
  const [user = '', ...password] = authority.slice(0, end).split(':');
  return ENCODED.test(user) && password.length <= 1 && ENCODED.test(password[0] ?? '') ? undefined : ADVICE;
}
