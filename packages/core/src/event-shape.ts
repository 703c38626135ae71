/**
 * The shape of an event as senders write it, read by hand: every event of the world passes here, and a schema library took a third of
 * what checking one costs. A test holds it to a schema of that library.
 */

import { type ClientHints, MAX_HINT, statedHints } from './client-hints.ts';
import { isJsonObject } from './json.ts';

/** Longer titles and referrers are cut, not refused: nobody counts by their end. */
const MAX_DECORATION = 2_000;
export const MAX_ID = 128;
export const MAX_ITEMS = 200;
const MAX_VISITOR = 128;
const MAX_ORDER = 200;
const MAX_PIXELS = 100_000;
const MAX_QUANTITY = 1_000_000;
const DAY_MS = 86_400_000;
/** A page that somebody has left open for ten years. */
const MAX_SINCE_MS = 3_653 * DAY_MS;

/** An item of an event; `price` is looked at later. */
export type ItemShape = {
  sku: string;
  name: string | undefined;
  category: string | undefined;
  price: unknown;
  quantity: number;
};

/** What an event says; undefined where it says nothing, or null. Of the fields that have a reason of their own nothing is known yet. */
export type EventShape = {
  id: string | undefined;
  name: unknown;
  ts: unknown;
  timestamp: unknown;
  url: unknown;
  revenue: unknown;
  referrer: string | undefined;
  title: string | undefined;
  screen: readonly [number, number] | undefined;
  lang: string | undefined;
  props: Readonly<Record<string, unknown>> | undefined;
  interactive: boolean | undefined;
  hash: boolean | undefined;
  order: string | undefined;
  items: ItemShape[] | undefined;
  scroll: number | undefined;
  engaged_ms: number | undefined;
  since_ms: number | undefined;
  visitor: string | undefined;
  user: string | undefined;
  ip: string | undefined;
  user_agent: string | undefined;
  hints: ClientHints | undefined;
};

/** A field of the wrong type or size: where, and what it must be. */
export class ShapeProblem {
  readonly where: string;
  readonly problem: string;
  constructor(where: string, problem: string) {
    this.where = where;
    this.problem = problem;
  }
}

const NUL = /\0/g;

/** Postgres and Cassandra refuse NUL, UTF-8 refuses lone surrogates: neither is worth an event. */
export function clean(text: string): string {
  const whole = text.includes('\0') ? text.replace(NUL, '') : text;
  return whole.isWellFormed() ? whole : whole.toWellFormed();
}

/** Whether a text has more characters than that. Counted as people do: what takes two units of JavaScript, as emoji do, is one. */
export function isLongerThan(text: string, most: number): boolean {
  if (text.length <= most) return false;
  if (text.length > 2 * most) return true;
  let count = 0;
  for (const _ of text) count += 1;
  return count > most;
}

const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;

function textAt(value: unknown, where: string, least: number, most: number): string | undefined {
  if (isAbsent(value)) return undefined;
  if (typeof value === 'string' && value.length >= least && !isLongerThan(value, most)) return clean(value);
  throw new ShapeProblem(where, `must be text of ${least} to ${most} characters`);
}

/** A name that somebody else gave, which may be a number there. */
function nameAt(value: unknown, where: string, least: number, most: number): string | undefined {
  return typeof value === 'number' ? String(value) : textAt(value, where, least, most);
}

function decorationAt(value: unknown, where: string): string | undefined {
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'string') throw new ShapeProblem(where, 'must be text');
  // Cut first: a request may say the same long text with each of its events.
  return clean(value.slice(0, 2 * MAX_DECORATION)).slice(0, MAX_DECORATION);
}

function numberAt(value: unknown, where: string, most: number): number | undefined {
  if (isAbsent(value)) return undefined;
  if (typeof value === 'number' && value >= 0 && value <= most) return value;
  throw new ShapeProblem(where, `must be a number from 0 to ${most}`);
}

function wholeAt(value: unknown, where: string, most: number): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most)
    return value as number;
  throw new ShapeProblem(where, `must be a whole number from 0 to ${most}`);
}

function screenAt(value: unknown): EventShape['screen'] {
  if (isAbsent(value)) return undefined;
  if (!Array.isArray(value) || value.length !== 2)
    throw new ShapeProblem('screen', 'must be a list of width and height');
  return [wholeAt(value[0], 'screen.0', MAX_PIXELS), wholeAt(value[1], 'screen.1', MAX_PIXELS)];
}

function propsAt(value: unknown): EventShape['props'] {
  if (isAbsent(value)) return undefined;
  if (!isJsonObject(value)) throw new ShapeProblem('props', 'must be an object');
  for (const name in value)
    if (typeof value[name] === 'object' && value[name] !== null)
      throw new ShapeProblem(`props.${name.slice(0, 40)}`, 'must be text, a number or a boolean');
  return value;
}

function itemAt(value: unknown, index: number): ItemShape {
  const where = `items.${index}`;
  if (!isJsonObject(value)) throw new ShapeProblem(where, 'must be an object');
  const { name, category, price, quantity } = value;
  const sku = nameAt(value.sku, `${where}.sku`, 1, MAX_ORDER);
  if (sku === undefined) throw new ShapeProblem(`${where}.sku`, 'must be there');
  return {
    sku,
    name: textAt(name, `${where}.name`, 0, 500),
    category: textAt(category, `${where}.category`, 0, 500),
    price,
    quantity: isAbsent(quantity) ? 1 : wholeAt(quantity, `${where}.quantity`, MAX_QUANTITY),
  };
}

function itemsAt(value: unknown): ItemShape[] | undefined {
  if (isAbsent(value)) return undefined;
  if (!Array.isArray(value) || value.length > MAX_ITEMS)
    throw new ShapeProblem('items', `must be a list of at most ${MAX_ITEMS}`);
  return value.map(itemAt);
}

function flagAt(value: unknown, where: string): boolean | undefined {
  if (isAbsent(value)) return undefined;
  if (typeof value === 'boolean') return value;
  throw new ShapeProblem(where, 'must be true or false');
}

function hintsAt(value: unknown): EventShape['hints'] {
  if (isAbsent(value)) return undefined;
  if (!isJsonObject(value)) throw new ShapeProblem('hints', 'must be an object');
  return statedHints(
    textAt(value.model, 'hints.model', 0, MAX_HINT),
    textAt(value.platform_version, 'hints.platform_version', 0, MAX_HINT),
  );
}

/**
 * Reads an event (any JSON value).
 * @throws ShapeProblem for the first field that is of the wrong type or size
 */
export function readShape(input: unknown): EventShape {
  if (!isJsonObject(input)) throw new ShapeProblem('event', 'must be an object');
  return {
    id: textAt(input.id, 'id', 1, MAX_ID),
    name: input.name,
    ts: input.ts,
    timestamp: input.timestamp,
    url: input.url,
    revenue: input.revenue,
    referrer: decorationAt(input.referrer, 'referrer'),
    title: decorationAt(input.title, 'title'),
    screen: screenAt(input.screen),
    lang: textAt(input.lang, 'lang', 0, 64),
    props: propsAt(input.props),
    interactive: flagAt(input.interactive, 'interactive'),
    hash: flagAt(input.hash, 'hash'),
    order: nameAt(input.order, 'order', 1, MAX_ORDER),
    items: itemsAt(input.items),
    scroll: numberAt(input.scroll, 'scroll', 100),
    engaged_ms: numberAt(input.engaged_ms, 'engaged_ms', DAY_MS),
    since_ms: numberAt(input.since_ms, 'since_ms', MAX_SINCE_MS),
    visitor: nameAt(input.visitor, 'visitor', 1, MAX_VISITOR),
    user: nameAt(input.user, 'user', 0, MAX_VISITOR),
    ip: textAt(input.ip, 'ip', 0, 64),
    user_agent: decorationAt(input.user_agent, 'user_agent'),
    hints: hintsAt(input.hints),
  };
}
