import type { TrackedEvent } from './extension.ts';

/** What every event says: which it is, and of what page. */
export type EventContext = Pick<TrackedEvent, 'id' | 'ts' | 'title' | 'screen' | 'lang'>;

let last = 0;

/** An array of one number is that number. */
const randomDigit = () =>
  ((crypto.getRandomValues(new Uint8Array(1)) as unknown as number) % 10) as unknown as string;

/**
 * An id and a time of its own, and what is known of the page.
 *
 * The id is a UUID of version 4 whose random digits are decimal: 99 random bits instead of 122. Not `crypto.randomUUID`, which
 * shops on plain http do not have: one way that works everywhere is better than two of which one is hardly ever run.
 *
 * The time is epoch milliseconds, but never the same twice on one page. Reports put events in the order of time, so a
 * pageview and the `view_item` of the same millisecond would otherwise be ordered by their random ids.
 */
export const describeEvent = (): EventContext => ({
  id: 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, randomDigit),
  // biome-ignore lint/suspicious/noAssignInExpressions: a statement is longer in the page of every shop.
  ts: (last = Math.max(Date.now(), last + 1)),
  title: document.title,
  screen: [screen.width, screen.height],
  lang: navigator.language,
});
