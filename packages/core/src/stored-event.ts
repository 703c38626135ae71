import type { Derived } from './derive.ts';
import type { RawEvent } from './raw-event.ts';

/** An event in the event store: the raw envelope, what was derived from it, and by which version of the logic. */
export type StoredEvent = { raw: RawEvent; derived: Derived; logicVersion: number };
