import {
  ADD_TO_CART,
  BEGIN_CHECKOUT,
  ENGAGEMENT,
  PAGEVIEW,
  PURCHASE,
  VIEW_ITEM,
} from '@footfall/core/event-name';
import { amount, CATEGORIES, PRODUCTS, type Product, READING } from './catalogue.ts';
import type { Random } from './random.ts';

/** An event as `POST /v1/events` takes it. */
export type DemoEvent = {
  id: string;
  name: string;
  timestamp: number;
  url: string;
  visitor: string;
  ip: string;
  user_agent: string;
  screen: readonly [number, number];
  lang: string;
  title?: string;
  referrer?: string;
  scroll?: number;
  engaged_ms?: number;
  revenue?: { amount: string; currency: string };
  order?: string;
  items?: { sku: string; name: string; category: string; price: string; quantity: number }[];
};

export type Visitor = {
  id: string;
  ip: string;
  lang: string;
  userAgent: string;
  screen: readonly [number, number];
};

export type Arrival = {
  visitor: Visitor;
  origin: { referrer?: string; query?: string; intent: number };
  at: number;
};

export const SHOP = 'https://shop.example';

/** One person walking through the shop: the clock goes on as pages are looked at. */
class Walk {
  readonly events: DemoEvent[] = [];
  readonly #arrival: Arrival;
  readonly #random: Random;
  #now: number;
  #path = '';

  constructor(arrival: Arrival, random: Random) {
    this.#arrival = arrival;
    this.#random = random;
    this.#now = arrival.at;
  }

  /** Opens a page and looks at it for a while. */
  look(path: string, title: string): void {
    const { origin } = this.#arrival;
    const landing = this.#path === '';
    this.#path = landing && origin.query !== undefined ? `${path}?${origin.query}` : path;
    this.#add(PAGEVIEW, {
      title: `${title} – Shop Example`,
      ...(landing && origin.referrer !== undefined ? { referrer: origin.referrer } : {}),
    });
    const stay = Math.round(Math.min(600_000, 2_000 + this.#random.spread(24_000)));
    this.#now += stay;
    if (this.#random.chance(0.7)) {
      const engaged = Math.round(stay * (0.4 + 0.6 * this.#random.next()));
      this.#add(ENGAGEMENT, { scroll: 20 + this.#random.below(81), engaged_ms: engaged });
    }
    this.#path = path;
  }

  /** Something done on the page that is open. */
  act(name: string, details: Partial<DemoEvent> = {}): void {
    this.#now += 200 + this.#random.below(3_000);
    this.#add(name, details);
  }

  #add(name: string, details: Partial<DemoEvent>): void {
    const { id, ip, lang, userAgent, screen } = this.#arrival.visitor;
    this.events.push({
      // Given at the end, by the place in the day.
      id: '',
      name,
      timestamp: this.#now,
      url: `${SHOP}${this.#path}`,
      visitor: id,
      ip,
      user_agent: userAgent,
      screen,
      lang,
      ...details,
    });
  }
}

const toItem = (product: Product, quantity: number) => ({
  sku: product.sku,
  name: product.name,
  category: product.category,
  price: amount(product.cents),
  quantity,
});

type Basket = { product: Product; quantity: number }[];

function browse(walk: Walk, random: Random): Basket {
  const basket: Basket = [];
  for (let looked = 0; looked < 4 && (looked === 0 || random.chance(0.45)); looked += 1) {
    const product = random.weighted(PRODUCTS);
    walk.look(product.path, product.name);
    walk.act(VIEW_ITEM, { items: [toItem(product, 1)] });
    if (random.chance(0.18)) {
      const quantity = 1 + (random.chance(0.3) ? 1 + random.below(3) : 0);
      walk.act(ADD_TO_CART, { items: [toItem(product, quantity)] });
      basket.push({ product, quantity });
    }
  }
  return basket;
}

function checkOut(walk: Walk, basket: Basket, random: Random): void {
  const cents = basket.reduce((sum, { product, quantity }) => sum + product.cents * quantity, 0);
  walk.look('/cart', 'Your cart');
  if (!random.chance(0.62)) return;
  walk.look('/checkout', 'Checkout');
  walk.act(BEGIN_CHECKOUT);
  if (!random.chance(0.6)) return;
  walk.look('/thank-you', 'Thank you');
  walk.act(PURCHASE, {
    order: `S-${100_000 + random.below(900_000)}`,
    revenue: { amount: amount(cents), currency: 'EUR' },
    items: basket.map(({ product, quantity }) => toItem(product, quantity)),
  });
}

function land(walk: Walk, random: Random): void {
  const kind = random.next();
  if (kind < 0.5) walk.look('/', 'Things for the home');
  else if (kind < 0.75) {
    const product = random.weighted(PRODUCTS);
    walk.look(product.path, product.name);
  } else if (kind < 0.9) {
    const category = random.pick(CATEGORIES);
    walk.look(`/c/${category.toLowerCase()}`, category);
  } else walk.look(random.pick(READING), 'Journal');
}

/** What one visit sends, in order of time. */
export function visitEvents(arrival: Arrival, random: Random): DemoEvent[] {
  const walk = new Walk(arrival, random);
  land(walk, random);
  if (!random.chance(arrival.origin.intent)) {
    if (random.chance(0.03)) walk.act('newsletter_signup');
    return walk.events;
  }
  if (random.chance(0.6)) {
    const category = random.pick(CATEGORIES);
    walk.look(`/c/${category.toLowerCase()}`, category);
  }
  const basket = browse(walk, random);
  if (basket.length > 0) checkOut(walk, basket, random);
  else if (random.chance(0.1)) walk.look(random.pick(READING), 'Journal');
  return walk.events;
}
