import { controlFailure } from '../errors.ts';

const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;
const MAX_DOMAIN = 253;
/** Characters of a host and its port before it is parsed, which takes time with the square of its length. */
const MAX_HOST = MAX_DOMAIN + 6;

/** The domain of a text as it is kept, or null when it is none; see {@link normaliseDomain}. */
export function parseDomain(text: string): string | null {
  const [, scheme = 'http', rest = ''] = /^(?:(https?):\/\/)?(.*)$/is.exec(text.trim()) ?? [];
  const host = rest.split(/[/?#]/, 1)[0] ?? '';
  // What ends in a colon is another scheme's name, not a host.
  if (host === '' || host.endsWith(':') || host.length > MAX_HOST) return null;
  const url = URL.parse(`${scheme}://${host}/`);
  if (url === null) return null;
  const { hostname, port, username, password } = url;
  const name = hostname.replace(/\.$/, '').replace(/^www\.(?=.+\.)/, '');
  const isName = name.length <= MAX_DOMAIN && name.split('.').every((label) => LABEL.test(label));
  if (username !== '' || password !== '' || !(isName || name.startsWith('['))) return null;
  return port === '' ? name : `${name}:${port}`;
}

/**
 * A site's domain as it is kept: a pasted address is cut to its host (and port), in lower case, without `www.`;
 * international names in their ASCII form.
 * @throws Failure `invalid_domain`
 */
export function normaliseDomain(text: string): string {
  const domain = parseDomain(text);
  if (domain === null) {
    throw controlFailure('invalid_domain', `${JSON.stringify(text)} is not a domain, such as shop.example`, {
      where: 'domain',
      values: { domain: text },
    });
  }
  return domain;
}
