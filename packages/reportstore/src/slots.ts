import { reportStoreFailure } from './errors.ts';

/** Runs work when there is room for it; in the order in which it came. */
export type Slots = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Room for so many at once. The others wait, `waitMs` at most: many who ask at the same moment are answered one after the other
 * instead of being refused for want of a connection.
 */
export function createSlots(room: number, waitMs: number): Slots {
  let free = room;
  const waiting = new Set<() => void>();
  const take = () =>
    new Promise<void>((resolve, reject) => {
      if (free > 0) {
        free -= 1;
        resolve();
        return;
      }
      const begin = () => {
        clearTimeout(timer);
        waiting.delete(begin);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.delete(begin);
        reject(reportStoreFailure('query_timeout', 'too many reports are asked for at once'));
      }, waitMs);
      waiting.add(begin);
    });
  const leave = () => {
    const [next] = waiting;
    if (next === undefined) free += 1;
    else next();
  };
  return async (work) => {
    await take();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
