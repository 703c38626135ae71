import { Client, type ClientOptions } from '@elastic/elasticsearch';
import type { Address } from './address.ts';

/** A write may wait for a slow disk; questions have limits of their own. Milliseconds. */
const REQUEST_TIMEOUT_MS = 60_000;

/** A client of the cluster at an address; connections are made when they are needed. */
export function connect({ nodes, auth, caFingerprint }: Address, name: string): Client {
  const options: ClientOptions = {
    nodes: [...nodes],
    name: `footfall-${name}`,
    opaqueIdPrefix: `footfall-${name}-`,
    requestTimeout: REQUEST_TIMEOUT_MS,
    enableMetaHeader: false,
    ...(auth === null ? {} : { auth }),
    ...(caFingerprint === null ? {} : { caFingerprint }),
  };
  return new Client(options);
}
