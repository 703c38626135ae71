import { start, track } from './client.ts';
import type { Track } from './options.ts';

type Call = Parameters<Track>;
/**
 * The page's global. A stub collects calls in an array until this script has loaded; then `q` counts what is pushed to
 * it, since the page may have kept a reference to the stub.
 */
type Service = { q: Call[] | { push(call: Call): void }; track: Track };

declare global {
  interface Window {
    AnalyticsService?: Service;
  }
}

try {
  const early = window.AnalyticsService?.q ?? [];
  // Where the script stands in the page twice (theme and tag manager, say), one of them counts.
  if ('length' in early) {
    const take = (call: Call) => track(...call);
    window.AnalyticsService = { track, q: { push: take } };
    const { dataset, src } = document.currentScript as HTMLScriptElement;
    const { site, endpoint = new URL('/collect', src).href } = dataset;
    if (site) start({ site, endpoint, manual: 'manual' in dataset, hash: 'hash' in dataset });
    early.forEach(take);
  }
} catch {
  // A browser too old or too locked down to be counted in: the shop works on, and that is what matters.
}
