import type { RawEvent } from '@footfall/core/raw-event';
import type { StoredEvent } from '@footfall/core/stored-event';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBody, writeBody } from './body.ts';
import { byteWriter } from './bytes.ts';
import { toColumns } from './columns.ts';
import { sayMemo } from './interned.ts';
import { splitParts } from './parts.ts';

/** Any UTF-16, halves of pairs and NUL included. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
  .map((units) => String.fromCharCode(...units));
const anyNumber = fc.oneof(
  fc.nat(100),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, min: -1e12, max: 1e12 }),
);
const anyProps = fc.dictionary(fc.oneof(anyText, fc.constant('__proto__')), anyText);

const anyRaw: fc.Arbitrary<Partial<RawEvent>> = fc.record(
  {
    id: fc.oneof(
      anyText,
      fc.uuid(),
      fc.uuid().map((id) => id.toUpperCase()),
    ),
    siteId: anyText,
    visitor: fc.oneof(anyText, fc.constant('abcdefghijkl'), fc.constant('AZaz09-_AZaz09-_')),
    name: anyText,
    url: anyText.map((text) => `https://shop.example/${encodeURIComponent(text.toWellFormed())}?q#h`),
    title: anyText,
    referrer: anyText,
    userAgent: anyText,
    user: anyText,
    sender: anyText,
    lang: anyText,
    ip: fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.constantFrom('192.0.2.0', '2001:db8:1::', '300.1.1.0', '01.2.3.0', ''),
    ),
    screen: fc.tuple(fc.nat(9_999), fc.nat(9_999)),
    interactive: fc.boolean(),
    occurredAt: anyNumber,
    receivedAt: anyNumber,
    scroll: anyNumber,
    engagedMs: anyNumber,
    order: anyText,
    revenue: fc.record({ amount: anyText, currency: anyText }),
    props: anyProps,
    items: fc.array(fc.record({ sku: anyText, name: anyText, quantity: fc.nat(9) })),
  },
  { requiredKeys: [] },
);

/** As the log carries it: JSON knows one zero only. */
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

/** Writes events and reads them again; `isTerm` says of which of the things they say that they are terms. */
function roundTrip(events: readonly StoredEvent[], isTerm: (n: number) => boolean) {
  const [memo, writer, values] = [sayMemo(), byteWriter(), new Map<number, unknown>()];
  const bodies = events.map((event) => {
    const parts = splitParts(event, toColumns(event.raw), memo.of(7));
    for (const [n, interned] of parts.interned.entries()) {
      if (interned.json === '' || !isTerm(n)) continue;
      interned.term ||= values.size * 1_000 + 1;
      values.set(interned.term, JSON.parse(interned.json));
    }
    return writeBody(parts, writer);
  });
  const read = bodies.map((body, n) =>
    readBody(body, toColumns((events[n] as StoredEvent).raw), (term) => values.get(term)),
  );
  return { bodies, read };
}

test('what is read is what was written, whatever the text and the times, and whatever of it is a term', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyRaw, fc.nat(30_000), fc.boolean()), { minLength: 1, maxLength: 5 }),
      fc.infiniteStream(fc.boolean()),
      (drafts, choices) => {
        const events = drafts.map(([raw, logicVersion, bot]) => ({
          ...storedEvent(raw, { bot, city: raw.title ?? 'Ulm' }),
          logicVersion,
        }));
        const { read } = roundTrip(events, () => choices.next().value === true);
        expect(asJson(read)).toEqual(asJson(events));
      },
    ),
  );
});

test('fields of later days survive, in the raw event and in what was derived', () => {
  const event = storedEvent({});
  const later = {
    raw: { ...event.raw, weather: { rain: true } },
    derived: { ...event.derived, mood: 'good' },
    logicVersion: 1,
  };
  expect(roundTrip([later], () => true).read).toEqual([later]);
});

test('what a field lacked when an event was derived it lacks when it is read', () => {
  const event = storedEvent({ userAgent: 'x' });
  const { city: _city, browser: _browser, ...derived } = event.derived;
  const older = { ...event, derived } as StoredEvent;
  expect(roundTrip([older], () => false).read).toEqual([older]);
});

test('a pageview of which all is known takes 24 bytes or less', () => {
  const event = storedEvent({
    url: 'https://www.shop.example/products/mug?utm_source=x',
    title: 'Mug',
    lang: 'de-DE',
    ip: '192.0.2.0',
    receivedAt: 250,
    id: '0199c2f0-0000-7000-8000-00000000abcd',
  });
  const [body] = roundTrip([event], () => true).bodies;
  expect(body?.length).toBeLessThanOrEqual(24);
});

test('the format of stored bodies never changes: one that was written once is read for ever', () => {
  const event = storedEvent({
    id: '0199c2f0-0000-7000-8000-00000000abcd',
    visitor: 'AZaz09-_AZaz09-_',
    name: 'purchase',
    title: 'Mug',
    url: 'https://shop.example/mug?q=1',
    referrer: 'https://a.example/',
    userAgent: 'x',
    screen: [390, 844],
    lang: 'de',
    ip: '2001:db8:1::',
    props: { plan: 'pro' },
    items: [{ sku: 'S1', quantity: 2 }],
    scroll: 50,
    engagedMs: 1_000,
    order: '7',
    occurredAt: 1_760_000_000_000,
    receivedAt: 1_760_000_000_250,
  });
  // Every second of the things that it says is a term, numbered by its place.
  const [memo, values] = [sayMemo(), new Map<number, unknown>()];
  const parts = splitParts(event, toColumns(event.raw), memo.of(7));
  for (const [n, interned] of parts.interned.entries()) {
    if (n % 2 === 0) continue;
    interned.term = n + 1_000;
    values.set(interned.term, JSON.parse(interned.json));
  }
  const written = writeBody(parts, byteWriter()).toString('base64');
  expect(written).toMatchInlineSnapshot(
    `"AvcBARZbInB1cmNoYXNlIixudWxsLHRydWVd6gcBNlsieCIsIkRlc2t0b3AiLCJGaXJlZm94IiwiMTI3IiwiTGludXgiLCIobm9uZSkiLGZhbHNlXewHAQ9bIihub25lKSIsImRlIl3uBwFQWyJEaXJlY3QgLyBOb25lIiwiKG5vbmUpIiwiRGlyZWN0IiwiKG5vbmUpIiwiKG5vbmUpIiwiKG5vbmUpIiwiKG5vbmUpIiwiKG5vbmUpIl3wBwEGIj9xPTEi9AMy6AcgAQ24AAEB8gcBARl7InNrdSI6IlMxIiwicXVhbnRpdHkiOjJ9InsicmF3Ijp7Im9yZGVyIjoiNyJ9LCJkZXJpdmVkIjp7fX0="`,
  );
  expect(readBody(Buffer.from(written, 'base64'), toColumns(event.raw), (term) => values.get(term))).toEqual(
    event,
  );
});
