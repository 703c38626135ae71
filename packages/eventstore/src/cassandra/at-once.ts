/** Does a work for each item, some at a time; rejects with the first failure, once nothing runs any more. */
export async function atOnce<Item>(
  limit: number,
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failed: { error: unknown } | null = null;
  const worker = async () => {
    while (next < items.length && failed === null) {
      const item = items[next++] as Item;
      try {
        await work(item);
      } catch (error) {
        failed ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (failed !== null) throw (failed as { error: unknown }).error;
}

/** Lets one work of a name follow the other; works of different names do not wait for each other. */
export type Queues = <T>(name: string, work: () => Promise<T>) => Promise<T>;

export function queues(): Queues {
  const last = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const before = last.get(name);
    const mine = before === undefined ? work() : before.then(work, work);
    last.set(name, mine);
    const leave = () => {
      if (last.get(name) === mine) last.delete(name);
    };
    mine.then(leave, leave);
    return mine;
  };
}

/** A list in pieces of at most so many. */
export function* splitItems<Item>(size: number, items: readonly Item[]): Generator<readonly Item[]> {
  if (items.length <= size) yield items;
  else for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

/** The value of a key, made when there is none. */
export function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
