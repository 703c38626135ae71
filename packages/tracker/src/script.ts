import { type Call, type Service, service } from './service.ts';
import { whenShown } from './shown.ts';
import { createTracker } from './tracker.ts';

/** What is called before the page is shown waits in `q`, as in the stub. */
function start(service: Service, { dataset, src }: HTMLScriptElement): void {
  const { site, endpoint = new URL('/collect', src).href } = dataset;
  // Where the script stands in the page twice (theme and tag manager, say), one of them counts.
  if (!site || service.on) return;
  service.on = 1;
  whenShown(() => {
    const track = createTracker({
      site,
      endpoint,
      manual: 'manual' in dataset,
      hash: 'hash' in dataset || undefined,
      extensions: service.x,
    });
    // Only a script that counts puts something else there, and that is this one.
    const early = service.q as Call[];
    service.q = {
      push: (call: Call) =>
        // In a turn of its own: what such a function throws is the page's error and stops nothing of ours.
        typeof call === 'function' ? setTimeout(call, 0, service) : track(...call),
    };
    early.forEach(service.q.push);
  });
}

try {
  start(service, document.currentScript as HTMLScriptElement);
} catch {
  // A browser too old or too locked down to be counted in: the shop works on, and that is what matters.
}
