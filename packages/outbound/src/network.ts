import { Resolver } from 'node:dns/promises';
import { isPublicAddress } from '@footfall/core/special-address';
import { isPublicName } from './public-name.ts';

/** What of the network may be asked, and how names become addresses. Tests hand in parts of it; nothing else does. */
export type Network = {
  /** All addresses of a host; none when it has none; rejects when nobody could be asked. */
  addresses(host: string): Promise<readonly string[]>;
  isAllowed(address: string): boolean;
  isNameAllowed(host: string): boolean;
  isPortAllowed(port: number): boolean;
  /** The port that is connected to for a URL's; the same but in tests. */
  portOf(port: number): number;
  /** A certificate authority to trust besides the usual ones, PEM. */
  ca?: string;
};

const PORTS = new Set([80, 443]);
/** Codes of answers that say that there is no such record; all else says that nobody could be asked. */
const MISSING = new Set(['ENOTFOUND', 'ENODATA']);

function noneIfMissing(error: unknown): string[] {
  if (MISSING.has((error as NodeJS.ErrnoException).code ?? '')) return [];
  throw error;
}

/** The public internet, as these servers of DNS name it (`192.0.2.53`, `[2001:db8::53]:53`); as the system's do when there are none. */
export function publicNetwork(nameServers: readonly string[]): Network {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  if (nameServers.length > 0) resolver.setServers(nameServers);
  return {
    addresses: async (host) => {
      const found = await Promise.all([
        resolver.resolve4(host).catch(noneIfMissing),
        resolver.resolve6(host).catch(noneIfMissing),
      ]);
      return found.flat();
    },
    isAllowed: isPublicAddress,
    isNameAllowed: isPublicName,
    isPortAllowed: (port) => PORTS.has(port),
    portOf: (port) => port,
  };
}
