import type { Derived } from './derive.ts';
import { DERIVED_FIELDS, type DerivedField, NONE } from './dimension.ts';
import type { RawEvent } from './raw-event.ts';
import type { StoredEvent } from './stored-event.ts';

const SILENT = {
  ...(Object.fromEntries(DERIVED_FIELDS.map((field) => [field, NONE])) as Record<DerivedField, string>),
  source: 'Direct / None',
  channel: 'Direct',
  device: 'Desktop',
  browser: 'Firefox',
  browserVersion: '127',
  os: 'Linux',
  country: 'DE',
};

/** A stored pageview for tests, with what a case needs to differ. */
export function storedEvent(raw: Partial<RawEvent>, derived: Partial<Derived> = {}): StoredEvent {
  const whole: RawEvent = {
    id: 'e1',
    siteId: 'site_a',
    visitor: 'visitor-a',
    name: 'pageview',
    occurredAt: 0,
    receivedAt: 0,
    url: 'https://shop.example/',
    ...raw,
  };
  const { hostname, pathname } = new URL(whole.url);
  return {
    raw: whole,
    derived: {
      ...SILENT,
      page: pathname,
      hostname,
      bot: false,
      interactive: whole.name !== 'pageview',
      ...derived,
    },
    logicVersion: 1,
  };
}
