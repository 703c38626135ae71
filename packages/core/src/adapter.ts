import { type Failure, failures } from './failure.ts';

/** How what a store needs (tables, topics, indices) comes to be; one for each adapter. */
export type Provision = {
  /** `start`: with every start of an installation; `operator`: by `admin cluster init` alone, since many machines share it. */
  by: 'start' | 'operator';
  /** Creates or upgrades what is missing; may run again, and while the store is in use. Answers what it did, a line each. */
  prepare(url: string): Promise<string[]>;
  /** What is missing or of another version, a line each; none when the store can be used. Changes nothing. */
  check(url: string): Promise<string[]>;
};

const provisionFailure = failures({
  store_incomplete: { status: 503, retriable: false, remedy: 'run: npm run admin -- cluster init' },
});

/** Missing things that a message names at most. */
const MAX_NAMED = 3;

/** A failure `store_incomplete` that names the store, its variable and some of what it lacks; undefined when it lacks nothing. */
export function notPrepared(
  { title, variable }: { title: string; variable: string },
  missing: readonly string[],
): Failure | undefined {
  if (missing.length === 0) return undefined;
  const more = missing.length > MAX_NAMED ? ` and ${missing.length - MAX_NAMED} more` : '';
  const message = `${variable}: ${title} is not prepared (${missing.slice(0, MAX_NAMED).join(', ')}${more})`;
  return provisionFailure('store_incomplete', message, { where: variable });
}

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
