import { outboundFailure } from './errors.ts';

/** At once: of one owner, and of the process. */
const [MAX_OF_OWNER, MAX_OF_ALL] = [4, 32];

/** Runs work while there is a place for it. */
export type Places = <T>(owner: string, work: () => Promise<T>) => Promise<T>;

/** Places for what is asked at once; whoever finds none is told so, and may come again. */
export function createPlaces(): Places {
  const taken = new Map<string, number>();
  let all = 0;
  const change = (owner: string, by: 1 | -1) => {
    const count = (taken.get(owner) ?? 0) + by;
    all += by;
    if (count === 0) taken.delete(owner);
    else taken.set(owner, count);
  };
  return async (owner, work) => {
    if (all >= MAX_OF_ALL || (taken.get(owner) ?? 0) >= MAX_OF_OWNER)
      throw outboundFailure('busy', 'too many addresses are being asked at once', { retryAfter: 5 });
    change(owner, 1);
    try {
      return await work();
    } finally {
      change(owner, -1);
    }
  };
}
