import { ENGAGEMENT, PAGEVIEW, PAYMENTS, REFUND } from '@footfall/core/event-name';
import { isJsonObject } from '@footfall/core/json';
import type { Row } from './event-row.ts';
import { parseImportInstant } from './instant.ts';
import { bad, type Parsed, skipped } from './parsed.ts';
import { plainText } from './plain-text.ts';
import { agentText } from './stated-agent.ts';

/** Names of GA4 that are others of ours; null: what it notes for itself. All others stay as they are. */
const EVENTS: Readonly<Record<string, string | null>> = {
  page_view: PAGEVIEW,
  screen_view: PAGEVIEW,
  user_engagement: ENGAGEMENT,
  scroll: ENGAGEMENT,
  click: 'outbound_click',
  session_start: null,
  first_visit: null,
  first_open: null,
};

/** Parameters that have a place of their own in an event, or say nothing to a merchant. */
const NOT_PROPS = new Set(
  [
    'page_location page_referrer page_title page_path ga_session_id ga_session_number engaged_session_event session_engaged',
    'engagement_time_msec percent_scrolled entrances batch_page_id batch_ordering_id batch_event_index debug_mode',
    'ignore_referrer currency value transaction_id source medium campaign term content campaign_id gclid gbraid wbraid',
    'srsltid firebase_conversion firebase_event_origin synthetic_bundle',
  ]
    .join(' ')
    .split(' '),
);

const MAX_PROPS = 27;

const asRow = (value: unknown): Row => (isJsonObject(value) ? value : {});
const given = (value: unknown): string | undefined => {
  const text = plainText(value);
  return text === '' || text === '(not set)' ? undefined : text;
};

/** Parameters by name: a list of key and typed value. */
function readParams(list: unknown): Map<string, string> {
  const params = new Map<string, string>();
  for (const param of Array.isArray(list) ? list : []) {
    const { key, value } = asRow(param);
    const typed = asRow(value);
    const text =
      given(typed.string_value) ??
      given(typed.int_value) ??
      given(typed.double_value) ??
      given(typed.float_value);
    if (typeof key === 'string' && text !== undefined) params.set(key, text);
  }
  return params;
}

/** A number as a decimal without an exponent, at most six places. */
function formatAmount(value: string | undefined): string | undefined {
  const number = Number(value);
  if (value === undefined || !Number.isFinite(number)) return undefined;
  return /^-?\d+(\.\d{1,6})?$/.test(value) ? value : number.toFixed(6).replace(/\.?0+$/, '');
}

function mapItems(list: unknown): Row[] | undefined {
  if (!Array.isArray(list) || list.length === 0) return undefined;
  return list.map(asRow).map((item) => {
    const price = formatAmount(given(item.price));
    return {
      sku: given(item.item_id) ?? given(item.item_name) ?? '(none)',
      name: given(item.item_name),
      category: given(item.item_category),
      quantity: Math.max(1, Math.round(Number(given(item.quantity) ?? 1)) || 1),
      ...(price === undefined ? {} : { price }),
    };
  });
}

/** What was paid, or paid back, in the site's currency where none is named; the value of a cart is not revenue. */
function mapRevenue(row: Row, params: Map<string, string>, siteCurrency: string): Row | undefined {
  if (!PAYMENTS.has(row.event_name)) return undefined;
  const ecommerce = asRow(row.ecommerce);
  const amount =
    formatAmount(given(row.event_name === REFUND ? ecommerce.refund_value : ecommerce.purchase_revenue)) ??
    formatAmount(params.get('value'));
  return amount === undefined ? undefined : { amount, currency: params.get('currency') ?? siteCurrency };
}

/** The address with the campaign that GA4 knows of it, unless it says so itself. */
function buildUrl(row: Row, params: Map<string, string>): string | undefined {
  const url = params.get('page_location');
  if (url === undefined || !URL.canParse(url) || /[?&]utm_/.test(url)) return url;
  const last = asRow(asRow(row.session_traffic_source_last_click).manual_campaign);
  const own = asRow(row.collected_traffic_source);
  const [source, medium, campaign] = [
    given(own.manual_source) ?? given(last.source) ?? params.get('source'),
    given(own.manual_medium) ?? given(last.medium) ?? params.get('medium'),
    given(own.manual_campaign_name) ?? given(last.campaign_name) ?? params.get('campaign'),
  ];
  // What GA4 made of a referrer, or of nothing, we make of it ourselves.
  if (source === undefined || medium === undefined || /^\(|^(referral|organic)$/.test(medium)) return url;
  const address = new URL(url);
  const utm = { utm_source: source, utm_medium: medium, utm_campaign: campaign };
  for (const [name, value] of Object.entries(utm))
    if (value !== undefined) address.searchParams.set(name, value);
  return address.href;
}

function pickProps(row: Row, params: Map<string, string>): Record<string, string> {
  const props = [...params].filter(([name]) => !NOT_PROPS.has(name)).slice(0, MAX_PROPS);
  const { country, region, city } = asRow(row.geo);
  const place = Object.entries({ country, region, city }).flatMap(([name, value]) => {
    const text = given(value);
    return text === undefined ? [] : [[name, text] as const];
  });
  return Object.fromEntries([...place, ...props]);
}

function buildAgentText(row: Row): string | undefined {
  const device = asRow(row.device);
  return agentText({
    browser: given(asRow(device.web_info).browser) ?? given(device.browser),
    os: given(device.operating_system),
    osVersion: given(device.operating_system_version),
    device: given(device.category),
  });
}

/** What `engagement` events carry. */
function mapEngagement(name: string, params: Map<string, string>): Row {
  if (name !== ENGAGEMENT) return {};
  const [engaged, scroll] = [
    Number(params.get('engagement_time_msec')),
    Number(params.get('percent_scrolled')),
  ];
  return {
    ...(engaged > 0 ? { engaged_ms: Math.min(engaged, 86_400_000) } : {}),
    ...(scroll > 0 && scroll <= 100 ? { scroll } : {}),
  };
}

/** Whether a row of JSON is one of GA4's export to BigQuery. */
export function isGa4(row: Row): boolean {
  return 'event_timestamp' in row && 'event_name' in row;
}

/** The event of a row of GA4's export to BigQuery (a table events_YYYYMMDD as JSON lines); its visitor is `user_pseudo_id`. */
export function ga4Event(row: Row, siteCurrency: string): Parsed {
  const called = given(row.event_name);
  const at = parseImportInstant(given(row.event_timestamp));
  if (called === undefined || at === null) return bad('there is no event_name or no event_timestamp');
  const name = Object.hasOwn(EVENTS, called) ? EVENTS[called] : called;
  if (name === null || name === undefined) return skipped('bookkeeping');
  const params = readParams(row.event_params);
  const url = buildUrl(row, params);
  // Apps have no addresses.
  if (url === undefined) return bad('there is no page_location');
  const who = given(row.user_pseudo_id);
  const ecommerce = asRow(row.ecommerce);
  const props = name === ENGAGEMENT ? {} : pickProps(row, params);
  const event = {
    name,
    timestamp: at,
    url,
    referrer: params.get('page_referrer'),
    title: params.get('page_title'),
    lang: given(asRow(row.device).language),
    user: given(row.user_id),
    // Without consent GA4 notes nobody: such events are of one visitor a day, counted and not told apart.
    visitor: who ?? 'ga4',
    user_agent: buildAgentText(row),
    order: given(ecommerce.transaction_id) ?? params.get('transaction_id'),
    items: mapItems(row.items),
    revenue: mapRevenue(row, params, siteCurrency),
    ...mapEngagement(name, params),
    ...(Object.keys(props).length === 0 ? {} : { props }),
  };
  const index = row.batch_event_index;
  // Events of one batch have one time; older tables do not say which of them a row is.
  if (index === undefined || index === null) return { kind: 'event', event };
  const identity = [row.stream_id, who, row.event_timestamp, called, row.event_bundle_sequence_id, index];
  return { kind: 'event', event, identity: JSON.stringify(identity) };
}
