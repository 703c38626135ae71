import { ENGAGEMENT, PAGEVIEW, PAYMENTS, REFUND } from '@footfall/core/event-name';
import { isJsonObject, type JsonObject } from '@footfall/core/json';
import { MAX_PROPS } from '@footfall/core/validate';
import {
  asId,
  asLanguageTag,
  asObject,
  asScreen,
  asText,
  ENGAGED_MS,
  firstGiven,
  type MappedSite,
  numberWithin,
  PERCENT,
  screenUrl,
} from './fields.ts';
import { type ItemFields, mapItems } from './item.ts';
import { amountPaidBack, mapRevenue } from './money.ts';
import { collectProps } from './props.ts';

/** GA4's events that are ours by another name; all others keep theirs. */
const NAMES: ReadonlyMap<unknown, string> = new Map([
  ['page_view', PAGEVIEW],
  ['screen_view', PAGEVIEW],
  ['user_engagement', ENGAGEMENT],
  ['scroll', ENGAGEMENT],
]);

/** Events that GA4 makes by itself: they end no bounce. */
const PASSIVE: ReadonlySet<unknown> = new Set(['session_start', 'first_visit']);

/** Parameters that become fields, or are GA4's own housekeeping: none of them is a prop. */
const TAKEN = [
  'page_location',
  'page_referrer',
  'page_title',
  'language',
  'screen_resolution',
  'items',
  'session_id',
  'session_number',
  'ga_session_id',
  'ga_session_number',
  'engagement_time_msec',
  'percent_scrolled',
  'debug_mode',
];
const NO_PROPS: ReadonlySet<string> = new Set(TAKEN);
const NO_PROPS_OF_PAYMENTS: ReadonlySet<string> = new Set([...TAKEN, 'value', 'currency', 'transaction_id']);

const ITEM: ItemFields = { sku: ['item_id', 'item_name'], name: 'item_name', category: 'item_category' };

const MAX_ORDER = 200;

/** What a request says of all its events, read once. `now` is when it came, epoch milliseconds. */
export type Ga4Request = { body: JsonObject; site: MappedSite; now: number };

/** Milliseconds of microseconds; what is not a number is left for validation to refuse. */
function microsToMillis(micros: unknown): unknown {
  const number = typeof micros === 'string' && micros.trim() !== '' ? Number(micros) : micros;
  return typeof number === 'number' && Number.isFinite(number) ? Math.floor(number / 1_000) : micros;
}

/** When an event happened. Those of a request that have no time of their own stand in its order: reports put events in order by time. */
function resolveTimestamp(event: JsonObject, index: number, { body, now }: Ga4Request): unknown {
  const own = firstGiven(event.timestamp_micros);
  if (own !== undefined) return microsToMillis(own);
  const shared = microsToMillis(firstGiven(body.timestamp_micros) ?? now * 1_000);
  return typeof shared === 'number' ? shared + index : shared;
}

/** The page: of screens the name stands for it; what happened on none is on the site's first page. */
function resolveUrl(name: unknown, params: JsonObject, site: MappedSite): unknown {
  const screen = name === 'screen_view' ? asText(params.screen_name) : undefined;
  const fallback = screen === undefined ? `https://${site.domain}/` : screenUrl(screen, site);
  return firstGiven(params.page_location, fallback);
}

function mapPayment(name: unknown, params: JsonObject, { currency }: MappedSite): JsonObject {
  // The `value` of all others is what they might be worth.
  if (!PAYMENTS.has(name)) return {};
  const amount = name === REFUND ? amountPaidBack(params.value) : params.value;
  return {
    order: asText(params.transaction_id, MAX_ORDER),
    revenue: mapRevenue(amount, params.currency, currency),
  };
}

function mapEngagement(params: JsonObject): JsonObject {
  return {
    engaged_ms: numberWithin(params.engagement_time_msec, ENGAGED_MS),
    scroll: numberWithin(params.percent_scrolled, PERCENT),
  };
}

/** What is said of the person and the device, once for all events of a request. */
function mapSender(body: JsonObject): JsonObject {
  const device = asObject(body.device);
  const [width, height] = (asText(device.screen_resolution) ?? '').split('x', 2);
  return {
    visitor: asId(firstGiven(body.client_id, body.app_instance_id)),
    user: asId(body.user_id),
    ip: asLanguageTag(body.ip_override),
    user_agent: asText(body.user_agent),
    lang: asLanguageTag(device.language),
    screen: asScreen(width, height),
  };
}

/** What a request says of its visitor, as props of each of its events. */
function userProperties(body: JsonObject): Readonly<Record<string, string>> {
  const properties = Object.entries(asObject(body.user_properties));
  return collectProps({
    user_properties: Object.fromEntries(
      properties.map(([name, property]) => [name, asObject(property).value]),
    ),
  });
}

/** What all events of a request have in common: read once, since each of them would cost as much as the whole of it. */
type Shared = { sender: JsonObject; userProps: Readonly<Record<string, string>> };

/** The props of an event, then as many of its visitor as there is room for. */
function withUserProps(
  props: Readonly<Record<string, string>>,
  userProps: Shared['userProps'],
): Readonly<Record<string, string>> {
  const room = MAX_PROPS - Object.keys(props).length;
  return { ...props, ...Object.fromEntries(Object.entries(userProps).slice(0, room)) };
}

type Placed = { event: JsonObject; index: number };

function mapEvent({ event, index }: Placed, request: Ga4Request, shared: Shared): JsonObject {
  const { site } = request;
  const { name } = event;
  const params = asObject(event.params);
  const ours = NAMES.get(name) ?? name;
  const [width, height] = (asText(params.screen_resolution) ?? '').split('x', 2);
  const { sender } = shared;
  return {
    ...sender,
    name: ours,
    url: resolveUrl(name, params, site),
    timestamp: resolveTimestamp(event, index, request),
    referrer: asText(params.page_referrer),
    title: asText(firstGiven(params.page_title, params.screen_name)),
    lang: asLanguageTag(params.language) ?? sender.lang,
    screen: asScreen(width, height) ?? sender.screen,
    items: mapItems(params.items, ITEM),
    interactive: PASSIVE.has(name) ? false : undefined,
    props: withUserProps(
      collectProps(params, PAYMENTS.has(name) ? NO_PROPS_OF_PAYMENTS : NO_PROPS),
      shared.userProps,
    ),
    ...mapPayment(name, params, site),
    ...(ours === ENGAGEMENT ? mapEngagement(params) : {}),
  };
}

/** The events of a request of GA4's Measurement Protocol as ours, one by one: any JSON goes in, and what comes out is for validation to judge. */
export function* ga4Events(events: Iterable<unknown>, request: Ga4Request): Generator<unknown> {
  const { body } = request;
  const shared: Shared = { sender: mapSender(body), userProps: userProperties(body) };
  let index = 0;
  for (const event of events) {
    yield isJsonObject(event) ? mapEvent({ event, index }, request, shared) : event;
    index += 1;
  }
}
