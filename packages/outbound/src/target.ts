import { isIP } from 'node:net';
import { outboundFailure } from './errors.ts';
import type { Network } from './network.ts';

/** Longer addresses are nobody's. */
const MAX_URL = 2_048;
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** What is connected to: the port as the URL says it, the host without brackets. */
export type Target = { url: URL; host: string; port: number };

/** The host of a URL, of IPv6 without its brackets. */
const readHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/** The failure of a host that may not be asked. It does not say why: that would draw a map of our network. */
export const blockedAddress = (host: string) =>
  outboundFailure('blocked_address', `${host} is not a host of the public internet`, { values: { host } });

/**
 * Checks where a URL leads, as far as its text tells: scheme, port, credentials, names and literal addresses of inner networks. The parser of URLs
 * has made `0x7f.1`, `2130706433` and `０177.1` into 127.0.0.1 before. What a name means is checked when it is connected to.
 * @throws Failure
 */
export function checkTarget(given: string | URL, network: Network): Target {
  const text = String(given);
  if (text.length > MAX_URL || !URL.canParse(text))
    throw outboundFailure('invalid_url', 'this is not an address of the web');
  const url = new URL(text);
  const port = url.port === '' ? DEFAULT_PORTS[url.protocol] : Number(url.port);
  if (!(url.protocol in DEFAULT_PORTS) || port === undefined)
    throw outboundFailure('blocked_scheme', 'only https and http are asked');
  if (url.username !== '' || url.password !== '')
    throw outboundFailure('blocked_credentials', 'the address contains a user name or a password');
  const host = readHost(url);
  const isAllowed = isIP(host) === 0 ? network.isNameAllowed(host) : network.isAllowed(host);
  if (!isAllowed) throw blockedAddress(host);
  if (!network.isPortAllowed(port))
    throw outboundFailure('blocked_port', `port ${port} is not asked`, { values: { port } });
  return { url, host, port };
}
