import { isHostWithin, shownHost } from './host.ts';
import type { KnownSource, Lookups } from './lookups.ts';
import { parseUrl } from './parse-url.ts';

/** Another place on the web, or an app, that led to a page. */
export type Referrer = {
  /** Its host without `www.`, in lower case; of an app its id as it is written. */
  host: string;
  isApp: boolean;
  /** The host as it is shown: an international name in its own script. */
  name: string;
  /** That and the path, without scheme, `www.`, query and trailing slash. */
  text: string;
};

const NO_ADDRESS = { protocol: '', hostname: '', pathname: '' };

const APPS: ReadonlySet<string> = new Set(['android-app:', 'ios-app:']);
const WEB: ReadonlySet<string> = new Set(['http:', 'https:']);

/** Names that no public host has: machines of one's own, of a company's or of a household's network. */
const PRIVATE_NAME =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|private|home\.arpa)$/;
/** Addresses of this machine, of private networks (RFC 1918, 6598, 3927) and of none. */
const PRIVATE_V4 =
  /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.[\d.]+$/;
/** The same for IPv6: `::1`, `::`, unique local, link-local, and those that hold an IPv4 address. */
const PRIVATE_V6 = /^\[(?:::|::1|f[cd][\da-f]{2}:.*|fe[89ab][\da-f]:.*|::ffff:.*)\]$/;

function isPublic(host: string): boolean {
  if (host.startsWith('[')) return !PRIVATE_V6.test(host);
  return host.includes('.') && !PRIVATE_NAME.test(host) && !PRIVATE_V4.test(host);
}

/** A host without a leading `www.` and a closing dot, in lower case. */
export function normaliseHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^www\.(?=.+\.)/, '');
}

const withoutPort = (domain: string) => domain.replace(/:\d+$/, '');

function isOwn(host: string, ownDomains: readonly string[]): boolean {
  const name = shownHost(host);
  return ownDomains.some((domain) => {
    const own = shownHost(normaliseHost(withoutPort(domain)));
    return own !== '' && isHostWithin(name, own);
  });
}

/**
 * Takes a referrer apart; undefined where it tells of nowhere else: it is of the site's own domains or below them, or no public
 * host and no app (localhost, private networks, extensions, files).
 */
export function parseReferrer(
  referrer: string | undefined,
  ownDomains: readonly string[],
): Referrer | undefined {
  const { protocol, hostname, pathname } = parseUrl(referrer ?? '') ?? NO_ADDRESS;
  if (hostname === '') return undefined;
  if (APPS.has(protocol))
    return { host: hostname, name: hostname, isApp: true, text: (hostname + pathname).replace(/\/+$/, '') };
  const host = normaliseHost(hostname);
  if (!WEB.has(protocol) || !isPublic(host) || isOwn(host, ownDomains)) return undefined;
  const name = shownHost(host);
  return { host, name, isApp: false, text: (name + pathname).replace(/\/+$/, '') };
}

/** What the list of sources says of a host, however it is written. */
export function lookUpHost(host: string, { host: find }: Pick<Lookups, 'host'>): KnownSource | undefined {
  return find(normaliseHost(host));
}
