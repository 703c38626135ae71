import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import { parseNetwork } from '@footfall/core/intake-rules';
import { statedAddress } from '@footfall/core/ip';

/** The reverse proxies whose X-Forwarded-For is believed. */
export type TrustedProxies = { has(address: string): boolean };

/** Addresses and networks (`10.0.0.0/8`) of proxies; what is neither is left out. */
export function trustedProxies(texts: readonly string[]): TrustedProxies {
  const list = new BlockList();
  let isEmpty = true;
  for (const text of texts) {
    const network = parseNetwork(text);
    if (network === undefined) continue;
    list.addSubnet(network.address, network.bits, network.family);
    isEmpty = false;
  }
  return { has: (address) => !isEmpty && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4') };
}

/** The address of an entry of X-Forwarded-For, its port and brackets taken off; undefined when it is not an address (`unknown`, `_hidden`). */
export function parseHop(entry: string): string | undefined {
  return statedAddress(entry.trim().replace(/^"(.*)"$/, '$1'));
}

/** Entries looked at, from the right: nobody has as many proxies. */
const MAX_HOPS = 32;

/**
 * The address of whoever sent a request: the peer, or, when the peer is a trusted proxy, the right-most entry of X-Forwarded-For that is
 * not one itself. What stands further left is only claimed, so an entry that is not an address ends the search: then it is the last proxy
 * that can be believed.
 */
export function clientAddress(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  proxies: TrustedProxies,
): string {
  let address = statedAddress(request.socket.remoteAddress ?? '') ?? '';
  if (address === '' || !proxies.has(address)) return address;
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',');
  const hops = forwarded.split(',').slice(-MAX_HOPS);
  for (let n = hops.length - 1; n >= 0; n -= 1) {
    const hop = parseHop(hops[n] as string);
    if (hop === undefined) return address;
    address = hop;
    if (!proxies.has(hop)) return hop;
  }
  return address;
}
