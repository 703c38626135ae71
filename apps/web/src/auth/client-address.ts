import type { IncomingMessage } from 'node:http';
import { normaliseIp } from '@footfall/core/ip';

/** Carries the asker's address from the server (main.ts), which overwrites whatever came in it, to pages and handlers. */
export const CLIENT_HEADER = 'x-footfall-client';

/** The asker's address: the last of X-Forwarded-For that is no proxy of ours, believed only from proxies of ours. */
export function clientAddress(request: IncomingMessage, trustedProxies: readonly string[]): string {
  const trusted = new Set(trustedProxies.map((address) => normaliseIp(address) ?? address));
  const peer = normaliseIp(request.socket.remoteAddress ?? '') ?? '';
  if (!trusted.has(peer)) return peer;
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .flatMap((address) => normaliseIp(address) ?? []);
  return forwarded.findLast((address) => !trusted.has(address)) ?? peer;
}
