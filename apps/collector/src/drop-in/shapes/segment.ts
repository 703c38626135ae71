import {
  ADD_TO_CART,
  BEGIN_CHECKOUT,
  EVENTS_OF_ONE_PRODUCT,
  PAGEVIEW,
  PAYMENTS,
  PURCHASE,
  REFUND,
  VIEW_ITEM,
} from '@footfall/core/event-name';
import { instantOf } from '@footfall/core/instant';
import { isJsonObject, type JsonObject } from '@footfall/core/json';
import { fieldsOf, idOf, type MappedSite, said, screenOf, screenUrl, tagOf, textOf } from './fields.ts';
import { type ItemFields, itemOf, itemsOf } from './item.ts';
import { amountPaidBack, revenueOf } from './money.ts';
import { propsOf } from './props.ts';

/** The calls of Segment's API. Only some tell of something that happened; the others say who somebody is, and count nowhere. */
const CALLS: ReadonlyMap<unknown, { isEvent: boolean }> = new Map([
  ['track', { isEvent: true }],
  ['page', { isEvent: true }],
  ['screen', { isEvent: true }],
  ['identify', { isEvent: false }],
  ['alias', { isEvent: false }],
  ['group', { isEvent: false }],
]);

/** Events of Segment's ecommerce spec, by lower-case name, that are ours by another; the old names of the first version, too. */
const COMMERCE: ReadonlyMap<string, string> = new Map([
  ['order completed', PURCHASE],
  ['completed order', PURCHASE],
  ['order refunded', REFUND],
  ['refunded order', REFUND],
  ['product viewed', VIEW_ITEM],
  ['viewed product', VIEW_ITEM],
  ['product added', ADD_TO_CART],
  ['added product', ADD_TO_CART],
  ['checkout started', BEGIN_CHECKOUT],
  ['started checkout', BEGIN_CHECKOUT],
]);

/** Ours by their own names. */
const OURS: ReadonlySet<unknown> = new Set(COMMERCE.values());

/** Events of the spec that repeat what an order is worth: counted, it would be counted twice. */
const REPEATS_REVENUE: ReadonlySet<string> = new Set(['order updated', 'order cancelled']);

const ITEM: ItemFields = {
  sku: ['sku', 'product_id', 'productId', 'id', 'name'],
  name: 'name',
  category: 'category',
};

/** Properties that become fields, and so are no props. */
const PRODUCT_FIELDS = new Set([...ITEM.sku, 'category', 'price', 'quantity']);
const PAGE_FIELDS = new Set(['url', 'path', 'referrer', 'title', 'search']);
const ORDER_FIELDS = new Set(['order_id', 'orderId', 'total', 'revenue', 'currency', 'products']);
const CUSTOM_FIELDS = new Set(['revenue', 'currency']);
const LIST = new Set(['products']);
const MAX_ORDER = 200;
const MINUTE = 60_000;

/** What a request says of all its messages. `now`: when it came, epoch milliseconds. */
export type SegmentRequest = {
  site: MappedSite;
  now: number;
  /** When the sender's clock says that it was sent; any JSON. */
  sentAt?: unknown;
  /** What a batch says of all its messages; any JSON. */
  context?: unknown;
  /** The browser that sends for itself; a server's own address and agent are nobody's. */
  browser?: { ip: string; userAgent: string | undefined };
};

/** An event and the place of its message in the request. */
export type PlacedEvent = { index: number; event: unknown };

/**
 * When a message happened by our clock. As Segment does it, what the sender's clock was wrong by when it sent is taken off; but in
 * whole minutes, so that a retry, which takes another moment to travel, has the same time. A message that Segment sends on carries
 * both times, and was corrected there.
 */
function timestampOf(message: JsonObject, { sentAt, now }: SegmentRequest): unknown {
  const { timestamp, originalTimestamp } = message;
  const stated = said(timestamp, originalTimestamp);
  if (stated === undefined) return now;
  const isCorrected = said(timestamp) !== undefined && said(originalTimestamp) !== undefined;
  const at = instantOf(stated);
  const sent = isCorrected ? undefined : instantOf(said(message.sentAt, sentAt));
  if (at === undefined || sent === undefined) return at ?? stated;
  return at + Math.round((now - sent) / MINUTE) * MINUTE;
}

const CAMPAIGN = [
  ['source', 'utm_source'],
  ['medium', 'utm_medium'],
  ['name', 'utm_campaign'],
  ['term', 'utm_term'],
  ['content', 'utm_content'],
] as const;
const MAX_CAMPAIGN = 200;

/** The page's address with the campaign, when the message names one that its address does not. */
function withCampaign(url: string, campaign: JsonObject): string {
  const stated = CAMPAIGN.flatMap(([key, parameter]) => {
    const text = textOf(campaign[key], MAX_CAMPAIGN);
    return text === undefined ? [] : [[parameter, text] as const];
  });
  if (stated.length === 0 || !URL.canParse(url)) return url;
  const page = new URL(url);
  for (const [parameter, text] of stated) {
    if (!page.searchParams.has(parameter)) page.searchParams.set(parameter, text);
  }
  return page.href;
}

/** The page: of a screen its name stands for it; what happened on none is on the site's first page. */
function urlOf(type: unknown, message: JsonObject, site: MappedSite): unknown {
  const context = fieldsOf(message.context);
  const screen = type === 'screen' ? textOf(message.name) : undefined;
  const [page, other] = pagesOf(type, message);
  const path = textOf(said(page.path, '/'));
  const fallback = `https://${site.domain}${path?.startsWith('/') ? path : '/'}`;
  const url = screen === undefined ? said(page.url, other.url, fallback) : screenUrl(screen, site);
  return typeof url === 'string' ? withCampaign(url, fieldsOf(context.campaign)) : url;
}

/** Where a message tells of its page: a call of the page in its properties first, all others in their context. */
function pagesOf(type: unknown, message: JsonObject): [JsonObject, JsonObject] {
  const [properties, page] = [fieldsOf(message.properties), fieldsOf(fieldsOf(message.context).page)];
  return type === 'page' ? [{ ...page, ...properties }, page] : [page, properties];
}

/** What every kind of message says alike: who, when, and on what. */
function envelopeOf(message: JsonObject, request: SegmentRequest): JsonObject {
  const context = fieldsOf(message.context);
  const screen = fieldsOf(context.screen);
  const { browser } = request;
  return {
    id: idOf(message.messageId),
    timestamp: timestampOf(message, request),
    visitor: idOf(said(message.anonymousId, message.userId)),
    user: idOf(message.userId),
    ip: tagOf(context.ip) ?? browser?.ip,
    user_agent: textOf(context.userAgent) ?? browser?.userAgent,
    lang: tagOf(context.locale),
    screen: screenOf(screen.width, screen.height),
  };
}

function viewOf(message: JsonObject): JsonObject {
  const name = textOf(message.name);
  const category = textOf(message.category);
  return {
    name: PAGEVIEW,
    props: propsOf({ name, category, ...fieldsOf(message.properties) }, PAGE_FIELDS),
  };
}

function paymentOf(name: unknown, properties: JsonObject, { currency }: MappedSite): JsonObject {
  const total = said(properties.total, properties.revenue);
  return {
    order: textOf(said(properties.order_id, properties.orderId), MAX_ORDER),
    revenue: revenueOf(name === REFUND ? amountPaidBack(total) : total, properties.currency, currency),
    items: itemsOf(properties.products, ITEM),
    props: propsOf(properties, ORDER_FIELDS),
  };
}

function productOf(properties: JsonObject): JsonObject {
  const items = itemsOf(properties.products, ITEM);
  const own = items === undefined ? itemOf(properties, ITEM) : undefined;
  return {
    items: items ?? (own === undefined ? undefined : [own]),
    props: propsOf(properties, own === undefined ? LIST : PRODUCT_FIELDS),
  };
}

/** An event of the merchant's own: what it says to have earned counts. */
function customOf(event: unknown, properties: JsonObject, { currency }: MappedSite): JsonObject {
  const repeats = typeof event === 'string' && REPEATS_REVENUE.has(event.toLowerCase());
  const revenue = repeats ? undefined : revenueOf(properties.revenue, properties.currency, currency);
  return { revenue, props: propsOf(properties, revenue === undefined ? undefined : CUSTOM_FIELDS) };
}

function trackedOf(message: JsonObject, site: MappedSite): JsonObject {
  const { event } = message;
  const properties = fieldsOf(message.properties);
  const spec = typeof event === 'string' ? COMMERCE.get(event.trim().toLowerCase()) : undefined;
  const ours = OURS.has(event) ? event : spec;
  const shared = {
    name: ours ?? event,
    interactive: properties.nonInteraction === true ? false : undefined,
  };
  if (PAYMENTS.has(ours)) return { ...shared, ...paymentOf(ours, properties, site) };
  // Its properties are those of the event.
  if (EVENTS_OF_ONE_PRODUCT.has(ours)) return { ...shared, ...productOf(properties) };
  if (ours === undefined) return { ...shared, ...customOf(event, properties, site) };
  return {
    ...shared,
    items: itemsOf(properties.products, ITEM),
    props: propsOf(properties, LIST),
  };
}

function eventOf(type: unknown, stated: JsonObject, request: SegmentRequest): JsonObject {
  const { site } = request;
  const message = { ...stated, context: { ...fieldsOf(request.context), ...fieldsOf(stated.context) } };
  const [{ referrer, title }] = pagesOf(type, message);
  const page = { url: urlOf(type, message, site), referrer: textOf(referrer), title: textOf(title) };
  const envelope = { ...envelopeOf(message, request), ...page };
  // What is no call at all has no name: validation refuses it for that.
  if (!CALLS.has(type)) return envelope;
  return { ...envelope, ...(type === 'track' ? trackedOf(message, site) : viewOf(message)) };
}

/** Moves each event that has the same time as the one before it a millisecond on: reports put events in order by time. */
function inOrder(events: readonly unknown[]): unknown[] {
  let last: unknown;
  let moved = 0;
  return events.map((event) => {
    const { timestamp } = fieldsOf(event);
    if (typeof timestamp !== 'number') return event;
    moved = timestamp === last ? moved + 1 : 0;
    last = timestamp;
    return { ...fieldsOf(event), timestamp: timestamp + moved };
  });
}

/**
 * The messages of a request to Segment's API as our events: any JSON goes in, and what comes out is for validation to judge. Messages that
 * tell of nothing that happened are left out. `type` is that of single messages, whose path says it.
 */
export function segmentEvents(
  messages: readonly unknown[],
  request: SegmentRequest,
  type?: string,
): PlacedEvent[] {
  const typed = messages.map((message, index) => ({
    index,
    message,
    type: type ?? fieldsOf(message).type,
  }));
  const counted = typed.filter((call) => CALLS.get(call.type)?.isEvent !== false);
  const events = inOrder(
    counted.map(({ message, type }) => (isJsonObject(message) ? eventOf(type, message, request) : message)),
  );
  return counted.map(({ index }, place) => ({ index, event: events[place] }));
}
