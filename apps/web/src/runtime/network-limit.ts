import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { clientNetwork } from './client-network.ts';
import { requestFailure } from './errors.ts';

/**
 * What one network may ask for, `points` in `duration` seconds: more than an office does, and few enough that a flood, each request of which
 * costs milliseconds and turns of the event loop, keeps nobody waiting. An open overview asks for a page and dozens of links ahead.
 */
export const NETWORK_LIMITS = {
  forms: { points: 100, duration: 10 },
  pages: { points: 500, duration: 10 },
} as const;

/** Counts a request of a client. */
export type NetworkLimit = (client: string) => Promise<void>;

/**
 * Bounds the requests of one kind of one network, before they are read. Which clients have no bound: {@link clientNetwork}.
 * @throws Failure `too_many_of_network`
 */
export function createNetworkLimit(limits: { points: number; duration: number }): NetworkLimit {
  const counter = new RateLimiterMemory(limits);
  return async (client) => {
    const network = clientNetwork(client);
    if (network === null) return;
    try {
      await counter.consume(network);
    } catch (error) {
      // The library rejects with its count; anything else is a fault.
      if (!(error instanceof RateLimiterRes)) throw error;
      throw requestFailure('too_many_of_network', 'too many requests come from your network at this moment', {
        retryAfter: Math.max(1, Math.ceil(error.msBeforeNext / 1_000)),
      });
    }
  };
}
