import { isLoopbackAddress } from '@footfall/core/ip';
import type { Network } from './network.ts';

/** For tests: this machine alone, at any port; every name is this machine. */
export const loopbackNetwork: Partial<Network> = {
  addresses: async () => ['127.0.0.1'],
  isAllowed: isLoopbackAddress,
  isNameAllowed: () => true,
  isPortAllowed: () => true,
};

/** For tests: servers on loopback that stand for ports 80 and 443 of every host. */
export function loopbackAt(ports: { http?: number; https?: number }): Partial<Network> {
  return {
    addresses: async () => ['127.0.0.1'],
    isAllowed: isLoopbackAddress,
    // Port 1 refuses.
    portOf: (port) => (port === 443 ? ports.https : ports.http) ?? 1,
  };
}
