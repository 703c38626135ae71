import type { Sessions } from '@footfall/db/account/session';
import { LRUCache } from 'lru-cache';

/** How long it may take until other processes hear that a session has ended, milliseconds. */
const KNOWN_MS = 5_000;
const MOST = 10_000;

/** Sessions that are not asked for anew within seconds; what ends in this process ends here at once. */
export function cachedSessions(store: Sessions, knownMs = KNOWN_MS): Sessions {
  const known = new LRUCache<string, string>({ max: MOST, ttl: knownMs });
  return {
    begin: (userId) => store.begin(userId),
    find: async (id) => {
      const found = known.get(id) ?? (await store.find(id));
      if (found !== null && !known.has(id)) known.set(id, found);
      return found;
    },
    end: async (id) => {
      await store.end(id);
      known.delete(id);
    },
    endOthers: async (userId, keptId) => {
      await store.endOthers(userId, keptId);
      known.clear();
    },
  };
}
