import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { StoredEvent } from '@footfall/core/stored-event';

/**
 * Text that events are full of; what stands near its end is cheapest to refer to. Part of the format of stored
 * bodies: never change it, add another column or table for another one.
 */
const DICTIONARY = Buffer.from(
  [
    '"revenue":{"amount":"","currency":"EUR"},"order":"","items":[{"sku":"","quantity":1,"name":"","category":"","price":""}]',
    '"scroll":100,"engagedMs":,"name":"engagement","name":"purchase","name":"add_to_cart","name":"view_item","name":"begin_checkout"',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
    '"device":"Mobile","browser":"Safari","browserVersion":"17","os":"iOS","osVersion":"17.5","bot":false,"country":"US"',
    '"device":"Desktop","browser":"Chrome","browserVersion":"126","os":"Windows","osVersion":"10","bot":false,"country":"DE"',
    '"source":"Google","referrer":"google.com","channel":"Organic Search","https://www.google.com/"',
    '{"raw":{"id":"","siteId":"site_","name":"pageview","url":"https://www.","occurredAt":17,"receivedAt":17,"referrer":"https://",',
    '"title":"","screen":[1440,900],"lang":"en-US","lang":"de-DE","props":{"":""},"interactive":true,"userAgent":"","ip":".0","visitor":""},',
    '"derived":{"page":"/","hostname":"","source":"Direct / None","referrer":"(none)","utmSource":"(none)","utmMedium":"(none)",',
    '"utmCampaign":"(none)","utmTerm":"(none)","utmContent":"(none)","channel":"Direct","device":"Desktop","browser":"","browserVersion":"",',
    '"os":"","osVersion":"","bot":false,"country":"(none)","region":"(none)","city":"(none)","screen":"1440x900","language":"","interactive":false}}',
  ].join(''),
);

const LEVEL = 3;

/** The bytes that a stored event's body takes. */
export function encodeBody({ raw, derived }: StoredEvent): Buffer {
  return deflateRawSync(JSON.stringify({ raw, derived }), { dictionary: DICTIONARY, level: LEVEL });
}

/** The event of a row; the inverse of {@link encodeBody}. */
export function decodeEvent(row: { logic_version: number; body: Buffer }): StoredEvent {
  const { raw, derived } = JSON.parse(
    inflateRawSync(row.body, { dictionary: DICTIONARY }).toString(),
  ) as StoredEvent;
  return { raw, derived, logicVersion: row.logic_version };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The key of an event id: the id itself when it is a (lower-case) UUID, else 16 bytes of its SHA-256 written as one. */
export function eventKey(id: string): string {
  if (UUID.test(id)) return id;
  const hex = createHash('sha256').update(id).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
