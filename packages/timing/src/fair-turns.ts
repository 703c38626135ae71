/** Runs work when it is its owner's turn. */
export type FairTurns = <T>(owner: string, work: () => Promise<T>) => Promise<T>;

/**
 * Room for so much work at once. Owners whose work waits take turns: one who asks for a hundred things delays another's next thing by those that are
 * being done, not by those that wait.
 */
export function createFairTurns(room: number): FairTurns {
  let free = room;
  /** In the order of their turns. */
  const waiting = new Map<string, (() => void)[]>();
  const wait = (owner: string) =>
    new Promise<void>((resolve) => {
      const queue = waiting.get(owner) ?? [];
      queue.push(resolve);
      waiting.set(owner, queue);
    });
  const leave = () => {
    const [next] = waiting;
    if (next === undefined) {
      free += 1;
      return;
    }
    const [owner, queue] = next;
    const begin = queue.shift();
    waiting.delete(owner);
    if (queue.length > 0) waiting.set(owner, queue);
    begin?.();
  };
  return async (owner, work) => {
    if (free > 0) free -= 1;
    else await wait(owner);
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
