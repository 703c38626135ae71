import { Turns } from '@footfall/timing/turns';
import { clientNetwork } from './client-network.ts';
import { requestFailure } from './errors.ts';

/** Pages that are made for one network at once, and that wait. An office behind one address opens fewer; a flood is slowed to its own pace. */
const OF_NETWORK = { atOnce: 8, waiting: 256 };

const full = () =>
  requestFailure('too_many_requests', 'too many requests come from your network at this moment', {
    retryAfter: 2,
  });

/** Does work for a client when its network has room. */
export type NetworkTurns = <T>(client: string, work: () => Promise<T>) => Promise<T>;

/**
 * Bounds what one network has in hand at once, so that others wait behind a few of its pages and not behind hundreds. Which
 * clients have no bound: {@link clientNetwork}.
 * @throws Failure `too_many_requests` from the work's promise, for whoever finds no place to wait
 */
export function createNetworkTurns(limits = OF_NETWORK): NetworkTurns {
  const networks = new Map<string, { turns: Turns; inHand: number }>();
  return async (client, work) => {
    const name = clientNetwork(client);
    if (name === null) return work();
    const network = networks.get(name) ?? { turns: new Turns({ ...limits, full }), inHand: 0 };
    networks.set(name, network);
    network.inHand += 1;
    try {
      return await network.turns.run(work);
    } finally {
      network.inHand -= 1;
      if (network.inHand === 0) networks.delete(name);
    }
  };
}
