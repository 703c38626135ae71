import { COUNTRIES, REGIONS } from './places.fixture.ts';
import { type Random, seededRandom } from './random.fixture.ts';
import type { OracleEvent } from './visits.fixture.ts';

/** A made-up shop: few values, so that groups meet, and such as have broken reports before. */

/** Days around the changes of the clock in Cairo (30 October 2026), Berlin (25 October) and New York (1 November). */
export const FIRST_DAY = '2026-10-23';
const DAY_MS = 86_400_000;
const DAYS = 11;
const MINUTE = 60_000;

export const PAGES = [
  '/',
  '/p/mug',
  '/p/bowl',
  '/p/bowl/xl',
  '/blog/2026/über',
  '/checkout/pay',
  '/a%_b',
  '/a%2Fb c',
  '/#/cart',
];
export const SOURCES = ['Google', 'Bing', 'Direct / None', 'a%_b', 'ΟΔΟΣ', "it's"];
export const DEVICES = ['Desktop', 'Mobile'];
export const PLANS = ['pro', 'free', 'Ärger', '🛒', '\ufeffpro'];
/** What is sent for a plan: an empty one is none. */
const PLANS_SENT = [...PLANS, ''];
export const NAMES = ['Signup', 'Play', 'Impression', 'view_item', 'purchase', 'refund'];
export const SKUS = ['S1', 'S2', 's1'];
const CURRENCIES = ['EUR', 'EUR', 'EUR', 'USD', 'JPY', 'XAF'];
const AMOUNTS = ['20.00', '0.10', '19.99', '7', '1250.5'];

function visitTexts(random: Random): Record<string, string> {
  return {
    'visit:source': random.one(SOURCES),
    'visit:country': random.one(COUNTRIES),
    'visit:region': random.one(REGIONS),
    'visit:device': random.one(DEVICES),
    'visit:utm_campaign': random.one(['(none)', '(none)', 'spring']),
  };
}

function randomItem(random: Random): NonNullable<OracleEvent['items']>[number] {
  return {
    sku: random.one(SKUS),
    name: random.one(['Mug', 'Bowl', '茶碗']),
    ...(random.onceIn(3) ? {} : { category: random.one(['Kitchen', 'Table']) }),
    price: random.one(['6.17', '0.3', '100']),
    quantity: random.below(4),
  };
}

/** What makes an event of this name more than a name. */
function randomDetails(name: string, random: Random): Partial<OracleEvent> {
  if (name === 'engagement') {
    return {
      ...(random.onceIn(4) ? {} : { scroll: random.below(101) }),
      ...(random.onceIn(4) ? {} : { engagedMs: random.below(90_000) }),
    };
  }
  const sells = name === 'purchase' || name === 'refund';
  if (!sells && !(name === 'Signup' && random.onceIn(5))) return {};
  return {
    ...(random.onceIn(6)
      ? {}
      : { revenue: { amount: random.one(AMOUNTS), currency: random.one(CURRENCIES) } }),
    ...(random.onceIn(3) ? {} : { order: `o${random.below(60)}` }),
    ...(random.onceIn(3)
      ? {}
      : { items: Array.from({ length: 1 + random.below(3) }, () => randomItem(random)) }),
  };
}

/** Pauses between events: within a visit, to its very limit, and past it. */
const PAUSES = [
  0,
  1,
  20_000,
  3 * MINUTE,
  29 * MINUTE,
  30 * MINUTE,
  30 * MINUTE + 1,
  3 * 60 * MINUTE,
  9 * 60 * MINUTE,
];
const NAMES_SENT = ['pageview', 'pageview', 'pageview', 'pageview', 'engagement', 'engagement', ...NAMES];

/** One sender over the days; whoever looks at a day makes the visitor of it from the id. */
function walk(sender: number, random: Random): OracleEvent[] {
  const events: OracleEvent[] = [];
  const end = Date.parse(FIRST_DAY) + DAYS * DAY_MS;
  const bot = sender % 17 === 0;
  let at = Date.parse(FIRST_DAY) - DAY_MS / 2 + random.below(DAYS * DAY_MS);
  for (let step = 0; step < 40 && at < end; step += 1) {
    const name = random.one(NAMES_SENT);
    events.push({
      id: `e${sender}-${step}`,
      visitor: `v${sender % 60}`,
      name,
      at,
      // Some come at once, some late, some days later.
      receivedAt: at + random.one([5, 50, 900, 90_000, 5 * 60 * MINUTE, 2 * DAY_MS]),
      page: random.one(PAGES),
      hostname: random.one(['shop.example', 'm.shop.example', 'bücher.example']),
      visit: visitTexts(random),
      bot: bot || random.onceIn(60),
      interactive: name !== 'pageview' && name !== 'engagement' && name !== 'Impression',
      props: random.onceIn(2)
        ? {}
        : { plan: random.one(PLANS_SENT), ...(random.onceIn(3) ? { size: 'xl' } : {}) },
      ...randomDetails(name, random),
    });
    at += random.one(PAUSES);
  }
  return events;
}

/** About `count` events of one shop in the order in which they arrive, repeats among them. */
export function randomStream(seed: number, count: number): OracleEvent[] {
  const random = seededRandom(seed);
  const events: OracleEvent[] = [];
  for (let sender = 0; events.length < count; sender += 1) events.push(...walk(sender, random));
  const repeats = events
    .filter(() => random.onceIn(15))
    .map((event) => ({ ...event, receivedAt: event.receivedAt + 1 + random.below(DAY_MS) }));
  return [...events, ...repeats].sort((a, b) => a.receivedAt - b.receivedAt);
}
