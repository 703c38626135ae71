import { hash } from 'node:crypto';
import type { Remember } from '@footfall/core/query/remember';
import { LRUCache } from 'lru-cache';

type Body = Awaited<ReturnType<Remember>>;

export type AnswerMemory = {
  /**
   * What was made for a key of a tenant, from memory, or by `make`, which runs once for all that ask while it runs. A failure goes to all
   * of these and is forgotten.
   */
  rememberFor(tenantId: string): Remember;
};

export type MemoryOptions = {
  /** Most that all answers together may take. */
  maxBytes: number;
  /** Most that the answers of one tenant may take. */
  tenantBytes: number;
  /** An answer is forgotten after this time. Keys hold the versions of all days, so this bounds memory, not how old answers are. */
  ttlMs: number;
};

const MEGABYTE = 1024 * 1024;
/** A dashboard of twelve reports takes some 100 KB. */
const DEFAULTS: MemoryOptions = { maxBytes: 64 * MEGABYTE, tenantBytes: 16 * MEGABYTE, ttlMs: 60_000 };

/** Bytes that an answer takes for each character of its JSON; 3.4 to 3.8 were measured for 10,000 rows to 1. */
const BYTES_PER_CHARACTER = 4;

type Answers = LRUCache<string, Body>;

/** Forgets answers until all of them have room: each time the one that was used longest ago of whoever has most. */
function makeRoom(tenants: Map<string, Answers>, maxBytes: number): void {
  const all = () => [...tenants.values()].reduce((sum, { calculatedSize }) => sum + calculatedSize, 0);
  if (all() <= maxBytes) return;
  // Of a tenant who is away nothing is read, so what is over would stay.
  for (const answers of tenants.values()) answers.purgeStale();
  for (let over = all() - maxBytes; over > 0; ) {
    const largest = [...tenants.values()].reduce((a, b) => (b.calculatedSize > a.calculatedSize ? b : a));
    const before = largest.calculatedSize;
    largest.pop();
    over -= before - largest.calculatedSize;
  }
  for (const [tenantId, answers] of tenants) if (answers.size === 0) tenants.delete(tenantId);
}

/**
 * Remembers answers by the hash of their key, the latest used longest. A tenant has a share, and where all of them have too much, who has
 * most gives way: nobody's answers are pushed out by another who has more. What it gives out is shared: it must not be changed.
 */
export function createMemory(options: Partial<MemoryOptions> = {}): AnswerMemory {
  const { maxBytes, tenantBytes, ttlMs } = { ...DEFAULTS, ...options };
  const tenants = new Map<string, Answers>();
  const making = new Map<string, Promise<Body>>();
  const keep = (tenantId: string, key: string, body: Body) => {
    const answers =
      tenants.get(tenantId) ??
      new LRUCache<string, Body>({
        maxSize: Math.min(tenantBytes, maxBytes),
        ttl: ttlMs,
        sizeCalculation: (one) => JSON.stringify(one).length * BYTES_PER_CHARACTER,
      });
    tenants.set(tenantId, answers.set(key, body));
    makeRoom(tenants, maxBytes);
  };
  return {
    rememberFor: (tenantId) => (text, make) => {
      const key = hash('sha256', JSON.stringify([tenantId, text]), 'base64url');
      const body = tenants.get(tenantId)?.get(key);
      if (body !== undefined) return Promise.resolve(body);
      const begun = making.get(key);
      if (begun !== undefined) return begun;
      const made = make()
        .then((one) => {
          if (one.keep) keep(tenantId, key, one.body);
          return one.body;
        })
        .finally(() => making.delete(key));
      making.set(key, made);
      return made;
    },
  };
}
