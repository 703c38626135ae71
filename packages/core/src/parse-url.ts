/** Characters of a host: the names of the DNS have 253. One of Unicode is longer once it is written as the DNS has it, never shorter. */
export const MAX_HOST = 255;

/** What the URL standard takes out of an address, wherever it stands. */
const TAKEN_OUT = /[\t\n\r]+/g;
/** What stands before the host: blanks and control characters, the scheme, and however many slashes. */
const BEFORE_HOST = /^[\0- ]*(?:[a-z][a-z0-9+.-]*:)?[/\\]*/i;

/**
 * Whether an address names a host that is longer than any. To be asked before such a text is parsed: what the URL standard makes of a name
 * in Unicode (UTS 46) takes time with the square of its length, 160 ms for 4,000 characters.
 */
export function hasLongHost(address: string): boolean {
  if (address.length <= MAX_HOST) return false;
  const text = address.replace(TAKEN_OUT, '');
  const rest = text.slice(BEFORE_HOST.exec(text)?.[0].length);
  const end = rest.search(/[/\\?#]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  return authority.length - (authority.lastIndexOf('@') + 1) > MAX_HOST;
}

/** An address taken apart by the URL standard; undefined when it is none, or its host is longer than any. */
export function parseUrl(address: string): URL | undefined {
  return hasLongHost(address) ? undefined : (URL.parse(address) ?? undefined);
}
