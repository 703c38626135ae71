/**
 * Calls back after the page has set its address in any way that does not load it anew: `pushState`, `replaceState`,
 * back and forward, the part behind `#`. The address may be what it was. The callback must not throw.
 */
export function onAddressSet(callback: () => void): void {
  for (const method of ['pushState', 'replaceState'] as const) {
    const original = history[method];
    history[method] = (...args) => {
      original.apply(history, args);
      callback();
    };
  }
  addEventListener('popstate', callback);
  // Routers on the Navigation API set the address without any of these.
  globalThis.navigation?.addEventListener('currententrychange', callback);
}
