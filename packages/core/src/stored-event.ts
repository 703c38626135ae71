import type { Derived } from './derive.ts';
import { NONE } from './dimension.ts';
import { hostText } from './host.ts';
import { languageText } from './language.ts';
import { pageText } from './page.ts';
import type { RawEvent } from './raw-event.ts';

/** An event in the event store: the raw envelope, what was derived from it, and by which version of the logic. */
export type StoredEvent = { raw: RawEvent; derived: Derived; logicVersion: number };

/** Earlier versions of the logic kept languages as they came. */
const LANGUAGES_SPELLED_SINCE = 4;
/** Earlier versions of the logic kept pages with escapes, and hosts in ASCII. */
const PAGES_DECODED_SINCE = 3;

/** What was derived from an event, its page, host and language as this version of the logic writes them. */
function currentDerived({ derived, logicVersion }: StoredEvent): Derived {
  // A logic that did not know languages has derived none.
  const language = languageText(derived.language ?? NONE);
  if (logicVersion >= PAGES_DECODED_SINCE)
    return language === derived.language ? derived : { ...derived, language };
  return { ...derived, language, page: pageText(derived.page), hostname: hostText(derived.hostname) };
}

/** An event as this version of the logic writes what was derived from it. */
export function currentEvent(event: StoredEvent): StoredEvent {
  if (event.logicVersion >= LANGUAGES_SPELLED_SINCE) return event;
  const derived = currentDerived(event);
  return derived === event.derived ? event : { ...event, derived };
}
