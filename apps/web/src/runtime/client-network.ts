import { isPrivateAddress, senderNetwork } from '@footfall/core/ip';

/**
 * The network whose requests count together; null for an address that many may share, which has no bound: behind a proxy that is not
 * trusted all clients have the proxy's own.
 */
export function clientNetwork(client: string): string | null {
  if (client === '' || isPrivateAddress(client)) return null;
  return senderNetwork(client) ?? client;
}
