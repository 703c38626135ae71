import type { TrackedEvent, Tracker } from '../extension.ts';
import { settle } from '../queue.ts';

/** A property of an event may be as long; the collector refuses longer ones. */
const MAX_VALUE = 2_000;

/** Text that fits a property. */
export const cut = (text: string): string => text.slice(0, MAX_VALUE);

/** Listens before anybody else can stop an event; an error of ours does not reach the page. */
export function listen<Type extends keyof WindowEventMap>(
  type: Type,
  handler: (event: WindowEventMap[Type]) => void,
): void {
  const quietly = (event: WindowEventMap[Type]) => {
    try {
      handler(event);
    } catch {
      // Something on this page is not what it seems (a form with a field named `id`, say): not counted.
    }
  };
  addEventListener(type, quietly, { capture: true, passive: true });
}

/**
 * Puts a step before what is sent: it gives the event as it shall go on, or nothing to drop it, and the callback is told.
 * A step that throws drops it too, since most of them are there to keep something back.
 */
export function before(tracker: Tracker, step: (event: TrackedEvent) => TrackedEvent | undefined): void {
  const { send } = tracker;
  tracker.send = (event, callback) => {
    try {
      const next = step(event);
      if (next) return send(next, callback);
    } catch {
      // Neither sent nor told to the page.
    }
    settle(callback, false);
  };
}
