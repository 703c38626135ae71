import { inflateRawSync } from 'node:zlib';
import type { RawEvent } from '@footfall/core/raw-event';
import type { StoredEvent } from '@footfall/core/stored-event';
import type { EventColumns } from './columns.ts';
import { DICTIONARY } from './dictionary.ts';

/** Part of the format, like the dictionary. */
const DEFLATE = { dictionary: DICTIONARY, windowBits: 13, chunkSize: 2_048 };

/** Number of the format, and the version of the logic in two bytes. */
const HEAD = 3;

/** The event of a body of the first format, which is no longer written: behind its head `{raw, derived}` as JSON, deflated. */
export function readFirstFormat(
  body: Buffer,
  { siteId, visitor, occurredAt, eventKey: id }: EventColumns,
): StoredEvent {
  const text = inflateRawSync(body.subarray(HEAD), DEFLATE).toString();
  const { raw, derived } = JSON.parse(text) as Pick<StoredEvent, 'derived'> & {
    raw: Partial<RawEvent> & { delay?: number };
  };
  const { delay, ...rest } = raw;
  const receivedAt = delay === undefined ? {} : { receivedAt: occurredAt + delay };
  return {
    raw: { id, siteId, visitor, occurredAt, ...receivedAt, ...rest } as RawEvent,
    derived,
    logicVersion: body.readInt16BE(1),
  };
}
