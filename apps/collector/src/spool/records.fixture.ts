import type { LogRecord } from '@footfall/eventlog/event-log';
import fc from 'fast-check';

let made = 0;

/** A record of an event; each has another value. */
export function record(more: Partial<LogRecord> = {}): LogRecord {
  made += 1;
  return {
    topic: 'events',
    key: 'site:visitor',
    value: JSON.stringify({ id: made }),
    receivedAt: 1_767_780_000_000 + made,
    tally: { siteId: 'site', day: '2026-01-07' },
    ...more,
  };
}

/** A record of at least so many bytes, another each time. */
export function large(bytes: number): LogRecord {
  return record({ value: JSON.stringify({ id: made + 1, pad: 'x'.repeat(bytes) }) });
}

/** What tells records apart, in their order. */
export function ids(records: readonly LogRecord[]): number[] {
  return records.map(({ value }) => (JSON.parse(value) as { id: number }).id);
}

const text = fc.string({ unit: 'binary', maxLength: 60 });
const line = text.map((said) => said.replaceAll('\n', ' '));
const word = text.map((said) => said.replaceAll('\0', ' '));

/** Any record that a log takes, and one with a field that a later version may add. */
export const anyRecord: fc.Arbitrary<LogRecord> = fc.record(
  {
    topic: fc.constantFrom('events', 'rejected', 'touched'),
    key: text,
    value: line,
    receivedAt: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
    category: fc.constantFrom('custom', 'commerce'),
    tally: fc.record({ siteId: word, day: word }),
    // As JSON keeps it: it has no -0.
    later: fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown),
  },
  { requiredKeys: ['topic', 'key', 'value', 'receivedAt'] },
) as fc.Arbitrary<LogRecord>;
