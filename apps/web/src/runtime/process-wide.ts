/**
 * A value of which a process has one. Next bundles pages, handlers and the proxy apart from each other and from main.ts: a module's
 * own variable would exist several times, and none of them would be the one that was filled.
 */
export function processWide<Value>(name: string): { provide(value: Value): void; get(): Value } {
  const key = Symbol.for(`footfall.web.${name}`);
  const holder = globalThis as { [key: symbol]: Value | undefined };
  return {
    provide: (value) => {
      holder[key] = value;
    },
    get: () => {
      const provided = holder[key];
      if (provided === undefined)
        throw new Error('the portal runs under apps/web/src/main.ts, which opens its services');
      return provided;
    },
  };
}
