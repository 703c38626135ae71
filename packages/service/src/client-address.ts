import type { IncomingMessage } from 'node:http';
import { normaliseIp } from '@footfall/core/ip';

/**
 * The address of whoever sent a request: the peer, or, when the peer is a trusted proxy, the right-most address of
 * X-Forwarded-For that is not one itself; everything further left is only claimed.
 */
export function clientAddress(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  trustedProxies: ReadonlySet<string>,
): string {
  const peer = normaliseIp(request.socket.remoteAddress ?? '') ?? '';
  if (!trustedProxies.has(peer)) return peer;
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',');
  const hops = forwarded.split(',').flatMap((hop) => normaliseIp(hop) ?? []);
  return hops.findLast((hop) => !trustedProxies.has(hop)) ?? peer;
}

/** Proxy addresses in the form that {@link clientAddress} compares. */
export function trustedProxySet(addresses: readonly string[]): ReadonlySet<string> {
  return new Set(addresses.flatMap((address) => normaliseIp(address) ?? []));
}
