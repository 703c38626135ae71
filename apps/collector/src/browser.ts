import type { IncomingMessage } from 'node:http';
import { clientAddress } from '@footfall/service/client-address';
import { collectorFailure } from './errors.ts';
import type { Sender } from './identify.ts';
import type { CollectorPorts } from './ports.ts';

/** Addresses of networks that are nobody's own, a proxy's that is not known as one, say: many senders share them. */
const SHARED = /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cd]|fe80:)/;

/**
 * The browser behind a request.
 * @throws Failure `rate_limited` when its address sends more than one may
 */
export function readSender(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  {
    trustedProxies,
    rates,
    requestsPerSecond,
  }: Pick<CollectorPorts, 'trustedProxies' | 'rates' | 'requestsPerSecond'>,
): Sender & { kind: 'browser' } {
  const ip = clientAddress({ headers, socket }, trustedProxies);
  const waitMs = requestsPerSecond === 0 || SHARED.test(ip) ? 0 : rates.take(ip, 1, requestsPerSecond);
  if (waitMs > 0)
    throw collectorFailure('rate_limited', 'this address sends too many requests', {
      retryAfter: Math.ceil(waitMs / 1_000),
    });
  return { kind: 'browser', ip, userAgent: headers['user-agent'], origin: headers.origin };
}
