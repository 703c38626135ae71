import { isPrivateAddress, senderNetwork } from '@footfall/core/ip';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { requestFailure } from './errors.ts';

/**
 * Forms that one network may send, `points` in `duration` seconds: more than an office does, and few enough that a flood of them, each of which
 * costs milliseconds and turns of the event loop, keeps nobody waiting.
 */
const OF_NETWORK = { points: 100, duration: 10 };

/** Counts a form of a client. */
export type FormLimit = (client: string) => Promise<void>;

/**
 * Bounds the forms of one network, before they are read. Behind a proxy that is not trusted all clients are one address, so private ones have
 * no bound.
 * @throws Failure `too_many_forms`
 */
export function createFormLimit(limits = OF_NETWORK): FormLimit {
  const counter = new RateLimiterMemory(limits);
  return async (client) => {
    if (client === '' || isPrivateAddress(client)) return;
    try {
      await counter.consume(senderNetwork(client) ?? client);
    } catch (error) {
      // The library rejects with its count; anything else is a fault.
      if (!(error instanceof RateLimiterRes)) throw error;
      throw requestFailure('too_many_forms', 'too many forms come from your network at this moment', {
        retryAfter: Math.max(1, Math.ceil(error.msBeforeNext / 1_000)),
      });
    }
  };
}
