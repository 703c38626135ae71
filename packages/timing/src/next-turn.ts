let last: Promise<void> = Promise.resolve();

/**
 * Resolves in a turn of the event loop that no other caller has: however many long works wait for it, requests are looked at between
 * any two of their slices.
 */
export function nextTurn(): Promise<void> {
  last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
  return last;
}
