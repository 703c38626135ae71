import { hash } from 'node:crypto';
import type { Remember } from '@footfall/core/query/remember';
import { LRUCache } from 'lru-cache';

type Body = Awaited<ReturnType<Remember>>;

export type AnswerMemory = {
  /**
   * What was made for a key, from memory, or by `make`, which runs once for all that ask while it runs. A failure goes to all of
   * these and is forgotten.
   */
  remember: Remember;
};

export type MemoryOptions = {
  /** Most that all answers together may take. */
  maxBytes: number;
  /** An answer is forgotten after this time. Keys hold the versions of all days, so this bounds memory, not how old answers are. */
  ttlMs: number;
};

const DEFAULTS: MemoryOptions = { maxBytes: 64 * 1024 * 1024, ttlMs: 60_000 };

/** Bytes that an answer takes for each character of its JSON; 3.4 to 3.8 were measured for 10,000 rows to 1. */
const BYTES_PER_CHARACTER = 4;

/** Remembers answers by the hash of their key, the latest used longest. What it gives out is shared: it must not be changed. */
export function createMemory(options: Partial<MemoryOptions> = {}): AnswerMemory {
  const { maxBytes, ttlMs } = { ...DEFAULTS, ...options };
  const known = new LRUCache<string, Body>({
    maxSize: maxBytes,
    ttl: ttlMs,
    sizeCalculation: (body) => JSON.stringify(body).length * BYTES_PER_CHARACTER,
  });
  const making = new Map<string, Promise<Body>>();
  return {
    remember: (text, make) => {
      const key = hash('sha256', text, 'base64url');
      const body = known.get(key);
      if (body !== undefined) return Promise.resolve(body);
      const begun = making.get(key);
      if (begun !== undefined) return begun;
      const made = make()
        .then((one) => {
          if (one.keep) known.set(key, one.body);
          return one.body;
        })
        .finally(() => making.delete(key));
      making.set(key, made);
      return made;
    },
  };
}
