import { attributes } from './attributes.ts';
import type { Track } from './options.ts';
import { type Call, service } from './service.ts';
import { track } from './track.ts';
import { begin } from './tracker.ts';

try {
  const { dataset, src } = document.currentScript as HTMLScriptElement;
  const start = () => {
    Object.assign(attributes, { endpoint: new URL('collect', src || location.origin) }, dataset);
    begin(service.x);
    // What was called before, after the pageview. Only a script that counts puts something else there, and that is this one.
    (service.q as Call[]).map(
      // biome-ignore lint/suspicious/noAssignInExpressions: a statement is longer in the page of every shop.
      (service.q = {
        push: (call: Call) =>
          // A function has `call`, a list has not. In a turn of its own: what it throws is the page's error and stops nothing of ours.
          (call as () => void).call
            ? setTimeout(call as () => void, 0, service)
            : track(...(call as Parameters<Track>)),
      }).push,
    );
  };
  // Where the script stands in the page twice (theme and tag manager, say), one of them counts.
  if (dataset.site && !service.on) {
    service.on = 1;
    // As `whenShown`, in fewer bytes.
    if (document.prerendering) document.addEventListener('prerenderingchange', start);
    else start();
  }
} catch {
  // A browser too old or too locked down to be counted in: the shop works on, and that is what matters.
}
