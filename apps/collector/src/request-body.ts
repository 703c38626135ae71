import { isJsonObject, type JsonObject } from '@footfall/core/json';
import { eventWeight } from '@footfall/core/usage';
import { beginTurn, type Turn } from '@footfall/timing/turn';
import { collectorFailure } from './errors.ts';
import { countValues, cutList, type JsonText } from './json-list.ts';

/** What every way in has in common: a site and a list of events, each event still any JSON value. */
export type RequestBody = { site: string; events: EventList };

const SHAPE = '{"site": "…", "events": [{…}, …]}';

/** Bodies up to this are parsed at once. Characters: of the worst that may be in so many, JSON.parse makes 2 ms. */
const SMALL = 16_384;
/** Larger ones wait for their turn; and behind this they are cut into their events first, which are parsed one by one, as they are looked at. */
const MEDIUM = 131_072;
/** What one event may be, and all that a body says beside its events. The contract's longest event has a thousand values. */
const MOST = { values: 65_536, characters: 262_144 };

const isOversized = ({ text, values }: JsonText) => values > MOST.values || text.length > MOST.characters;

/** Stands for an event that is larger than any. */
export const OVERSIZED = Symbol('an event that is larger than any');

function parse(text: string, shape: string): unknown {
  if (text.trim() === '') throw collectorFailure('invalid_json', `the body is empty; it is ${shape}`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { message } = cause as SyntaxError;
    throw collectorFailure('invalid_json', `the body is not valid JSON: ${message.slice(0, 200)}`, { cause });
  }
}

/** What a value is, in words of JSON. */
function describeKind(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function requireObject(body: unknown, shape: string): JsonObject {
  if (isJsonObject(body)) return body;
  throw collectorFailure('invalid_body', `the body is ${describeKind(body)}; it must be an object ${shape}`);
}

function requireList(events: unknown, where: string): readonly unknown[] {
  if (Array.isArray(events)) return events;
  throw collectorFailure('invalid_body', `${where} is ${describeKind(events)}; it must be a list of events`, {
    where,
  });
}

function checkCount(count: number, { where, maxEvents }: EventsOf): void {
  if (count <= maxEvents) return;
  throw collectorFailure('too_large', `${where} has ${count} entries; a request has at most ${maxEvents}`, {
    where,
  });
}

/** The events of a request, each still any JSON value, and {@link OVERSIZED} what is larger than any. */
export type EventList = Iterable<unknown> & {
  length: number;
  /** What they count for limits: one that is larger than 2 KB as several. */
  weight: number;
};

/** Which list of a body has its events, and how many it may have. */
type EventsOf = { where: string; maxEvents: number };
type BodyShape = EventsOf & {
  /** Tells the sender what a body looks like. */
  shape: string;
};

/** What a body says: its events, and the rest. */
export type ParsedBody = { body: JsonObject; events: EventList };

/** Events that were parsed already, of a body of so many characters. */
export function listEvents(events: readonly unknown[], characters: number): EventList {
  const weight = Math.max(events.length, eventWeight(characters));
  return { length: events.length, weight, [Symbol.iterator]: () => events[Symbol.iterator]() };
}

/** Events that are parsed when they are looked at, and forgotten then. */
function* parseItems(items: readonly JsonText[], shape: string): Generator<unknown> {
  for (const item of items) yield isOversized(item) ? OVERSIZED : parse(item.text, shape);
}

function parseSmall(text: string, { shape, ...events }: BodyShape): ParsedBody {
  const body = requireObject(parse(text, shape), shape);
  const list = requireList(body[events.where], events.where);
  checkCount(list.length, events);
  return { body, events: listEvents(list, text.length) };
}

/** A part of a body beside its events, or a body without any. */
function parseRest(rest: JsonText, shape: string): JsonObject {
  if (isOversized(rest))
    throw collectorFailure(
      'too_large',
      `a body has at most ${MOST.values} values and ${MOST.characters} characters beside its events`,
    );
  return requireObject(parse(rest.text, shape), shape);
}

async function parseCut(text: string, { shape, ...events }: BodyShape, turn: Turn): Promise<ParsedBody> {
  const list = { where: events.where, most: events.maxEvents };
  const { rest, items, count } = await cutList(text, list, turn);
  const body = parseRest(rest, shape);
  const last = requireList(body[events.where], events.where);
  // Of a list that stands twice the last one counts, as JSON.parse has it.
  if (items === null || last.length > 0) {
    checkCount(last.length, events);
    return { body, events: listEvents(last, text.length) };
  }
  checkCount(count, events);
  const weight = items.reduce((sum, item) => sum + eventWeight(item.text.length), 0);
  return { body, events: { length: count, weight, [Symbol.iterator]: () => parseItems(items, shape) } };
}

/** Does what may take long of a body in a turn of its owner. */
async function inTurn<Result>(
  text: string,
  owner: string,
  parseIt: (turn: Turn) => Result | Promise<Result>,
): Promise<Result> {
  const turn = beginTurn(owner);
  if (text.length > SMALL) await turn.next();
  try {
    const parsed = parseIt(turn);
    // A small body is there already: awaiting it costs each request turns of the microtask queue.
    return parsed instanceof Promise ? await parsed : parsed;
  } finally {
    turn.end();
  }
}

/**
 * The object that a body is; `shape` tells its sender what it should look like. Not for bodies with lists of events.
 * @throws Failure `invalid_json`, `invalid_body`, `too_large`
 */
export function parseObject(text: string, shape: string, owner: string): Promise<JsonObject> {
  return inTurn(text, owner, async (turn) =>
    text.length > MEDIUM
      ? parseRest({ text, values: await countValues(text, turn) }, shape)
      : requireObject(parse(text, shape), shape),
  );
}

/**
 * What a body says. The events of a large one are parsed one by one, when they are looked at; looking throws Failure `invalid_json` where one is
 * not JSON.
 * @throws Failure `invalid_json`, `invalid_body`, `too_large`
 */
export function parseBody(text: string, shape: BodyShape, owner: string): Promise<ParsedBody> {
  return inTurn(text, owner, (turn) =>
    text.length > MEDIUM ? parseCut(text, shape, turn) : parseSmall(text, shape),
  );
}

/**
 * Reads the shape of a request of ours; the events are looked at one by one, later.
 * @throws Failure `invalid_json`, `invalid_body`, `too_large`
 */
export async function parseRequestBody(text: string, maxEvents: number, owner: string): Promise<RequestBody> {
  const { body, events } = await parseBody(text, { shape: SHAPE, where: 'events', maxEvents }, owner);
  const { site } = body;
  if (typeof site !== 'string' || site === '') {
    const problem = site === '' ? 'empty' : describeKind(site);
    throw collectorFailure('invalid_body', `site is ${problem}; it must be a site key such as "ff_…"`, {
      where: 'site',
    });
  }
  return { site, events };
}
