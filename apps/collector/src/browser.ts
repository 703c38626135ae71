import type { IncomingMessage } from 'node:http';
import { clientAddress } from '@footfall/service/client-address';
import type { Sender } from './identify.ts';

/** The browser behind a request. */
export function browserOf(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  { trustedProxies }: { trustedProxies: ReadonlySet<string> },
): Sender {
  const ip = clientAddress(request, trustedProxies);
  return { kind: 'browser', ip, userAgent: request.headers['user-agent'] };
}
