import type { IncomingMessage } from 'node:http';
import { isPrivateAddress, senderNetwork } from '@footfall/core/ip';
import { clientAddress, type TrustedProxies } from '@footfall/service/client-address';

/** Who is at the other end of a connection. */
export type Caller = {
  /** The whole address; it goes nowhere. */
  ip: string;
  /** What limits count as one: the address, or the /64 of an IPv6 address. */
  network: string;
  /** Whether many senders may be behind it: a proxy's address that is not known as one, say. */
  isShared: boolean;
};

/** Whether an address is of a network that is nobody's own. */
export const isSharedAddress = (ip: string): boolean => ip === '' || isPrivateAddress(ip);

/** Who sent a request, through proxies that are known. */
export function readCaller(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  proxies: TrustedProxies,
): Caller {
  const ip = clientAddress(request, proxies);
  return { ip, network: senderNetwork(ip) ?? ip, isShared: isSharedAddress(ip) };
}
