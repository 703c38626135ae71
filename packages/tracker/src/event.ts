import type { TrackedEvent } from './extension.ts';

/** What an event says of itself; the rest is known of the page. */
export type Fields = Omit<TrackedEvent, 'id' | 'ts' | 'title' | 'screen' | 'lang'>;

let last = 0;

const randomDigit = () => ((crypto.getRandomValues(new Uint8Array(1))[0] as number) & 15).toString(16);

/**
 * The event as the collector reads it, with an id and a time of its own.
 *
 * The id is a UUID of version 4 with 120 random bits (two of the usual 122 are fixed). Not `crypto.randomUUID`, which
 * shops on plain http do not have: one way that works everywhere is better than two of which one is hardly ever run.
 *
 * The time is epoch milliseconds, but never the same twice on one page. Reports put events in the order of time, so a
 * pageview and the `view_item` of the same millisecond would otherwise be ordered by their random ids.
 */
export function createEvent(fields: Fields): TrackedEvent {
  last = Math.max(Date.now(), last + 1);
  return {
    ...fields,
    id: 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, randomDigit),
    ts: last,
    title: document.title,
    screen: [screen.width, screen.height],
    lang: navigator.language,
  };
}
