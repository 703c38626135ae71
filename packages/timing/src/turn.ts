import { setImmediate } from 'node:timers/promises';

/** How long work may keep the event loop before others have it, milliseconds. */
const TURN_MS = 10;

export type Turn = {
  /** Whether the work should let others have the event loop. */
  isOver(): boolean;
  /** Resolves when others have had it. */
  next(): Promise<void>;
};

/** The time that a loop over many things may keep the event loop at once: it asks `isOver` before each, and then awaits `next`. */
export function beginTurn(turnMs = TURN_MS): Turn {
  let until = performance.now() + turnMs;
  return {
    isOver: () => performance.now() >= until,
    next: async () => {
      await setImmediate();
      until = performance.now() + turnMs;
    },
  };
}
