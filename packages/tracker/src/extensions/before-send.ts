import type { Extension, TrackedEvent } from '../extension.ts';
import { before } from './guard.ts';

/** Gives the event as it shall be sent, or nothing (or false) to drop it. */
export type Hook = (event: TrackedEvent) => TrackedEvent | false | null | undefined;

/** Shows every event to the page before it is sent. A hook that throws drops the event: it may have been about to remove something. */
export function beforeSend(hook: Hook): Extension {
  return (tracker) => before(tracker, (event) => hook(event) || undefined);
}
