import { trimBlanks } from './blank.ts';
import { ENGAGEMENT } from './event-name.ts';
import {
  clean,
  type EventShape,
  type ItemShape,
  isLongerThan,
  MAX_ID,
  readShape,
  ShapeProblem,
} from './event-shape.ts';
import { parseInstant } from './instant.ts';
import { isCurrency, parseAmount } from './money.ts';
import { hasLongHost } from './parse-url.ts';
import type { Item, RawEvent } from './raw-event.ts';
import { REJECTIONS, type RejectionReason } from './rejection.ts';

/** What validation must know: the site's rules, who sends, and the time (epoch milliseconds). */
export type Intake = {
  /** Servers may date events back to the site's retention, and say who the visitor is. */
  sender: 'browser' | 'server';
  /** Whether a browser may say who the visitor is and by which agent, as the clients of other products do. */
  namesVisitor?: boolean;
  site: { id: string; retentionDays: number };
  now: number;
  /** Makes an id for an event that has none. */
  newId: () => string;
};

/** A valid event before it is identified: no visitor id, no address yet, but what a server stated of both. */
export type ValidEvent = Omit<RawEvent, 'visitor' | 'ip'> & {
  statedVisitor?: string;
  statedIp?: string;
  /** Of engagement: when its page was viewed at the latest, epoch milliseconds. */
  viewedAt?: number;
};

export type Rejection = { ok: false; id?: string; reason: RejectionReason; message: string };
export type Validation = { ok: true; event: ValidEvent } | Rejection;

export const MAX_NAME = 120;
export const MAX_PROPS = 30;
export const MAX_PROP_NAME = 300;
export const MAX_PROP_VALUE = 2_000;
export const MAX_URL = 4_096;

const HOUR = 3_600_000;
/** How long salts surely live, and so how old an event may be that is identified by its address. */
const IDENTIFIABLE = 48 * HOUR;
const AHEAD = HOUR;

/** Ends validation inside a step; never leaves this file. */
class Refusal {
  readonly reason: RejectionReason;
  readonly message: string;
  constructor(reason: RejectionReason, detail?: string) {
    this.reason = reason;
    this.message = detail === undefined ? REJECTIONS[reason] : `${REJECTIONS[reason]}: ${detail}`;
  }
}

function parseShape(input: unknown): EventShape {
  try {
    return readShape(input);
  } catch (problem) {
    if (!(problem instanceof ShapeProblem)) throw problem;
    throw new Refusal('invalid_event', `${problem.where}: ${problem.problem}`);
  }
}

function validateName(value: unknown): string {
  const name = typeof value === 'string' ? clean(value) : '';
  if (trimBlanks(name) === '' || isLongerThan(name, MAX_NAME)) throw new Refusal('invalid_name');
  return name;
}

/** The address of an event. What stands behind its `#` is left out unless the sender says that routes do: sign-in services leave secrets there. */
function validateUrl(value: unknown, hasRoutes: boolean): string {
  // A mark before the scheme is not of the address; one at its end is of its path.
  const url = typeof value === 'string' ? trimBlanks(clean(value.slice(0, 2 * MAX_URL)).trimStart()) : '';
  if (url.length > MAX_URL) throw new Refusal('invalid_url', `longer than ${MAX_URL} characters`);
  if (!/^https?:\/\//i.test(url) || hasLongHost(url) || !URL.canParse(url)) throw new Refusal('invalid_url');
  const fragment = hasRoutes ? -1 : url.indexOf('#');
  return fragment < 0 ? url : url.slice(0, fragment);
}

function resolveOccurredAt(shape: EventShape, intake: Intake): number {
  const stated = (intake.sender === 'server' ? shape.timestamp : null) ?? shape.ts;
  if (stated === undefined || stated === null) return intake.now;
  const at = parseInstant(stated);
  if (at === undefined) throw new Refusal('invalid_timestamp');
  if (at > intake.now + AHEAD) throw new Refusal('in_future');
  checkAge(at, shape, intake);
  return at;
}

function checkAge(at: number, { visitor }: EventShape, { sender, site, now }: Intake): void {
  if (at < now - site.retentionDays * 24 * HOUR) throw new Refusal('too_old');
  if (at >= now - IDENTIFIABLE) return;
  if (sender === 'browser') throw new Refusal('too_old', 'events of browsers may be 48 hours old');
  if (visitor === undefined) throw new Refusal('visitor_required');
}

/**
 * When the page of an engagement was viewed: as long before it as the event says; else before the time that it was read for. It belongs to
 * that day, which must not be older than an event may be.
 */
function resolveViewedAt(occurredAt: number, shape: EventShape, intake: Intake): number {
  const at = Math.round(occurredAt - (shape.since_ms ?? shape.engaged_ms ?? 0));
  checkAge(at, shape, intake);
  return at;
}

function validateProps(props: EventShape['props']): Record<string, string> | undefined {
  const entries = Object.entries(props ?? {}).filter((entry) => entry[1] !== null);
  if (entries.length === 0) return undefined;
  if (entries.length > MAX_PROPS) throw new Refusal('too_many_props', `there are ${entries.length}`);
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const cleaned = [clean(name), clean(String(value))] as const;
      if (isLongerThan(cleaned[0], MAX_PROP_NAME))
        throw new Refusal('prop_too_long', `${cleaned[0].slice(0, 40)}…`);
      if (isLongerThan(cleaned[1], MAX_PROP_VALUE)) throw new Refusal('prop_too_long', cleaned[0]);
      return cleaned;
    }),
  );
}

function validateRevenue(value: unknown): RawEvent['revenue'] {
  if (value === undefined || value === null) return undefined;
  const { amount, currency } = value as { amount?: unknown; currency?: unknown };
  const parsed = parseAmount(amount);
  if (parsed === undefined) throw new Refusal('invalid_revenue');
  if (typeof currency !== 'string' || !isCurrency(currency.toUpperCase()))
    throw new Refusal('unknown_currency');
  return { amount: parsed, currency: currency.toUpperCase() };
}

function validateItems(items: ItemShape[] | undefined): Item[] | undefined {
  return items?.map(({ sku, name, category, price, quantity }) => {
    const parsed = price === undefined || price === null ? undefined : parseAmount(price);
    if (price !== undefined && price !== null && parsed === undefined) {
      throw new Refusal('invalid_revenue', `price of item ${sku}`);
    }
    return {
      sku,
      quantity,
      ...(typeof name === 'string' ? { name } : {}),
      ...(typeof category === 'string' ? { category } : {}),
      ...(parsed === undefined ? {} : { price: parsed }),
    };
  });
}

type Said = { -readonly [Field in keyof ValidEvent]: ValidEvent[Field] };

/** Sets fields one by one: gathered and spread, an event was copied three times over. */
function accept(shape: EventShape, intake: Intake): ValidEvent {
  const event: Said = {
    id: shape.id ?? intake.newId(),
    siteId: intake.site.id,
    name: validateName(shape.name),
    url: validateUrl(shape.url, shape.hash === true),
    occurredAt: resolveOccurredAt(shape, intake),
    receivedAt: intake.now,
  };
  const [props, revenue, items] = [
    validateProps(shape.props),
    validateRevenue(shape.revenue),
    validateItems(shape.items),
  ];
  if (shape.referrer !== undefined) event.referrer = shape.referrer;
  if (shape.title !== undefined) event.title = shape.title;
  if (shape.screen !== undefined) event.screen = shape.screen;
  if (shape.lang !== undefined) event.lang = shape.lang;
  if (props !== undefined) event.props = props;
  if (shape.interactive !== undefined) event.interactive = shape.interactive;
  if (revenue !== undefined) event.revenue = revenue;
  const order = shape.order && trimBlanks(shape.order);
  if (order) event.order = order;
  if (items !== undefined) event.items = items;
  if (shape.scroll !== undefined) event.scroll = shape.scroll;
  if (shape.engaged_ms !== undefined) event.engagedMs = shape.engaged_ms;
  if (event.name === ENGAGEMENT) event.viewedAt = resolveViewedAt(event.occurredAt, shape, intake);
  if (shape.user) event.user = shape.user;
  const isServer = intake.sender === 'server';
  if (!isServer && intake.namesVisitor !== true) return event;
  if (shape.user_agent !== undefined) event.userAgent = shape.user_agent;
  if (shape.visitor !== undefined) event.statedVisitor = shape.visitor;
  if (!isServer) return event;
  if (shape.ip !== undefined) event.statedIp = shape.ip;
  if (shape.hints !== undefined) event.hints = shape.hints;
  return event;
}

function readId(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const { id } = input as { id?: unknown };
  return typeof id === 'string' && id !== '' ? clean(id).slice(0, MAX_ID) : undefined;
}

/**
 * Checks one event as it came (any JSON value) against the public contract. The steps run in this order: shape, name, url, time, props,
 * revenue, items; the first that refuses names the reason. Never throws.
 */
export function validateEvent(input: unknown, intake: Intake): Validation {
  try {
    return { ok: true, event: accept(parseShape(input), intake) };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const id = readId(input);
    return {
      ok: false,
      reason: refusal.reason,
      message: refusal.message,
      ...(id === undefined ? {} : { id }),
    };
  }
}
