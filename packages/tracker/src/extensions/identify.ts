import type { Extension } from '../extension.ts';
import { before } from './guard.ts';

/** Says with each later event who the visitor is to the shop; undefined: nobody again. */
export type Identify = Extension & { set(user: string | undefined): void };

/**
 * Adds the field `user` to every event: an opaque string of the shop's choice, at most 128 characters. It is kept in memory
 * only, so each loaded page says it anew.
 */
export function identify(user?: string): Identify {
  let known = user;
  const join: Extension = (tracker) =>
    before(tracker, (event) => (known ? { ...event, user: known } : event));
  return Object.assign(join, {
    set(next: string | undefined) {
      known = next;
    },
  });
}
