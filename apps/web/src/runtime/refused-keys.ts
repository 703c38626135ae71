import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { clientNetwork } from './client-network.ts';
import { requestFailure } from './errors.ts';

/** API keys of one network that may be refused: more than a shop whose key was revoked asks with, and few enough that a flood of made-up ones keeps nobody waiting. */
export const REFUSED_KEYS = { points: 60, duration: 60 };

/** Keys that were good lately, so that a shop does not answer for its network: how many, and for how long, milliseconds. */
const GOOD = { max: 10_000, ttl: 600_000 };

/** What is refused at the door of the API. Which clients have no bound: {@link clientNetwork}. */
export type RefusedKeys = {
  /**
   * Lets in a key of a network that has not presented too many others, and one that was good lately.
   * @throws Failure `too_many_of_network`
   */
  admit(client: string, apiKey: string): Promise<void>;
  /** A key was not known. */
  refuse(client: string): Promise<void>;
  /** A key was known. */
  accept(apiKey: string): void;
};

const hashKey = (apiKey: string) => createHash('sha256').update(apiKey).digest('base64url');

/** Counts the keys that were refused to each network, in this process. */
export function createRefusedKeys({ points, duration } = REFUSED_KEYS): RefusedKeys {
  const counter = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration });
  const good = new LRUCache<string, true>(GOOD);
  return {
    admit: async (client, apiKey) => {
      const network = clientNetwork(client);
      const counted = network === null ? null : await counter.get(network);
      if (counted === null || counted.consumedPoints < points || good.has(hashKey(apiKey))) return;
      throw requestFailure(
        'too_many_of_network',
        'too many API keys that are not known come from your network',
        { retryAfter: Math.max(1, Math.ceil(counted.msBeforeNext / 1_000)) },
      );
    },
    refuse: async (client) => {
      const network = clientNetwork(client);
      if (network !== null) await counter.consume(network);
    },
    accept: (apiKey) => void good.set(hashKey(apiKey), true),
  };
}
