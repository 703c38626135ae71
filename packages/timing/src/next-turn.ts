/** Who waits, by owner, in the order of their turns. */
const waiting = new Map<string, (() => void)[]>();
let isGiving = false;

function giveNext(): void {
  const [next] = waiting;
  if (next === undefined) {
    isGiving = false;
    return;
  }
  const [owner, queue] = next;
  const begin = queue.shift();
  waiting.delete(owner);
  if (queue.length > 0) waiting.set(owner, queue);
  // Asked for first: what is given now may take long, and others are looked at before the next.
  setImmediate(giveNext);
  begin?.();
}

/**
 * Resolves in a turn of the event loop that no other caller has: however many long works wait for it, requests are looked at between
 * any two of their slices. Owners take turns, so that one with a hundred works delays another's by one slice of its own.
 */
export function nextTurn(owner = ''): Promise<void> {
  return new Promise((resolve) => {
    const queue = waiting.get(owner);
    if (queue === undefined) waiting.set(owner, [resolve]);
    else queue.push(resolve);
    if (isGiving) return;
    isGiving = true;
    setImmediate(giveNext);
  });
}

/** Whether something of an owner waits for its turn. */
export const isWaiting = (owner: string): boolean => waiting.has(owner);
