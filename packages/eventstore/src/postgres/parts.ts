import type { RawEvent } from '@footfall/core/raw-event';
import type { StoredEvent } from '@footfall/core/stored-event';
import { isVarint } from './bytes.ts';
import type { EventColumns } from './columns.ts';
import { GROUPS, groupValues, SILENT_LATER } from './groups.ts';
import { type Interned, NOTHING, type Say } from './interned.ts';
import { networkBytes } from './network.ts';

/** What is left of an event, under the fields' own names. */
export type Rest = { raw?: Record<string, unknown>; derived?: Record<string, unknown> };

/** An event taken apart, so that what it says like others can be told from what is its own. */
export type Parts = {
  /**
   * Everything that may be a term: the values of each group, what stands behind the path of `url`, each property as
   * `[name, value]`, each item, the sender.
   */
  interned: Interned[];
  /** How many of them are properties; undefined when the event has no `props`. */
  props: number | undefined;
  items: number | undefined;
  /** Whether the last of them is the sender. */
  sender: boolean;
  logicVersion: number;
  /** Milliseconds from when it happened until it was received. */
  delay: number | undefined;
  scroll: number | undefined;
  engagedMs: number | undefined;
  network: readonly number[] | undefined;
  rest: Rest | undefined;
};

/** Fields that have a place of their own in a body. */
const PLACED: ReadonlySet<string> = new Set([
  ...[
    'id',
    'siteId',
    'visitor',
    'occurredAt',
    'receivedAt',
    'scroll',
    'engagedMs',
    'ip',
    'props',
    'items',
    'sender',
  ],
  ...GROUPS.flatMap(({ raw }) => raw),
]);
const PLACED_DERIVED: ReadonlySet<string> = new Set(GROUPS.flatMap(({ derived }) => derived));

const SILENT: Readonly<Record<string, unknown>> = SILENT_LATER;

/** Fields without a place, and values that do not fit in theirs. */
type Odd = { raw: Record<string, unknown>; derived: Record<string, unknown>; any: boolean };

const AFTER_PATH = /[?#]/;

/** Where the path of an address ends. */
function endOfPath(url: string): number {
  const end = url.search(AFTER_PATH);
  return end < 0 ? url.length : end;
}

function addOdd(odd: Odd, field: keyof RawEvent, value: unknown): void {
  odd.raw[field] = value;
  odd.any = true;
}

function addOthers(odd: Odd, { raw, derived }: StoredEvent): void {
  // Faster than over entries, and an event inherits nothing.
  for (const field in raw) {
    if (!PLACED.has(field)) addOdd(odd, field as keyof RawEvent, raw[field as keyof RawEvent]);
  }
  for (const field in derived) {
    const value = derived[field as keyof typeof derived];
    if (PLACED_DERIVED.has(field) || value === SILENT[field]) continue;
    odd.derived[field] = value;
    odd.any = true;
  }
}

/** What the columns give back differently. */
function addUntold(odd: Odd, raw: RawEvent, columns: EventColumns): void {
  if (raw.id !== columns.eventKey) addOdd(odd, 'id', raw.id);
  if (raw.siteId !== columns.siteId) addOdd(odd, 'siteId', raw.siteId);
  if (raw.visitor !== columns.visitor) addOdd(odd, 'visitor', raw.visitor);
  if (raw.occurredAt !== columns.occurredAt) addOdd(odd, 'occurredAt', raw.occurredAt);
}

/** The number when it fits in its place. */
function placedNumber(odd: Odd, raw: RawEvent, field: 'scroll' | 'engagedMs'): number | undefined {
  const value = raw[field];
  if (value === undefined || isVarint(value)) return value;
  addOdd(odd, field, value);
  return undefined;
}

function placedDelay(odd: Odd, raw: RawEvent, { occurredAt }: EventColumns): number | undefined {
  const delay = raw.receivedAt - occurredAt;
  // A difference of fractions may have been rounded.
  if (isVarint(2 * Math.abs(delay)) && occurredAt + delay === raw.receivedAt) return delay;
  addOdd(odd, 'receivedAt', raw.receivedAt);
  return undefined;
}

function placedNetwork(odd: Odd, { ip }: RawEvent): readonly number[] | undefined {
  const network = ip === undefined ? undefined : networkBytes(ip);
  if (network === undefined && ip !== undefined) addOdd(odd, 'ip', ip);
  return network;
}

function placedProps(odd: Odd, { props }: RawEvent): [string, string][] | undefined {
  if (props === undefined) return undefined;
  if (!Object.hasOwn(props, '__proto__')) return Object.entries(props);
  // An assignment of this name would say what the object inherits from.
  addOdd(odd, 'props', props);
  return undefined;
}

/** Takes an event apart; {@link import('./body.ts').readBody} puts it together. */
export function splitParts(event: StoredEvent, columns: EventColumns, say: Say): Parts {
  const { raw } = event;
  const odd: Odd = { raw: {}, derived: {}, any: false };
  const end = endOfPath(raw.url);
  const interned = groupValues(event, raw.url.slice(0, end)).map((values, n) => say.group(n, values));
  interned.push(end === raw.url.length ? NOTHING : say.value(raw.url.slice(end)));
  const props = placedProps(odd, raw);
  if (props !== undefined) for (const prop of props) interned.push(say.value(prop));
  if (raw.items !== undefined) for (const item of raw.items) interned.push(say.value(item));
  if (raw.sender !== undefined) interned.push(say.value(raw.sender));
  addUntold(odd, raw, columns);
  addOthers(odd, event);
  return {
    interned,
    props: props?.length,
    items: raw.items?.length,
    sender: raw.sender !== undefined,
    logicVersion: event.logicVersion,
    delay: placedDelay(odd, raw, columns),
    scroll: placedNumber(odd, raw, 'scroll'),
    engagedMs: placedNumber(odd, raw, 'engagedMs'),
    network: placedNetwork(odd, raw),
    // Evaluated last: the others leave here what does not fit.
    rest: odd.any ? { raw: odd.raw, derived: odd.derived } : undefined,
  };
}
