import { classifyEvent } from '@footfall/core/event-name';
import type { RawEvent, RejectedEvent } from '@footfall/core/raw-event';
import type { LogRecord } from '@footfall/eventlog/event-log';

/** The site and the local day of receipt that the ledger counts an event under. */
export type Tally = { siteId: string; day: string };

/** An event as it travels: one visitor's stay in order. */
export function eventRecord(event: RawEvent, tally: Tally): LogRecord {
  return {
    topic: 'events',
    category: classifyEvent(event.name),
    key: `${event.siteId}:${event.visitor}`,
    value: JSON.stringify(event),
    receivedAt: event.receivedAt,
    tally,
  };
}

/** A refusal as it travels, so that the ledger adds up; without a tally it is pending nowhere. */
export function rejectedRecord(event: RejectedEvent, tally?: Tally): LogRecord {
  return {
    topic: 'rejected',
    key: event.siteId,
    value: JSON.stringify(event),
    receivedAt: event.receivedAt,
    ...(tally === undefined ? {} : { tally }),
  };
}
