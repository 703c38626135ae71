import type { OpenSession, Sessions } from '@footfall/db/account/session';
import { LRUCache } from 'lru-cache';

/** How long it may take until other processes hear that a session has ended, milliseconds. */
const KNOWN_MS = 5_000;
const MOST = 10_000;

/** Sessions that are not asked for anew within seconds; what ends or changes in this process does so here at once. */
export function cachedSessions(store: Sessions, knownMs = KNOWN_MS): Sessions {
  const known = new LRUCache<string, OpenSession>({ max: MOST, ttl: knownMs });
  return {
    begin: (userId, origin) => store.begin(userId, origin),
    list: (userId, currentId) => store.list(userId, currentId),
    find: async (id) => {
      const found = known.get(id) ?? (await store.find(id));
      if (found !== null && !known.has(id)) known.set(id, found);
      return found;
    },
    chooseTenant: async (id, tenantId) => {
      await store.chooseTenant(id, tenantId);
      known.delete(id);
    },
    visit: async (id, visit) => {
      await store.visit(id, visit);
      known.delete(id);
    },
    prove: async (id) => {
      await store.prove(id);
      known.delete(id);
    },
    end: async (id) => {
      await store.end(id);
      known.delete(id);
    },
    endOthers: async (userId, keptId) => {
      await store.endOthers(userId, keptId);
      known.clear();
    },
    endListed: async (userId, key) => {
      const hasEnded = await store.endListed(userId, key);
      known.clear();
      return hasEnded;
    },
  };
}
