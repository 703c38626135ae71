import type { Failure } from '@footfall/core/failure';

/** Adapters of a port by URL scheme, without the colon. */
export type Adapters<Adapter> = Readonly<Record<string, Adapter>>;

/**
 * The adapter for a URL's scheme. `refuse` makes the port's own failure of a message that names the scheme and the known ones;
 * `port` names the port in it.
 */
export function adapterFor<Adapter>(
  url: string,
  adapters: Adapters<Adapter>,
  { port, refuse }: { port: string; refuse: (message: string) => Failure },
): Adapter {
  const scheme = url.split(':', 1)[0] ?? '';
  const adapter = Object.hasOwn(adapters, scheme) ? adapters[scheme] : undefined;
  if (adapter !== undefined) return adapter;
  throw refuse(`there is no ${port} for ${scheme}://; known are ${Object.keys(adapters).join(', ')}`);
}
