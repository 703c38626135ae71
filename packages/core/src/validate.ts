import { clean, type EventShape, type ItemShape, MAX_ID, readShape, ShapeProblem } from './event-shape.ts';
import { instantOf } from './instant.ts';
import { isCurrency, parseAmount } from './money.ts';
import type { Item, RawEvent } from './raw-event.ts';
import { REJECTIONS, type RejectionReason } from './rejection.ts';

/** What validation must know: the site's rules, who sends, and the time (epoch milliseconds). */
export type Intake = {
  /** Servers may date events back to the site's retention, and say who the visitor is. */
  sender: 'browser' | 'server';
  site: { id: string; retentionDays: number };
  now: number;
  /** Makes an id for an event that has none. */
  newId: () => string;
};

/** A valid event before it is identified: no visitor id, no address yet, but what a server stated of both. */
export type ValidEvent = Omit<RawEvent, 'visitor' | 'ip'> & { statedVisitor?: string; statedIp?: string };

export type Rejection = { ok: false; id?: string; reason: RejectionReason; message: string };
export type Validation = { ok: true; event: ValidEvent } | Rejection;

export const MAX_NAME = 120;
export const MAX_PROPS = 30;
export const MAX_PROP_NAME = 300;
export const MAX_PROP_VALUE = 2_000;
const MAX_URL = 4_096;

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

function shapeOf(input: unknown): EventShape {
  try {
    return readShape(input);
  } catch (problem) {
    if (!(problem instanceof ShapeProblem)) throw problem;
    throw new Refusal('invalid_event', `${problem.where}: ${problem.problem}`);
  }
}

function nameOf(value: unknown): string {
  const name = typeof value === 'string' ? clean(value) : '';
  if (name.trim() === '' || name.length > MAX_NAME) throw new Refusal('invalid_name');
  return name;
}

function urlOf(value: unknown): string {
  const url = typeof value === 'string' ? clean(value).trim() : '';
  if (url.length > MAX_URL) throw new Refusal('invalid_url', `longer than ${MAX_URL} characters`);
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw new Refusal('invalid_url');
  return url;
}

function occurredAtOf(shape: EventShape, intake: Intake): number {
  const stated = (intake.sender === 'server' ? shape.timestamp : null) ?? shape.ts;
  if (stated === undefined || stated === null) return intake.now;
  const at = instantOf(stated);
  if (at === undefined) throw new Refusal('invalid_timestamp');
  if (at > intake.now + AHEAD) throw new Refusal('in_future');
  if (at < intake.now - intake.site.retentionDays * 24 * HOUR) throw new Refusal('too_old');
  if (at < intake.now - IDENTIFIABLE) {
    if (intake.sender === 'browser') throw new Refusal('too_old', 'events of browsers may be 48 hours old');
    if (shape.visitor === undefined || shape.visitor === null) throw new Refusal('visitor_required');
  }
  return at;
}

function propsOf(props: EventShape['props']): Record<string, string> | undefined {
  const entries = Object.entries(props ?? {}).filter((entry) => entry[1] !== null);
  if (entries.length === 0) return undefined;
  if (entries.length > MAX_PROPS) throw new Refusal('too_many_props', `there are ${entries.length}`);
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const cleaned = [clean(name), clean(String(value))] as const;
      if (cleaned[0].length > MAX_PROP_NAME)
        throw new Refusal('prop_too_long', `${cleaned[0].slice(0, 40)}…`);
      if (cleaned[1].length > MAX_PROP_VALUE) throw new Refusal('prop_too_long', cleaned[0]);
      return cleaned;
    }),
  );
}

function revenueOf(value: unknown): RawEvent['revenue'] {
  if (value === undefined || value === null) return undefined;
  const { amount, currency } = value as { amount?: unknown; currency?: unknown };
  const parsed = parseAmount(amount);
  if (parsed === undefined) throw new Refusal('invalid_revenue');
  if (typeof currency !== 'string' || !isCurrency(currency.toUpperCase()))
    throw new Refusal('unknown_currency');
  return { amount: parsed, currency: currency.toUpperCase() };
}

function itemsOf(items: ItemShape[] | undefined): Item[] | undefined {
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

/** Drops the fields that are absent, so that an envelope carries nothing but what was said. */
function present<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined | null> } {
  const said: Partial<T> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined && value !== null) said[name] = value;
  }
  return said as { [K in keyof T]: Exclude<T[K], undefined | null> };
}

function accept(shape: EventShape, intake: Intake): ValidEvent {
  const named = { name: nameOf(shape.name), url: urlOf(shape.url), occurredAt: occurredAtOf(shape, intake) };
  const server = intake.sender === 'server';
  return {
    id: shape.id ?? intake.newId(),
    siteId: intake.site.id,
    ...named,
    receivedAt: intake.now,
    ...(present({
      referrer: shape.referrer,
      title: shape.title,
      screen: shape.screen,
      lang: shape.lang,
      props: propsOf(shape.props),
      interactive: shape.interactive,
      revenue: revenueOf(shape.revenue),
      order: shape.order,
      items: itemsOf(shape.items),
      scroll: shape.scroll,
      engagedMs: shape.engaged_ms,
      user: shape.user || undefined,
      userAgent: server ? shape.user_agent : undefined,
      statedVisitor: server ? shape.visitor : undefined,
      statedIp: server ? shape.ip : undefined,
    }) as Partial<ValidEvent>),
  };
}

function idOf(input: unknown): string | undefined {
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
    return { ok: true, event: accept(shapeOf(input), intake) };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const id = idOf(input);
    return {
      ok: false,
      reason: refusal.reason,
      message: refusal.message,
      ...(id === undefined ? {} : { id }),
    };
  }
}
