import type { Item } from '@footfall/core/raw-event';
import type { StoredEvent } from '@footfall/core/stored-event';
import { type ByteReader, type ByteWriter, byteReader } from './bytes.ts';
import type { EventColumns } from './columns.ts';
import { GROUPS, readFields, SILENT_LATER } from './groups.ts';
import type { Interned } from './interned.ts';
import { networkText } from './network.ts';
import type { Parts, Rest } from './parts.ts';

/**
 * A body: number of the format, flags, version of the logic; the groups and the query; what the flags announce; then what is left
 * of the event as JSON; last, where it is known, its sender, which readers before it was noted leave unread. A value that may be a term is 0 (nothing), 1 and its JSON, or the term's number + 1.
 */
export const FORMAT = 2;

/** What a body has. */
const HAS = { delay: 1, scroll: 2, engagedMs: 4, network4: 8, network6: 16, props: 32, items: 64, rest: 128 };

/** The groups and the query: what stands before the properties in {@link Parts.interned}. */
const ALWAYS = GROUPS.length + 1;

const zigzag = (number: number) => (number < 0 ? -2 * number - 1 : 2 * number);
const unzigzag = (number: number) => (number % 2 === 1 ? -(number + 1) / 2 : number / 2);

function encodeFlags({ delay, scroll, engagedMs, network, props, items, rest }: Parts): number {
  return (
    (delay === undefined ? 0 : HAS.delay) |
    (scroll === undefined ? 0 : HAS.scroll) |
    (engagedMs === undefined ? 0 : HAS.engagedMs) |
    (network === undefined ? 0 : network.length === 3 ? HAS.network4 : HAS.network6) |
    (props === undefined ? 0 : HAS.props) |
    (items === undefined ? 0 : HAS.items) |
    (rest === undefined ? 0 : HAS.rest)
  );
}

/** The bytes that an event's body takes. */
export function writeBody(parts: Parts, writer: ByteWriter): Buffer {
  let n = 0;
  const sayNext = () => {
    const { json, term } = parts.interned[n] as Interned;
    n += 1;
    writer.varint(json === '' ? 0 : term + 1);
    if (json !== '' && term === 0) writer.text(json);
  };
  const sayList = (length: number | undefined) => {
    if (length === undefined) return;
    writer.varint(length);
    for (let rest = length; rest > 0; rest -= 1) sayNext();
  };
  writer.byte(FORMAT);
  writer.byte(encodeFlags(parts));
  writer.varint(parts.logicVersion);
  while (n < ALWAYS) sayNext();
  if (parts.delay !== undefined) writer.varint(zigzag(parts.delay));
  if (parts.scroll !== undefined) writer.varint(parts.scroll);
  if (parts.engagedMs !== undefined) writer.varint(parts.engagedMs);
  for (const byte of parts.network ?? []) writer.byte(byte);
  sayList(parts.props);
  sayList(parts.items);
  if (parts.rest !== undefined) writer.text(JSON.stringify(parts.rest));
  if (parts.sender) sayNext();
  return writer.take();
}

function readNetwork(reader: ByteReader, length: number): string {
  const bytes: number[] = [];
  while (bytes.length < length) bytes.push(reader.byte());
  return networkText(bytes);
}

/**
 * The event of a body; the inverse of {@link import('./parts.ts').partsOf} and {@link writeBody}. Events share the values of
 * terms, which `valueOfTerm` tells by number.
 */
export function readBody(
  body: Buffer,
  { eventKey: id, siteId, visitor, occurredAt }: EventColumns,
  valueOfTerm: (term: number) => unknown,
): StoredEvent {
  const reader = byteReader(body, 1);
  const flags = reader.byte();
  const logicVersion = reader.varint();
  const read = (): unknown => {
    const term = reader.varint();
    if (term > 1) return valueOfTerm(term - 1);
    return term === 0 ? undefined : JSON.parse(reader.text());
  };
  const readList = (length: number): unknown[] => {
    const list: unknown[] = [];
    while (list.length < length) list.push(read());
    return list;
  };
  const { raw, derived: grouped } = readFields({ id, siteId, visitor, occurredAt }, readList(GROUPS.length));
  const derived: StoredEvent['derived'] = Object.assign(grouped, SILENT_LATER);
  const query = read();
  if (query !== undefined) raw.url += query as string;
  if (flags & HAS.delay) raw.receivedAt = occurredAt + unzigzag(reader.varint());
  if (flags & HAS.scroll) raw.scroll = reader.varint();
  if (flags & HAS.engagedMs) raw.engagedMs = reader.varint();
  if (flags & (HAS.network4 | HAS.network6)) raw.ip = readNetwork(reader, flags & HAS.network4 ? 3 : 6);
  if (flags & HAS.props) raw.props = Object.fromEntries(readList(reader.varint()) as [string, string][]);
  if (flags & HAS.items) raw.items = readList(reader.varint()) as Item[];
  if (flags & HAS.rest) {
    const rest = JSON.parse(reader.text()) as Rest;
    Object.assign(raw, rest.raw);
    Object.assign(derived, rest.derived);
  }
  // Behind the end zeros are read, which say nothing.
  const sender = read();
  if (sender !== undefined) raw.sender = sender as string;
  return { raw, derived, logicVersion };
}
