import type { Derived } from './derive.ts';
import { hostText } from './host.ts';
import { pageText } from './page.ts';
import type { RawEvent } from './raw-event.ts';

/** An event in the event store: the raw envelope, what was derived from it, and by which version of the logic. */
export type StoredEvent = { raw: RawEvent; derived: Derived; logicVersion: number };

/** Earlier versions of the logic kept pages with escapes, and hosts in ASCII. */
const PAGES_DECODED_SINCE = 3;

/** What was derived from an event, its page and host as this version of the logic writes them. */
export function currentDerived({ derived, logicVersion }: StoredEvent): Derived {
  if (logicVersion >= PAGES_DECODED_SINCE) return derived;
  return { ...derived, page: pageText(derived.page), hostname: hostText(derived.hostname) };
}
