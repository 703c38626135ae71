import { isIP, type LookupFunction } from 'node:net';
import { outboundFailure } from './errors.ts';
import type { Network } from './network.ts';
import { blockedAddress } from './target.ts';

async function allowedAddresses(host: string, network: Network): Promise<readonly string[]> {
  const addresses = await network.addresses(host).catch((cause: unknown) => {
    throw outboundFailure('dns', `no server of DNS answers for ${host}`, { values: { host }, cause });
  });
  if (addresses.length === 0) throw outboundFailure('dns', `${host} has no address`, { values: { host } });
  // All of them: to whoever made the records one is as good as another.
  if (!addresses.every(network.isAllowed)) throw blockedAddress(host);
  return addresses;
}

/**
 * The look-up that a connection makes for itself: it is connected to one of the very addresses that were checked here, so a name that means another address
 * a moment later gains nothing.
 */
export function checkedLookup(network: Network): LookupFunction {
  return (host, options, done) => {
    allowedAddresses(host, network).then(
      (addresses) => {
        const all = addresses.map((address) => ({ address, family: isIP(address) }));
        if (options.all === true) done(null, all);
        else done(null, all[0]?.address ?? '', all[0]?.family);
      },
      (error: NodeJS.ErrnoException) => done(error, []),
    );
  };
}
