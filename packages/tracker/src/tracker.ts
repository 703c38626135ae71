import { attributes } from './attributes.ts';
import type { Extension } from './extension.ts';
import { listen, send } from './queue.ts';
import { here, report, scrolled, track, tracker, update } from './track.ts';

/** The address that was counted last. */
let address: string | 0;

/** Looks at the page anew: whether it is seen, and which one it is. */
const attend = (event?: Event): void => {
  const ends = event?.type === 'pagehide';
  if (ends || document.hidden) {
    report(false);
    send(1 + (ends as unknown as number));
    // A page that comes back from the browser's back-forward cache is looked at again.
    if (ends) address = 0;
  } else {
    // A page that was opened behind others counts when it is first seen.
    // biome-ignore lint/suspicious/noAssignInExpressions: a statement is longer in the page of every shop.
    if (!('manual' in attributes || address === (address = here()))) track('pageview');
    update();
  }
};

/** Starts counting, by `attributes`. Listens until the page is gone. To be called once. */
export function begin(extensions?: readonly Extension[]): void {
  extensions?.map((join) => join(tracker));
  listen();
  // Somebody comes, goes, or is still there. In the order that makes the smallest file.
  for (const sign of [
    'focus',
    'pagehide',
    'keydown',
    'pointerdown',
    'popstate',
    'visibilitychange',
    'scroll',
    'pointermove',
  ])
    addEventListener(sign, attend);
  addEventListener('scroll', scrolled);
  // In a moment: when the focus goes to a frame, Firefox says at first that it is nowhere.
  addEventListener('blur', () => setTimeout(attend));
  for (const method of ['pushState', 'replaceState'] as const) {
    const original = history[method];
    history[method] = (...args) => {
      original.apply(history, args);
      attend();
    };
  }
  // Routers on the Navigation API set the address without any of these.
  window.navigation?.addEventListener('currententrychange', attend);
  attend();
}
