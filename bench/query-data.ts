/** A made-up stream of a busy shop and of smaller ones beside it: what the benchmarks of disk and queries load. */
import { derive } from '../packages/core/src/derive.ts';
import { LOGIC_VERSION } from '../packages/core/src/logic-version.ts';
import type { Item, RawEvent } from '../packages/core/src/raw-event.ts';
import type { StoredEvent } from '../packages/core/src/stored-event.ts';
import {
  ARRIVALS,
  COUNTRY_NUMBERS,
  chooseScreens,
  cityNetwork,
  LANGUAGES,
  LOOKUPS,
  PAGES,
  PRODUCTS,
  type ShopPage,
  THANKS,
  USER_AGENTS,
} from './query-shop.ts';
import { type Random, seededRandom, unevenly } from './random.ts';

const DAY = 86_400_000;

/** `lastDay` (`YYYY-MM-DD`, UTC) is the last of the days. The same options give the same events. */
export type QueryDataOptions = {
  seed?: number;
  events?: number;
  days?: number;
  lastDay?: string;
  siteIds?: readonly string[];
};

/** The first has 70 % of the events, the others the rest. */
export const SITE_IDS: readonly string[] = Array.from({ length: 21 }, (_, n) => `site_bench_${n}`);
export const BUSY_SITE = SITE_IDS[0] as string;
const BUSY_SHARE = 0.7;

const pickPage = unevenly(PAGES, 0.8);
const pickArrival = unevenly(ARRIVALS, 1);
const pickCountry = unevenly(COUNTRY_NUMBERS, 1.1);
const pickAgent = unevenly(USER_AGENTS, 0.8);
const pickLanguage = unevenly(LANGUAGES);
const pickProduct = unevenly(PRODUCTS, 0.6);
const pickPlan = unevenly(['guest', 'member', 'business', 'press']);

type Visitor = Pick<RawEvent, 'visitor'> & Partial<RawEvent> & { until: number };
type Draft = Pick<RawEvent, 'name' | 'url'> & Partial<RawEvent>;

function randomUuid(random: Random): string {
  const bytes = random.bytes(16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function newVisitor(random: Random, n: number): Visitor {
  const userAgent = pickAgent(random);
  const screens = chooseScreens(userAgent);
  return {
    visitor: random.bytes(12).toString('base64url'),
    userAgent,
    screen: screens[random.whole(screens.length)] as readonly [number, number],
    lang: pickLanguage(random),
    ip: cityNetwork(pickCountry(random), random.whole(20), random.whole(256)),
    ...(n % 20 === 0 ? { user: `customer-${random.whole(5_000)}` } : {}),
    until: 0,
  };
}

const pageUrl = (host: string, { path }: ShopPage, query?: string) =>
  `https://${host}${path}${query === undefined ? '' : `?${query}`}`;

function randomProps(random: Random): Pick<RawEvent, 'props'> {
  if (random.next() > 1 / 3) return {};
  const props: Record<string, string> = { plan: pickPlan(random), variant: random.next() < 0.5 ? 'A' : 'B' };
  if (random.next() < 0.2) props.search = `${pickProduct(random).name} ${random.whole(1_000)}`;
  return { props };
}

function randomItems(random: Random): Item[] {
  return Array.from({ length: 1 + random.whole(3) }, () => ({
    ...pickProduct(random),
    quantity: random.next() < 0.8 ? 1 : 2,
  }));
}

function sumRevenue(items: readonly Item[]): RawEvent['revenue'] {
  const cents = items.reduce(
    (sum, { price, quantity }) => sum + Math.round(Number(price) * 100) * quantity,
    0,
  );
  return { amount: (cents / 100).toFixed(2), currency: 'EUR' };
}

/** What follows a page: mostly another page; else something done on this one. */
function nextStep(random: Random, host: string, here: ShopPage): { page: ShopPage; draft: Draft } {
  const url = pageUrl(host, here);
  const kind = random.next();
  if (kind < 0.72) {
    const page = pickPage(random);
    return {
      page,
      draft: { name: 'pageview', url: pageUrl(host, page), title: page.title, referrer: url },
    };
  }
  const own = { url, title: here.title };
  if (kind < 0.86) {
    const engaged = { scroll: 5 + random.whole(96), engagedMs: 500 + random.whole(90_000) };
    return { page: here, draft: { name: 'engagement', ...own, ...engaged } };
  }
  if (kind < 0.888) {
    const items = randomItems(random);
    const order = `A-${random.whole(1e9)}`;
    const bought = { name: 'purchase', url: pageUrl(host, THANKS), title: THANKS.title, order, items };
    return {
      page: THANKS,
      draft: { ...bought, ...{ revenue: sumRevenue(items) as { amount: string; currency: string } } },
    };
  }
  if (kind < 0.94)
    return { page: here, draft: { name: 'add_to_cart', ...own, items: [pickProduct(random)] } };
  const name = kind < 0.97 ? 'begin_checkout' : kind < 0.99 ? 'Newsletter signup' : 'file_download';
  return { page: here, draft: { name, ...own } };
}

function randomLanding(random: Random, host: string): { page: ShopPage; draft: Draft } {
  const page = pickPage(random);
  const { query, referrer, adClick } = pickArrival(random);
  const said = adClick ? `${query}&gclid=${random.bytes(40).toString('base64url')}` : query;
  const draft: Draft = { name: 'pageview', url: pageUrl(host, page, said), title: page.title };
  return { page, draft: referrer === undefined ? draft : { ...draft, referrer } };
}

/** Time of day in milliseconds: few at night, most in the evening. */
function timeOfDay(random: Random): number {
  return Math.floor(Math.max(random.next(), random.next() * 0.95, random.next() * 0.8) * (DAY - 7_200_000));
}

/** One visit of at most `limit` events (3.5 in the mean), not before the visitor's last has ended. */
function makeVisit(
  random: Random,
  visitor: Visitor,
  { siteId, dayStart, limit }: { siteId: string; dayStart: number; limit: number },
): StoredEvent[] {
  const events: StoredEvent[] = [];
  const host = `www.${siteId.replaceAll('_', '-')}.example`;
  let at = Math.max(dayStart + timeOfDay(random), visitor.until);
  let step = randomLanding(random, host);
  for (;;) {
    const { until: _until, ...own } = visitor;
    const receivedAt = at + 40 + random.whole(1_500);
    const raw = {
      id: randomUuid(random),
      siteId,
      ...own,
      occurredAt: at,
      receivedAt,
      ...step.draft,
      ...randomProps(random),
    };
    events.push({ raw, derived: derive(raw, LOOKUPS), logicVersion: LOGIC_VERSION });
    if (events.length >= limit || random.next() < 1 / 3.5) break;
    // The day's last visits are cut short, so that visitor-days are complete.
    at = Math.min(at + 1_000 + random.whole(120_000), dayStart + DAY - 1);
    step = nextStep(random, host, step.page);
  }
  visitor.until = Math.min(at + 31 * 60_000, dayStart + DAY - 1);
  return events;
}

/** All events of a site on a UTC day, in the order in which they happened. */
function siteDay(random: Random, siteId: string, dayStart: number, wanted: number): StoredEvent[] {
  const events: StoredEvent[] = [];
  const visitors: Visitor[] = [];
  while (events.length < wanted) {
    const again = visitors.length > 10 && random.next() < 0.15;
    const known = again ? visitors[random.whole(visitors.length)] : undefined;
    const visitor = known ?? newVisitor(random, visitors.length);
    if (known === undefined) visitors.push(visitor);
    events.push(...makeVisit(random, visitor, { siteId, dayStart, limit: wanted - events.length }));
  }
  return events.sort((a, b) => a.raw.occurredAt - b.raw.occurredAt);
}

/** Of a total spread evenly over parts, what falls to the n-th: whole numbers that add up. */
const splitPart = (total: number, parts: number, n: number) =>
  Math.floor((total * (n + 1)) / parts) - Math.floor((total * n) / parts);

/**
 * The stream: all events of a site on one UTC day at a time, day after day, derived with the current logic. Days are those
 * of sites in UTC, and no visitor is in two chunks.
 */
export async function* queryData(options: QueryDataOptions = {}): AsyncGenerator<StoredEvent[]> {
  const { seed = 1, events = 1_000_000, days = 90, lastDay = '2026-06-30', siteIds = SITE_IDS } = options;
  const random = seededRandom(seed);
  const first = Date.parse(lastDay) - (days - 1) * DAY;
  const busy = siteIds.length === 1 ? events : Math.round(events * BUSY_SHARE);
  for (let day = 0; day < days; day += 1) {
    for (const [n, siteId] of siteIds.entries()) {
      const ofSite = n === 0 ? busy : splitPart(events - busy, siteIds.length - 1, n - 1);
      const made = siteDay(random, siteId, first + day * DAY, splitPart(ofSite, days, day));
      if (made.length > 0) yield made;
    }
  }
}
