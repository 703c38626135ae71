import type { Caller } from './caller.ts';
import { collectorFailure } from './errors.ts';
import type { Rates } from './rates.ts';

/** What is limited by network. */
export type NetworkLimit = 'requests' | 'lookUps';

/** Keys of which nothing is known that a network may ask about a second; a page asks about one, a stranger who guesses about all. */
const LOOK_UPS_PER_SECOND = 20;
/** The same of all that come by addresses which many share, together: a proxy that is not named in TRUSTED_PROXIES, say. */
const SHARED_LOOK_UPS_PER_SECOND = 200;

/** What counts, and who is told. */
export type LimitPorts = {
  rates: Rates;
  /** Requests a second that one address may send as a browser; 0: any number. */
  requestsPerSecond: number;
  /** Told of each request that a limit refused, for metrics and the operator's log. */
  limited(limit: string, siteId?: string): void;
};

type Limiter = {
  perSecond(caller: Caller, ports: LimitPorts): number;
  message: string;
};

/** Each limit: how much a second, where 0 is any number, and ten times as much at once. */
const LIMITS: Readonly<Record<NetworkLimit, Limiter>> = {
  requests: {
    perSecond: ({ isShared }, { requestsPerSecond }) => (isShared ? 0 : requestsPerSecond),
    message: 'this address sends too many requests',
  },
  lookUps: {
    perSecond: ({ isShared }) => (isShared ? SHARED_LOOK_UPS_PER_SECOND : LOOK_UPS_PER_SECOND),
    message: 'this address asks about too many keys that are not known here',
  },
};

/**
 * Counts one request, or one look-up, of the caller's network.
 * @throws Failure `rate_limited` when it is one too many
 */
export function takeFromNetwork(caller: Caller, limit: NetworkLimit, ports: LimitPorts): void {
  const perSecond = LIMITS[limit].perSecond(caller, ports);
  if (perSecond === 0) return;
  const waitMs = ports.rates.take(`${limit} ${caller.isShared ? '' : caller.network}`, 1, perSecond);
  if (waitMs === 0) return;
  ports.limited(limit);
  throw collectorFailure('rate_limited', LIMITS[limit].message, { retryAfter: Math.ceil(waitMs / 1_000) });
}
