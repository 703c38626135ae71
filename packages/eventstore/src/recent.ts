/**
 * A map that keeps what was used lately: at least the last `size` keys, at most twice as many. Two maps that take turns
 * cost less than keeping an order.
 */
export type Recent<K, V> = { get(key: K): V | undefined; set(key: K, value: V): void };

export function recentMap<K, V>(size: number): Recent<K, V> {
  let young = new Map<K, V>();
  let old = new Map<K, V>();
  const set = (key: K, value: V) => {
    if (young.size >= size && !young.has(key)) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  };
  return {
    set,
    get(key) {
      const value = young.get(key);
      if (value !== undefined) return value;
      const aged = old.get(key);
      if (aged !== undefined) set(key, aged);
      return aged;
    },
  };
}
