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
import { parseInstant } from '@footfall/core/instant';
import { isJsonObject, type JsonObject } from '@footfall/core/json';
import { parseUrl } from '@footfall/core/parse-url';
import { MAX_URL } from '@footfall/core/validate';
import {
  asId,
  asLanguageTag,
  asObject,
  asScreen,
  asText,
  firstGiven,
  type MappedSite,
  pickFields,
  screenUrl,
} from './fields.ts';
import { type ItemFields, mapItem, mapItems } from './item.ts';
import { amountPaidBack, mapRevenue } from './money.ts';
import { collectProps } from './props.ts';

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

/** Properties that become fields, and so are not props. */
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
};

/** An event and the place of its message in the request. */
export type PlacedEvent = { index: number; event: unknown };

/**
 * When a message happened by our clock. As Segment does it, what the sender's clock was wrong by when it sent is taken off; but in
 * whole minutes, so that a retry, which takes another moment to travel, has the same time. A message that Segment sends on carries
 * both times, and was corrected there.
 */
function resolveTimestamp(message: JsonObject, { sentAt, now }: SegmentRequest): unknown {
  const { timestamp, originalTimestamp } = message;
  const stated = firstGiven(timestamp, originalTimestamp);
  if (stated === undefined) return now;
  const isCorrected = firstGiven(timestamp) !== undefined && firstGiven(originalTimestamp) !== undefined;
  const at = parseInstant(stated);
  const sent = isCorrected ? undefined : parseInstant(firstGiven(message.sentAt, sentAt));
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
  // Validation refuses it, and a batch may say a long one for all its messages.
  if (url.length > MAX_URL) return url;
  const stated = CAMPAIGN.flatMap(([key, parameter]) => {
    const text = asText(campaign[key], MAX_CAMPAIGN);
    return text === undefined ? [] : [[parameter, text] as const];
  });
  const page = stated.length === 0 ? undefined : parseUrl(url);
  if (page === undefined) return url;
  for (const [parameter, text] of stated) {
    if (!page.searchParams.has(parameter)) page.searchParams.set(parameter, text);
  }
  return page.href;
}

/** The page: of a screen its name stands for it; what happened on none is on the site's first page. */
function resolveUrl(type: unknown, message: JsonObject, site: MappedSite): unknown {
  const context = asObject(message.context);
  const screen = type === 'screen' ? asText(message.name) : undefined;
  const [page, other] = readPages(type, message);
  const path = asText(firstGiven(page.path, '/'));
  const fallback = `https://${site.domain}${path?.startsWith('/') ? path : '/'}`;
  const url = screen === undefined ? firstGiven(page.url, other.url, fallback) : screenUrl(screen, site);
  return typeof url === 'string' ? withCampaign(url, asObject(context.campaign)) : url;
}

/** What is read of a page. */
const PAGE = ['url', 'path', 'referrer', 'title'] as const;

/** Where a message tells of its page: a call of the page in its properties first, all others in their context. */
function readPages(type: unknown, message: JsonObject): [JsonObject, JsonObject] {
  const [properties, page] = [asObject(message.properties), asObject(asObject(message.context).page)];
  return type === 'page' ? [pickFields(PAGE, page, properties), page] : [page, properties];
}

/** What every kind of message says alike: who, when, and on what. */
function mapEnvelope(message: JsonObject, request: SegmentRequest): JsonObject {
  const context = asObject(message.context);
  const screen = asObject(context.screen);
  return {
    id: asId(message.messageId),
    ts: resolveTimestamp(message, request),
    visitor: asId(firstGiven(message.anonymousId, message.userId)),
    user: asId(message.userId),
    ip: asLanguageTag(context.ip),
    user_agent: asText(context.userAgent),
    lang: asLanguageTag(context.locale),
    screen: asScreen(screen.width, screen.height),
  };
}

function mapView(message: JsonObject): JsonObject {
  const name = asText(message.name);
  const category = asText(message.category);
  return {
    name: PAGEVIEW,
    props: collectProps({ name, category, ...asObject(message.properties) }, PAGE_FIELDS),
  };
}

function mapPayment(name: unknown, properties: JsonObject, { currency }: MappedSite): JsonObject {
  const total = firstGiven(properties.total, properties.revenue);
  return {
    order: asText(firstGiven(properties.order_id, properties.orderId), MAX_ORDER),
    revenue: mapRevenue(name === REFUND ? amountPaidBack(total) : total, properties.currency, currency),
    items: mapItems(properties.products, ITEM),
    props: collectProps(properties, ORDER_FIELDS),
  };
}

function mapProducts(properties: JsonObject): JsonObject {
  const items = mapItems(properties.products, ITEM);
  const own = items === undefined ? mapItem(properties, ITEM) : undefined;
  return {
    items: items ?? (own === undefined ? undefined : [own]),
    props: collectProps(properties, own === undefined ? LIST : PRODUCT_FIELDS),
  };
}

/** An event of the merchant's own: what it says to have earned counts. */
function mapCustom(event: unknown, properties: JsonObject, { currency }: MappedSite): JsonObject {
  const repeats = typeof event === 'string' && REPEATS_REVENUE.has(event.toLowerCase());
  const revenue = repeats ? undefined : mapRevenue(properties.revenue, properties.currency, currency);
  return { revenue, props: collectProps(properties, revenue === undefined ? undefined : CUSTOM_FIELDS) };
}

function mapTracked(message: JsonObject, site: MappedSite): JsonObject {
  const { event } = message;
  const properties = asObject(message.properties);
  const spec = typeof event === 'string' ? COMMERCE.get(event.trim().toLowerCase()) : undefined;
  const ours = OURS.has(event) ? event : spec;
  const shared = {
    name: ours ?? event,
    interactive: properties.nonInteraction === true ? false : undefined,
  };
  if (PAYMENTS.has(ours)) return { ...shared, ...mapPayment(ours, properties, site) };
  // Its properties are those of the event.
  if (EVENTS_OF_ONE_PRODUCT.has(ours)) return { ...shared, ...mapProducts(properties) };
  if (ours === undefined) return { ...shared, ...mapCustom(event, properties, site) };
  return {
    ...shared,
    items: mapItems(properties.products, ITEM),
    props: collectProps(properties, LIST),
  };
}

/** What is read of a context. A batch says one for all its messages: were it copied for each, a request would cost its messages times its context. */
const CONTEXT = ['page', 'campaign', 'screen', 'ip', 'userAgent', 'locale'] as const;

function mapEvent(type: unknown, stated: JsonObject, request: SegmentRequest): JsonObject {
  const { site } = request;
  const context = pickFields(CONTEXT, asObject(request.context), asObject(stated.context));
  const message = { ...stated, context };
  const [{ referrer, title }] = readPages(type, message);
  const page = { url: resolveUrl(type, message, site), referrer: asText(referrer), title: asText(title) };
  const envelope = { ...mapEnvelope(message, request), ...page };
  // What is not a call at all has no name: validation refuses it for that.
  if (!CALLS.has(type)) return envelope;
  return { ...envelope, ...(type === 'track' ? mapTracked(message, site) : mapView(message)) };
}

/** Moves each event that has the same time as the one before it a millisecond on: reports put events in order by time. */
function clock(): (event: unknown) => unknown {
  let last: unknown;
  let moved = 0;
  return (event) => {
    const { ts } = asObject(event);
    if (typeof ts !== 'number') return event;
    moved = ts === last ? moved + 1 : 0;
    last = ts;
    return { ...asObject(event), ts: ts + moved };
  };
}

/**
 * The messages of a request to Segment's API as our events, one by one: any JSON goes in, and what comes out is for validation to judge.
 * Messages that tell of nothing that happened are left out. `type` is that of single messages, whose path says it.
 */
export function* segmentEvents(
  messages: Iterable<unknown>,
  request: SegmentRequest,
  type?: string,
): Generator<PlacedEvent> {
  const inOrder = clock();
  let index = -1;
  for (const message of messages) {
    index += 1;
    const called = type ?? asObject(message).type;
    if (CALLS.get(called)?.isEvent === false) continue;
    yield { index, event: inOrder(isJsonObject(message) ? mapEvent(called, message, request) : message) };
  }
}
