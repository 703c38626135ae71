import type { Extension, Send, TrackedEvent } from '../extension.ts';
import type { TrackOptions } from '../options.ts';
import { settle } from '../queue.ts';

/** `pending`: events wait in memory; `granted`: they are sent; `denied`: they are dropped, those that wait too. */
export type ConsentState = 'pending' | 'granted' | 'denied';
export type Consent = Extension & { set(state: ConsentState): void };

/** What waits for a decision that may never come must not fill the memory; what comes later is dropped. */
const MAX_WAITING = 500;

/**
 * Sends nothing before the visitor agrees. What happened until then is sent once they do, with its own time; it is
 * forgotten when they decline, or leave the page undecided.
 */
export function consent(initial: ConsentState = 'pending'): Consent {
  const waiting: [send: Send, event: TrackedEvent, callback: TrackOptions['callback']][] = [];
  let state = initial;
  const join: Extension = (tracker) => {
    const { send } = tracker;
    tracker.send = (event, callback) => {
      if (state === 'granted') send(event, callback);
      else if (state === 'pending' && waiting.length < MAX_WAITING) waiting.push([send, event, callback]);
      else settle(callback, false);
    };
  };
  return Object.assign(join, {
    set(next: ConsentState) {
      state = next;
      if (state === 'pending') return;
      for (const [send, event, callback] of waiting.splice(0)) {
        try {
          if (state === 'granted') send(event, callback);
          else settle(callback, false);
        } catch {
          // It cannot be written as JSON.
          settle(callback, false);
        }
      }
    },
  });
}
